// SPDX-License-Identifier: GPL-3.0-or-later
// What the log store costs and how fast it answers: run by hand or by scripts/bench.
//   bench_logstore FOLDER [ENTRIES]   fills FOLDER unless it holds that many, then asks; prints one JSON object
#include "storage/logreader.h"
#include "storage/logstore.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QFile>
#include <algorithm>
#include <cstdio>
#include <random>
#include <sqlite3.h>

using namespace vigie;
using namespace Qt::StringLiterals;

namespace {

constexpr int batchEntries = 1'000;

/// Log lines as applications write them: few shapes, many values. The same seed gives the same lines.
class Lines
{
public:
    LogBatchPtr batch(std::uint64_t firstSequence, const std::string& idPrefix)
    {
        LogBatch batch("shop");
        batch.reserve(batchEntries, batchEntries * 300);
        batch.setFirstSequence(firstSequence);
        for (int i = 0; i < batchEntries; ++i) {
            const std::uint64_t n = firstSequence + i;
            char id[64];
            std::snprintf(id, sizeof id, "%s%020llu", idPrefix.c_str(), static_cast<unsigned long long>(n));
            batch.append({id, std::int64_t(1'700'000'000'000) + std::int64_t(n) * 3, level(), message(n), metadata(), false},
                         m_origin);
        }
        return std::make_shared<const LogBatch>(std::move(batch));
    }

private:
    unsigned next(unsigned below) { return m_random() % below; }
    const char* level()
    {
        static const char* const levels[] = {"error", "warn", "warn", "debug", "debug", "info"};
        return levels[std::min(next(100), 5u)];
    }
    std::string message(std::uint64_t n)
    {
        char text[256];
        switch (next(4)) {
        case 0:
            std::snprintf(text, sizeof text, "GET /api/orders/%u 200 in %u ms from 10.0.%u.%u", next(1'000'000), next(900), next(256), next(256));
            break;
        case 1:
            std::snprintf(text, sizeof text, "payment %08x accepted for customer %u, amount %u.%02u EUR", unsigned(m_random()), next(50'000), next(500), next(100));
            break;
        case 2:
            std::snprintf(text, sizeof text, "cache miss for product %u, loaded from database in %u us", next(20'000), next(9'000));
            break;
        default:
            std::snprintf(text, sizeof text, "worker %u finished job %llu after %u retries", next(64), static_cast<unsigned long long>(n), next(4));
        }
        if (n % 1'000'000 == 500'000)
            return std::string(text) + " zanzibar";
        return text;
    }
    std::string metadata()
    {
        char text[160];
        std::snprintf(text, sizeof text, R"({"requestId":"%08x","host":"till-%u","durationMs":%u})", unsigned(m_random()), next(40), next(2'000));
        return text;
    }

    std::mt19937 m_random{42};
    LogOrigin m_origin{"shop", "till-1"};
};

double seconds(const QElapsedTimer& timer) { return double(timer.nsecsElapsed()) / 1e9; }

/// The limit: the same rows into the same tables by a bare loop over SQLite.
double bareRate(const QString& folder, int entries)
{
    const QString path = folder + u"/bare.db"_s;
    QFile::remove(path);
    sqlite3* db = nullptr;
    sqlite3_open(path.toUtf8().constData(), &db);
    sqlite3_exec(db, R"(PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA wal_autocheckpoint=4000; PRAGMA cache_size=-16384;
        CREATE TABLE log(place INTEGER PRIMARY KEY, id TEXT, named INTEGER NOT NULL, time_ms INTEGER NOT NULL,
                         level TEXT NOT NULL, user INTEGER NOT NULL, message TEXT NOT NULL, metadata TEXT);
        CREATE UNIQUE INDEX log_id ON log(id, place >> 40);
        CREATE VIRTUAL TABLE log_text USING fts5(message, metadata, content='', columnsize=0))", nullptr, nullptr, nullptr);
    sqlite3_stmt* row = nullptr;
    sqlite3_stmt* text = nullptr;
    sqlite3_prepare_v2(db, "INSERT INTO log VALUES(?,?,?,?,?,?,?,?)", -1, &row, nullptr);
    sqlite3_prepare_v2(db, "INSERT INTO log_text(rowid, message, metadata) VALUES(?,?,?)", -1, &text, nullptr);
    Lines lines;
    double spent = 0;
    for (int done = 0; done < entries; done += batchEntries) {
        const LogBatchPtr batch = lines.batch(done + 1, "B");
        QElapsedTimer timer;
        timer.start();
        sqlite3_exec(db, "BEGIN", nullptr, nullptr, nullptr);
        const auto bindText = [](sqlite3_stmt* to, int position, std::string_view value) {
            sqlite3_bind_text(to, position, value.data(), int(value.size()), SQLITE_STATIC);
        };
        for (std::size_t i = 0; i < batch->size(); ++i) {
            const sqlite3_int64 place = (1ll << 40) + done + sqlite3_int64(i);
            sqlite3_bind_int64(row, 1, place);
            bindText(row, 2, batch->id(i));
            sqlite3_bind_int64(row, 3, 0);
            sqlite3_bind_int64(row, 4, batch->timestampMs(i));
            bindText(row, 5, batch->level(i));
            sqlite3_bind_int64(row, 6, 1);
            bindText(row, 7, batch->message(i));
            bindText(row, 8, batch->metadataJson(i));
            sqlite3_step(row);
            sqlite3_reset(row);
            sqlite3_bind_int64(text, 1, place);
            bindText(text, 2, batch->message(i));
            bindText(text, 3, batch->metadataJson(i));
            sqlite3_step(text);
            sqlite3_reset(text);
        }
        sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr);
        spent += seconds(timer);
    }
    sqlite3_finalize(row);
    sqlite3_finalize(text);
    sqlite3_close(db);
    QFile::remove(path);
    return entries / spent;
}

QJsonObject ask(const QStringList& segments, const char* name, const HistoryQuery& query, QJsonObject answers)
{
    std::vector<double> times;
    std::size_t found = 0;
    for (int round = 0; round < 6; ++round) {
        LogReader reader; // as cold as a new connection
        reader.setSegments(segments);
        QElapsedTimer timer;
        timer.start();
        found = reader.page(query).entries.size();
        times.push_back(seconds(timer) * 1'000);
    }
    std::sort(times.begin(), times.end());
    answers[QString::fromLatin1(name)] = QJsonObject{{u"found"_s, int(found)}, {u"medianMs"_s, times[times.size() / 2]}, {u"mostMs"_s, times.back()}};
    return answers;
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication app(argc, argv);
    if (argc < 2) {
        std::fputs("usage: bench_logstore FOLDER [ENTRIES]\n", stderr);
        return 2;
    }
    const QString folder = QString::fromLocal8Bit(argv[1]);
    const int entries = argc > 2 ? std::atoi(argv[2]) : 1'000'000;
    QJsonObject result{{u"entries"_s, entries}};

    QElapsedTimer timer;
    timer.start();
    LogRetention retention;
    retention.bytes = std::int64_t(1) << 40;
    DatabaseResult<LogStore> store = LogStore::open(folder, retention);
    if (!store) {
        std::fprintf(stderr, "%s\n", qPrintable(store.error().message));
        return 1;
    }
    result[u"openMs"_s] = seconds(timer) * 1'000;
    const StoredApps apps = store->apps();
    std::uint64_t held = apps.contains("shop") ? apps.at("shop").lastSequence : 0;
    if (held < std::uint64_t(entries)) {
        result[u"bareRate"_s] = bareRate(folder, std::min(entries, 1'000'000));
        for (const bool durable : {true, false}) {
            Lines lines;
            double spent = 0;
            double most = 0;
            std::size_t jsonBytes = 0;
            const int count = durable ? std::min(entries / 2, 200'000) : entries - int(held);
            for (int done = 0; done < count; done += batchEntries, held += batchEntries) {
                const LogBatchPtr batch = lines.batch(held + 1, durable ? "D" : "N");
                jsonBytes += batch->json().size();
                timer.start();
                if (!store->write({batch}, durable))
                    return 1;
                while (*store->tidy(QDateTime::currentMSecsSinceEpoch())) { }
                spent += seconds(timer);
                most = std::max(most, seconds(timer));
            }
            result[durable ? u"durableRate"_s : u"rate"_s] = count / spent;
            result[durable ? u"durableMostMs"_s : u"mostMs"_s] = most * 1'000;
            result[u"jsonBytesPerEntry"_s] = double(jsonBytes) / count;
        }
    }
    result[u"bytesPerEntry"_s] = double(store->bytes()) / double(held);
    result[u"segments"_s] = store->segments().size();

    const auto query = [](auto change) {
        HistoryQuery asked;
        asked.appId = "shop";
        change(asked);
        return asked;
    };
    const QStringList& files = store->segments();
    QJsonObject answers;
    answers = ask(files, "first page", query([](HistoryQuery&) {}), answers);
    answers = ask(files, "rare word", query([](HistoryQuery& q) { q.words = "zanzibar"; }), answers);
    answers = ask(files, "absent word", query([](HistoryQuery& q) { q.words = "timbuktu"; }), answers);
    answers = ask(files, "common word", query([](HistoryQuery& q) { q.words = "payment"; }), answers);
    answers = ask(files, "two common words", query([](HistoryQuery& q) { q.words = "worker 3"; }), answers);
    answers = ask(files, "phrase", query([](HistoryQuery& q) { q.words = "\"loaded from database\""; }), answers);
    answers = ask(files, "rare phrase", query([](HistoryQuery& q) { q.words = "\"retries zanzibar\""; }), answers);
    answers = ask(files, "common prefix", query([](HistoryQuery& q) { q.words = "pay*"; }), answers);
    answers = ask(files, "search as typed", query([](HistoryQuery& q) { q.filter.search = "cache mi"; }), answers);
    answers = ask(files, "level", query([](HistoryQuery& q) { q.filter.levels = {"error"}; }), answers);
    answers = ask(files, "absent level", query([](HistoryQuery& q) { q.filter.levels = {"fatal"}; }), answers);
    answers = ask(files, "word and level", query([](HistoryQuery& q) { q.filter.levels = {"error"}; q.words = "payment"; }), answers);
    answers = ask(files, "old time", query([](HistoryQuery& q) { q.filter.endTimeMs = std::int64_t(1'700'000'000'000) + 100'000; }), answers);
    result[u"queries"_s] = answers;
    std::puts(QJsonDocument(result).toJson().constData());
    return 0;
}
