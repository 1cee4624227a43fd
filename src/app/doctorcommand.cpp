// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/doctorcommand.h"

#include "core/localtime.h"
#include "core/regularfile.h"
#include "core/settings.h"
#include "core/units.h"
#include "core/visibletext.h"
#include "storage/inspection.h"
#include "storage/logs/logstore.h"

#include <QCoreApplication>
#include <QDir>
#include <QLocale>
#include <QStorageInfo>
#include <cstdio>

namespace vigie {

namespace {

using namespace Qt::StringLiterals;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(DoctorCommand)
};

constexpr qint64 leastFreeBytes = 64 << 20; // less would be used up within minutes

QString timeText(std::int64_t ms)
{
    return utcTime(ms).toString(Qt::ISODate);
}

/// Prints the findings, one a line, and counts the problems.
class Report
{
public:
    explicit Report(const DataFolder& folder) : m_folder(folder) {}

    void lookAtLock()
    {
        if (isOtherThanRegularFile(m_folder.lockPath()))
            return judge(u"lock"_s, {}, notRegularFileText());
        const std::optional<DataFolderHolder> holder = holderOf(m_folder);
        say(holder ? Text::tr("In use by Vigie, process %1 on %2.").arg(holder->processId).arg(holder->host)
                   : Text::tr("Not in use by any Vigie."));
    }

    void lookAtDisk()
    {
        const QStorageInfo disk(m_folder.path());
        const qint64 free = disk.bytesAvailable();
        const QString text = bytesText(static_cast<double>(free), m_locale);
        judge(Text::tr("Free disk space"), text,
              free < leastFreeBytes ? Text::tr("only %1, the disk is almost full").arg(text) : QString());
    }

    void lookAtSettings()
    {
        const bool isThere = QFileInfo::exists(m_folder.settingsPath());
        const Result<Settings> settings = Settings::load(m_folder.settingsPath());
        judge(u"settings.json"_s, isThere ? Text::tr("can be read") : Text::tr("none, the defaults hold"),
              settings ? Settings::complaints(m_folder.settingsPath()).join(u"; "_s) : settings.error().message);
    }

    void lookAtLogs()
    {
        const QStringList segments = LogStore::segmentsIn(m_folder.logsPath());
        if (segments.isEmpty())
            say(Text::tr("No logs are stored."));
        for (const QString& path : segments) {
            const Inspection found = inspectLogSegment(path);
            show(path, found, Text::tr("%Ln log entries", nullptr, int(found.entries)));
        }
    }

    void lookAtMetrics()
    {
        const QString path = m_folder.metricsPath();
        if (!QFileInfo::exists(path))
            return say(Text::tr("No figures are stored."));
        const Inspection found = inspectMetrics(path);
        show(path, found, Text::tr("%Ln chunks of figures", nullptr, int(found.entries)));
    }

    void lookAtAccess()
    {
        const QString path = m_folder.accessPath();
        if (!QFileInfo::exists(path))
            return say(Text::tr("There are no tokens."));
        const Inspection found = inspectAccess(path);
        show(path, found, Text::tr("%Ln token(s)", nullptr, int(found.entries)));
    }

    void lookForBroken()
    {
        for (const QString& path : {m_folder.logsPath(), m_folder.path()}) {
            const QDir dir(path);
            for (const QFileInfo& file : dir.entryInfoList({u"*.broken-*"_s}, QDir::Files, QDir::Name)) {
                const QString name = file.fileName();
                if (name.endsWith("-wal"_L1) || name.endsWith("-shm"_L1))
                    continue;
                judge(nameOf(file.filePath()), {},
                      Text::tr("moved aside by Vigie (%1); remove it when it is of no use")
                          .arg(bytesText(static_cast<double>(file.size()), m_locale)));
            }
        }
    }

    Outcome verdict()
    {
        if (m_problems > 0)
            return Error{Text::tr("%n problem(s) found.", nullptr, m_problems)};
        say(Text::tr("All is well."));
        return std::monostate{};
    }

    void say(const QString& line) { std::printf("%s\n", qPrintable(visibleText(line))); }

private:
    QString nameOf(const QString& path) const { return QDir(m_folder.path()).relativeFilePath(path); }

    /// Prints one line: the subject, then its problem or else its facts.
    void judge(const QString& what, const QString& facts, const QString& problem)
    {
        m_problems += !problem.isEmpty();
        say(problem.isEmpty() ? Text::tr("%1: %2").arg(what, facts) : Text::tr("%1: PROBLEM: %2").arg(what, problem));
    }

    void show(const QString& path, const Inspection& found, const QString& count)
    {
        const QString size = bytesText(static_cast<double>(found.bytes), m_locale);
        if (found.isNewer) {
            const QString version = Text::tr("schema version %1").arg(found.schemaVersion);
            return judge(nameOf(path), {}, Text::tr("written by a later Vigie (%1; %2)").arg(version, size));
        }
        if (!found.problem.isEmpty())
            return judge(nameOf(path), {}, u"%1 (%2)"_s.arg(found.problem, size));
        QStringList facts{Text::tr("sound"), size, Text::tr("schema version %1").arg(found.schemaVersion), count};
        if (found.entries > 0)
            facts.append(Text::tr("from %1 to %2").arg(timeText(found.oldestMs), timeText(found.newestMs)));
        if (!found.apps.isEmpty())
            facts.append(Text::tr("of: %1").arg(found.apps.join(u", "_s)));
        judge(nameOf(path), facts.join(u"; "_s), {});
    }

    const DataFolder& m_folder;
    const QLocale m_locale;
    int m_problems = 0;
};

} // namespace

Outcome examine(const DataFolder& folder)
{
    const QFileInfo there(folder.path());
    if (!there.isDir())
        return Error{Text::tr("There is no data folder %1.").arg(folder.path())};
    if (!there.isReadable() || !there.isExecutable())
        return Error{Text::tr("Cannot read the data folder %1.").arg(folder.path())};
    Report report(folder);
    report.say(Text::tr("%1: %2").arg(Text::tr("Data folder"), folder.path()));
    report.lookAtLock();
    report.lookAtDisk();
    report.lookAtSettings();
    report.lookAtLogs();
    report.lookAtMetrics();
    report.lookAtAccess();
    report.lookForBroken();
    return report.verdict();
}

} // namespace vigie
