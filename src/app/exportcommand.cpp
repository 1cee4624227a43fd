// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/exportcommand.h"

#include "core/localtime.h"
#include "storage/logs/logstore.h"
#include "storage/logs/logwalker.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <cstdio>
#include <memory>

namespace vigie {

namespace {

using namespace Qt::StringLiterals;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ExportCommand)
};

constexpr std::size_t pageBytes = 1 << 20;

/// A field as in RFC 4180, quoted only if needed.
void appendField(std::string& out, std::string_view text)
{
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
        out += text;
        return;
    }
    out += '"';
    for (const char c : text) {
        if (c == '"')
            out += '"';
        out += c;
    }
    out += '"';
}

/// ISO 8601 in UTC. Qt cannot write years beyond 9999; these use ECMAScript's expanded form.
std::string isoTime(std::int64_t ms)
{
    const QDateTime time = utcTime(ms);
    const int year = time.date().year();
    if (year <= 9999)
        return time.toString(Qt::ISODateWithMs).toStdString();
    return u"+%1%2"_s.arg(year, 6, 10, QChar(u'0')).arg(time.toString(u"-MM-ddThh:mm:ss.zzzZ"_s)).toStdString();
}

/// Untrusted text: puts an apostrophe before one that a spreadsheet would run as a formula.
void appendText(std::string& out, std::string_view text)
{
    const bool isFormula = !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
    if (!isFormula)
        return appendField(out, text);
    appendField(out, '\'' + std::string(text));
}

void appendCsvRow(std::string& out, const LogBatch& batch, std::size_t index)
{
    appendText(out, batch.id(index));
    out += ',';
    out += isoTime(batch.timestampMs(index));
    for (const std::string_view field : {batch.level(index), batch.message(index), batch.metadataJson(index),
                                         std::string_view(batch.appId()), batch.userId(index)}) {
        out += ',';
        appendText(out, field);
    }
    out += "\r\n";
}

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
            isOpen = file->open(stdout, QIODevice::WriteOnly);
            m_file = std::move(file);
        } else if (there.exists() && !there.isFile()) {
            m_file = std::make_unique<QFile>(path);
            isOpen = m_file->open(QIODevice::WriteOnly);
        } else {
            auto file = std::make_unique<QSaveFile>(path);
            isOpen = file->open(QIODevice::WriteOnly);
            m_saved = file.get();
            m_file = std::move(file);
        }
        return isOpen ? Outcome(std::monostate{}) : problem();
    }
    Outcome write(const std::string& text)
    {
        const auto size = static_cast<qint64>(text.size());
        return m_file->write(text.data(), size) == size ? Outcome(std::monostate{}) : problem();
    }
    Outcome finish() { return (m_saved ? m_saved->commit() : m_file->flush()) ? Outcome(std::monostate{}) : problem(); }

private:
    Error problem() const { return {Text::tr("Cannot write %1: %2").arg(m_path, m_file->errorString())}; }

    QString m_path;
    std::unique_ptr<QFileDevice> m_file;
    QSaveFile* m_saved = nullptr;
};

Outcome writeAll(const Subcommand& command, LogWalker& walker, Target& target)
{
    const bool isCsv = command.format == Subcommand::Format::Csv;
    std::string text = command.hasMark ? "\xef\xbb\xbf" : "";
    if (isCsv)
        text += "id,timestamp,level,message,metadata,appId,userId\r\n";
    for (;;) {
        const ReplayPage page = walker.next(pageBytes);
        for (const LogEntryRef& entry : page.entries) {
            const std::int64_t time = entry.batch->timestampMs(entry.index);
            if ((command.fromMs && time < *command.fromMs) || (command.toMs && time > *command.toMs))
                continue;
            if (isCsv)
                appendCsvRow(text, *entry.batch, entry.index);
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
