// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/exportcommand.h"

#include "core/csv.h"
#include "core/filewriting.h"
#include "storage/logs/logstore.h"
#include "storage/logs/logwalker.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <cerrno>
#include <fcntl.h>
#include <memory>
#include <unistd.h>

namespace vigie {

namespace {

using namespace Qt::StringLiterals;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ExportCommand)
};

constexpr std::size_t pageBytes = 1 << 20;

/// The output. A file is written atomically; a device or pipe as data comes.
class Target
{
public:
    Outcome open(const QString& path)
    {
        m_path = path;
        const QFileInfo there(path);
        bool isOpen = false;
        if (path.isEmpty()) {
            auto file = std::make_unique<QFile>();
            m_path = Text::tr("the standard output");
            isOpen = file->open(STDOUT_FILENO, writingMode);
            m_file = std::move(file);
        } else if (there.exists() && !there.isFile()) {
            return openDevice();
        } else {
            auto file = std::make_unique<QSaveFile>(path);
            isOpen = file->open(writingMode);
            m_saved = file.get();
            m_file = std::move(file);
        }
        return isOpen ? Outcome(std::monostate{}) : problem();
    }
    Outcome write(const std::string& text)
    {
        return writeAll(*m_file, text) ? Outcome(std::monostate{}) : problem();
    }
    Outcome finish() { return (!m_saved || m_saved->commit()) ? Outcome(std::monostate{}) : problem(); }

private:
    /// A pipe that nobody reads from is an error and is not waited for.
    Outcome openDevice()
    {
        const int descriptor = ::open(QFile::encodeName(m_path).constData(), O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
        if (descriptor < 0)
            return problem(errno == ENXIO ? Text::tr("nobody reads from it") : qt_error_string(errno));
        ::fcntl(descriptor, F_SETFL, O_WRONLY);
        auto file = std::make_unique<QFile>();
        const bool isOpen = file->open(descriptor, writingMode, QFileDevice::AutoCloseHandle);
        m_file = std::move(file);
        return isOpen ? Outcome(std::monostate{}) : problem();
    }
    Error problem() const { return problem(m_file->errorString()); }
    Error problem(const QString& why) const { return {Text::tr("Cannot write %1: %2").arg(m_path, why)}; }

    QString m_path;
    std::unique_ptr<QFileDevice> m_file;
    QSaveFile* m_saved = nullptr;
};

Outcome writeAll(const Subcommand& command, LogWalker& walker, Target& target)
{
    const bool isCsv = command.format == Subcommand::Format::Csv;
    std::string text = command.hasMark ? "\xef\xbb\xbf" : "";
    if (isCsv)
        text += csvHead;
    for (;;) {
        const ReplayPage page = walker.next(pageBytes);
        for (const LogEntryRef& entry : page.entries) {
            const std::int64_t time = entry.batch->timestampMs(entry.index);
            if ((command.fromMs && time < *command.fromMs) || (command.toMs && time > *command.toMs))
                continue;
            if (isCsv)
                appendCsvRow(text, entry);
            else
                text.append(entry.json()).append("\n");
        }
        if (const Outcome written = target.write(text); !written)
            return written;
        text.clear();
        if (page.entries.empty())
            return target.finish();
    }
}

} // namespace

Outcome exportLogs(const Subcommand& command, const DataFolder& folder)
{
    const QStringList segments = LogStore::segmentsIn(folder.logsPath());
    if (segments.isEmpty())
        return Error{Text::tr("There are no stored logs in %1.").arg(folder.path())};
    LogWalker walker(segments, command.appId.toStdString());
    if (!walker.isKnown()) {
        return walker.problems().isEmpty()
            ? Error{Text::tr("The store in %1 has no application “%2”.").arg(folder.path(), command.appId)}
            : Error{Text::tr("Cannot read the store: %1").arg(walker.problems().join(u"; "_s))};
    }
    Target target;
    if (Outcome opened = target.open(command.file); !opened)
        return opened;
    if (Outcome written = writeAll(command, walker, target); !written)
        return written;
    if (!walker.problems().isEmpty())
        return Error{Text::tr("Not all could be read: %1").arg(walker.problems().join(u"; "_s))};
    return std::monostate{};
}

} // namespace vigie
