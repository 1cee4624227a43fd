// SPDX-License-Identifier: GPL-3.0-or-later
// What log files of programs take in the store: reads them as file sources do, each as an application, a piece of each in turn.
//   bench_reallines FOLDER FILE...     FOLDER: a new one, for the store. Prints one JSON object
#include "core/entryid.h"
#include "core/logbatch.h"
#include "intake/streamreader.h"
#include "storage/logs/logstore.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <cstdio>
#include <memory>
#include <vector>

using namespace vigie;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 pieceBytes = 256 * 1024;

/// A file on its way into the store.
class Source
{
public:
    explicit Source(const QString& path) : m_file(path), m_appId(QFileInfo(path).fileName().toStdString()) {}

    bool open() { return m_file.open(QIODevice::ReadOnly); }
    bool isAtEnd() const { return m_file.atEnd(); }
    qint64 bytes() const { return m_file.size(); }
    QString name() const { return QString::fromStdString(m_appId); }
    std::uint64_t entries() const { return m_nextSequence - 1; }
    QString format() const { return QString::fromUtf8(m_reader.format().data(), qsizetype(m_reader.format().size())); }

    /// The entries of the next piece; null: none was whole.
    LogBatchPtr next()
    {
        LogBatch batch(m_appId);
        batch.setFirstSequence(m_nextSequence);
        const auto give = [&](const StreamEntry& read) {
            NewLogEntry entry = read.entry;
            if (entry.id.empty())
                entry.id = m_ids.next(entry.timestampMs);
            batch.append(entry, m_origin);
        };
        const QByteArray piece = m_file.read(pieceBytes);
        m_reader.add({piece.data(), std::size_t(piece.size())}, {}, give);
        if (isAtEnd())
            m_reader.finish({}, give);
        m_nextSequence += batch.size();
        return batch.empty() ? nullptr : std::make_shared<const LogBatch>(std::move(batch));
    }

private:
    QFile m_file;
    std::string m_appId;
    LogOrigin m_origin{m_appId, {}};
    StreamReader m_reader;
    EntryIdSource m_ids;
    std::uint64_t m_nextSequence = 1;
};

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication app(argc, argv);
    if (argc < 3) {
        std::fputs("usage: bench_reallines FOLDER FILE...\n", stderr);
        return 2;
    }
    std::vector<std::unique_ptr<Source>> sources;
    for (int i = 2; i < argc; ++i) {
        sources.push_back(std::make_unique<Source>(QString::fromLocal8Bit(argv[i])));
        if (!sources.back()->open()) {
            std::fprintf(stderr, "%s cannot be read\n", argv[i]);
            return 1;
        }
    }
    LogRetention retention;
    retention.bytes = std::int64_t(1) << 40;
    DatabaseResult<LogStore> store = LogStore::open(QString::fromLocal8Bit(argv[1]), retention);
    if (!store || !store->apps().empty()) {
        std::fputs("the folder is not new, or cannot be written\n", stderr);
        return 1;
    }
    QElapsedTimer timer;
    timer.start();
    std::int64_t stored = 0; // nanoseconds
    for (bool isOver = false; !isOver;) {
        isOver = true;
        for (const auto& source : sources) {
            if (source->isAtEnd())
                continue;
            isOver = false;
            const LogBatchPtr batch = source->next();
            const qint64 begin = timer.nsecsElapsed();
            if (batch && !store->write({batch}, true))
                return 1;
            while (*store->tidy(0)) { }
            stored += timer.nsecsElapsed() - begin;
        }
    }
    QJsonObject files;
    double lineBytes = 0;
    double entries = 0;
    for (const auto& source : sources) {
        files[source->name()] = QJsonObject{{u"format"_s, source->format()}, {u"entries"_s, double(source->entries())},
                                            {u"bytesPerEntry"_s, double(source->bytes()) / double(source->entries())}};
        lineBytes += double(source->bytes());
        entries += double(source->entries());
    }
    const double seconds = double(timer.nsecsElapsed()) / 1e9;
    const QJsonObject result{{u"files"_s, files},
                             {u"entries"_s, entries},
                             {u"bytesPerEntryInFiles"_s, lineBytes / entries},
                             {u"bytesPerEntry"_s, double(store->bytes()) / entries},
                             {u"entriesPerSecond"_s, entries / seconds},
                             {u"storeShareOfTime"_s, double(stored) / 1e9 / seconds}};
    std::puts(QJsonDocument(result).toJson().constData());
    return 0;
}
