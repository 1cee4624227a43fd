// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/importcommand.h"

#include "protocol/entryline.h"
#include "storage/logs/logreader.h"
#include "storage/logs/logstore.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFile>
#include <algorithm>
#include <cstdio>
#include <limits>
#include <memory>
#include <unistd.h>
#include <unordered_map>
#include <vector>

namespace vigie {

namespace {

using namespace Qt::StringLiterals;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ImportCommand)
};

constexpr std::size_t groupEntries = 4'000; // written at once
constexpr std::size_t groupBytes = 4 << 20;
constexpr qint64 maxNamed = 20;  // malformed lines named in the output
constexpr qint64 longestLine = 2 << 20; // in bytes; twice the maximum of a message on the wire

constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF"; // some programs put it at the start of a file

/// Writes the entries that the store does not have.
class Importer
{
public:
    Importer(LogStore store, std::string appId)
        : m_store(std::move(store)), m_appId(std::move(appId)), m_batch(m_appId)
    {
        const StoredApps apps = m_store.apps();
        const auto app = apps.find(m_appId);
        m_lastSequence = app == apps.end() ? 0 : app->second.lastSequence;
        m_reader.setSegments(m_store.segments());
    }

    /// `entry`: a batch of one.
    Outcome add(const LogBatch& entry)
    {
        const NewLogEntry added = entry.entry(0);
        const EntryFingerprint print = EntryFingerprint::of(added, entry.userId(0));
        if (const auto same = m_waiting.find(std::string(added.id)); same != m_waiting.end()) {
            if (same->second.isSameAs(print)) {
                ++m_skipped;
                return std::monostate{};
            }
            // A different entry with the same id: write the first, so that the store has it when the second is looked up.
            if (Outcome written = write(); !written)
                return written;
        }
        m_waiting.emplace(added.id, print);
        m_batch.append(added, LogOrigin(m_appId, std::string(entry.userId(0))));
        const bool isFull = m_batch.size() >= groupEntries || m_batch.json().size() >= groupBytes;
        return isFull ? write() : Outcome(std::monostate{});
    }

    /// Writes pending entries that are new. On return they are on disk.
    Outcome write()
    {
        LogBatch batch = std::exchange(m_batch, LogBatch(m_appId));
        m_waiting.clear();
        using Known = SoughtEntry::Known;
        std::vector<SoughtEntry> sought;
        for (std::size_t i = 0; i < batch.size(); ++i)
            sought.push_back({batch.id(i), EntryFingerprint::of(batch.entry(i), batch.userId(i))});
        m_reader.lookUp(m_appId, sought);
        // An entry whose id is taken gets the same substitute id as in an earlier import, if that is in the store.
        std::vector<std::string> newIds(batch.size());
        for (std::size_t i = 0; i < batch.size(); ++i) {
            if (sought[i].known == Known::ByAnother) {
                newIds[i] = substituteEntryId(batch.entry(i), batch.userId(i));
                sought[i].id = newIds[i];
            }
        }
        m_reader.lookUp(m_appId, sought);
        const std::size_t before = batch.size();
        batch = batch.filtered([&sought](std::size_t i) { return sought[i].known != Known::AsItIs; },
                               [&newIds](std::size_t i) { return std::string_view(newIds[i]); });
        m_skipped += before - batch.size();
        return batch.empty() ? Outcome(std::monostate{}) : write(std::move(batch));
    }

    QString summary() const { return Text::tr("imported %1, skipped %2").arg(m_imported).arg(m_skipped); }

    static Error problem(const DatabaseError& error)
    {
        return {Text::tr("Cannot write the store: %1.").arg(error.message)};
    }

private:
    Outcome write(LogBatch batch)
    {
        const std::size_t count = batch.size();
        batch.setFirstSequence(m_lastSequence + 1);
        const auto shared = std::make_shared<const LogBatch>(std::move(batch));
        if (const DatabaseOutcome done = m_store.write({shared}, true); !done)
            return problem(done.error());
        m_lastSequence += count;
        m_imported += count;
        // Starts a new segment if this one is full.
        if (const DatabaseResult<bool> tidied = m_store.tidy(QDateTime::currentMSecsSinceEpoch()); !tidied)
            return problem(tidied.error());
        m_reader.setSegments(m_store.segments());
        return std::monostate{};
    }

    LogStore m_store;
    LogReader m_reader;
    std::string m_appId;
    LogBatch m_batch;
    std::unordered_map<std::string, EntryFingerprint> m_waiting; // entries of m_batch, by id
    std::uint64_t m_lastSequence = 0;
    std::size_t m_imported = 0;
    std::size_t m_skipped = 0;
};

/// Reads all lines. Reports and skips malformed ones; they do not affect the others.
class LineReader
{
public:
    LineReader(QFile& file, const std::string& appId, Importer& importer)
        : m_file(file), m_reader(appId), m_importer(importer), m_buffer(longestLine + 2) // one more byte, and Qt's terminator
    {
    }

    Outcome readAll()
    {
        for (qint64 number = 1;; ++number) {
            const qint64 length = readPart();
            if (length <= 0) {
                if (m_file.error() != QFileDevice::NoError)
                    return Error{Text::tr("Cannot read %1: %2").arg(m_file.fileName(), m_file.errorString())};
                return std::monostate{};
            }
            if (length > longestLine) {
                for (qint64 part = length; part > 0 && m_buffer[std::size_t(part - 1)] != '\n';)
                    part = readPart();
                leaveOut(number, Text::tr("it is too long"));
                continue;
            }
            std::string_view line(m_buffer.data(), static_cast<std::size_t>(length));
            if (number == 1 && line.starts_with(byteOrderMark))
                line.remove_prefix(byteOrderMark.size());
            if (line.find_first_not_of(" \t\r\n") == std::string_view::npos)
                continue;
            const Result<LogBatch> entry = m_reader.read(line);
            if (!entry)
                leaveOut(number, entry.error().message);
            else if (Outcome added = m_importer.add(*entry); !added)
                return added;
        }
    }
    qint64 leftOut() const { return m_leftOut; }

private:
    qint64 readPart() { return m_file.readLine(m_buffer.data(), static_cast<qint64>(m_buffer.size())); }
    void leaveOut(qint64 number, const QString& why)
    {
        if (m_leftOut < maxNamed)
            std::fprintf(stderr, "%s\n", qPrintable(Text::tr("Line %1 is no log entry: %2.").arg(number).arg(why)));
        else if (m_leftOut == maxNamed)
            std::fprintf(stderr, "…\n");
        ++m_leftOut;
    }

    QFile& m_file;
    EntryLineReader m_reader;
    Importer& m_importer;
    std::vector<char> m_buffer;
    qint64 m_leftOut = 0;
};

Outcome openInput(QFile& file, const QString& path)
{
    file.setFileName(path);
    // Open by descriptor: with a FILE*, Qt reads lines as C strings, which end at a zero byte.
    const bool isOpen = path.isEmpty() ? file.open(STDIN_FILENO, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly);
    if (!isOpen)
        return Error{Text::tr("Cannot read %1: %2").arg(path, file.errorString())};
    return std::monostate{};
}

} // namespace

Outcome importLogs(const Subcommand& command, const DataFolder& folder)
{
    QFile file;
    if (Outcome opened = openInput(file, command.file); !opened)
        return opened;
    if (Outcome prepared = folder.prepare(); !prepared)
        return prepared;
    DataFolderLock lock(folder);
    if (Outcome taken = lock.take(); !taken)
        return taken;
    // Retention is left to Vigie's next run.
    LogRetention retention;
    retention.age = std::chrono::milliseconds::max();
    retention.bytes = std::numeric_limits<std::int64_t>::max();
    DatabaseResult<LogStore> store = LogStore::open(folder.logsPath(), retention);
    if (!store)
        return Importer::problem(store.error());
    for (const QString& path : store->movedAside())
        std::fprintf(stderr, "%s\n", qPrintable(Text::tr("A file of the store was broken and is now %1.").arg(path)));

    const std::string appId = command.appId.toStdString();
    Importer importer(std::move(*store), appId);
    LineReader lines(file, appId, importer);
    const Outcome read = lines.readAll();
    const Outcome written = importer.write();
    if (!read || !written)
        return Error{(!written ? written : read).error().message + u' ' + importer.summary() + u'.'};
    if (lines.leftOut() > 0)
        return Error{Text::tr("Lines left out: %1.").arg(lines.leftOut()) + u' ' + importer.summary() + u'.'};
    std::printf("%s\n", qPrintable(importer.summary()));
    return std::monostate{};
}

} // namespace vigie
