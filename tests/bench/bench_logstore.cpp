// SPDX-License-Identifier: GPL-3.0-or-later
// What the log store costs and how fast it answers: run by hand or by scripts/bench.
//   bench_logstore FOLDER [ENTRIES [JSONL [ONLY]]]
// fills FOLDER unless it holds that many, then asks; prints one JSON object. With JSONL, a file, the same entries are written there as
// lines, and grep and ripgrep search them. With ONLY, just the questions that have it in their names (JSONL may be empty then).
#include "core/entryid.h"
#include "storage/logs/logreader.h"
#include "storage/logs/logstore.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <algorithm>
#include <cstdio>
#include <numeric>
#include <random>
#include <sqlite3.h>

using namespace vigie;
using namespace Qt::StringLiterals;

namespace {

constexpr int batchEntries = 1'000;
constexpr std::int64_t firstTimeMs = 1'700'000'000'000;

/// Log lines as applications write them: few shapes, many values. The same seed gives the same lines.
class Lines
{
public:
    LogBatchPtr batch(std::uint64_t firstSequence)
    {
        LogBatch batch("shop");
        batch.reserve(batchEntries, batchEntries * 300);
        batch.setFirstSequence(firstSequence);
        for (int i = 0; i < batchEntries; ++i) {
            const std::uint64_t n = firstSequence + i;
            const std::int64_t timeMs = firstTimeMs + std::int64_t(n) * 3;
            batch.append({m_ids.next(timeMs), timeMs, level(), message(n), metadata(), false}, m_origin);
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
            std::snprintf(text, sizeof text, "GET /api/orders/%u 200 in %u ms from 10.0.%u.%u", next(1'000'000), next(900),
                          next(256), next(256));
            break;
        case 1:
            std::snprintf(text, sizeof text, "payment %08x accepted for customer %u, amount %u.%02u EUR", unsigned(m_random()),
                          next(50'000), next(500), next(100));
            break;
        case 2:
            std::snprintf(text, sizeof text, "cache miss for product %u, loaded from database in %u us", next(20'000),
                          next(9'000));
            break;
        default:
            std::snprintf(text, sizeof text, "worker %u finished job %llu after %u retries", next(64),
                          static_cast<unsigned long long>(n), next(4));
        }
        if (n % 1'000'000 == 500'000)
            return std::string(text) + " zanzibar";
        return text;
    }
    std::string metadata()
    {
        char text[160];
        std::snprintf(text, sizeof text, R"({"requestId":"%08x","host":"till-%u","durationMs":%u})", unsigned(m_random()),
                      next(40), next(2'000));
        return text;
    }

    std::mt19937 m_random{42};
    LogOrigin m_origin{"shop", "till-1"};
    EntryIdSource m_ids;
};

QString only; // of questions' names

/// The most memory that this program ever had, in MB.
double mostResidentMB()
{
    QFile status(u"/proc/self/status"_s);
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray text = status.readAll();
    const qsizetype at = text.indexOf("VmHWM:");
    return at < 0 ? 0 : text.mid(at + 6, text.indexOf("kB", at) - at - 6).trimmed().toDouble() / 1024;
}

double seconds(const QElapsedTimer& timer) { return double(timer.nsecsElapsed()) / 1e9; }

/// The limit: the same rows into the same tables by a bare loop over SQLite.
double bareRate(const QString& folder, int entries)
{
    const QString path = folder + u"/bare.db"_s;
    QFile::remove(path);
    sqlite3* db = nullptr;
    sqlite3_open(path.toUtf8().constData(), &db);
    sqlite3_exec(db,
                 R"(PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA wal_autocheckpoint=4000; PRAGMA cache_size=-16384;
        CREATE TABLE log(place INTEGER PRIMARY KEY, id TEXT, named INTEGER NOT NULL, time_ms INTEGER NOT NULL,
                         level TEXT NOT NULL, user INTEGER NOT NULL, message TEXT NOT NULL, metadata TEXT);
        CREATE UNIQUE INDEX log_id ON log(id, place >> 40);
        CREATE VIRTUAL TABLE log_text USING fts5(message, metadata, content='', columnsize=0))",
                 nullptr, nullptr, nullptr);
    sqlite3_stmt* row = nullptr;
    sqlite3_stmt* text = nullptr;
    sqlite3_prepare_v2(db, "INSERT INTO log VALUES(?,?,?,?,?,?,?,?)", -1, &row, nullptr);
    sqlite3_prepare_v2(db, "INSERT INTO log_text(rowid, message, metadata) VALUES(?,?,?)", -1, &text, nullptr);
    Lines lines;
    double spent = 0;
    for (int done = 0; done < entries; done += batchEntries) {
        const LogBatchPtr batch = lines.batch(done + 1);
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

/// `question` is given a reader and says how many it found.
template <typename Question>
QJsonObject askReader(const QStringList& segments, const char* name, const Question& question, QJsonObject answers)
{
    if (!QString::fromLatin1(name).contains(only))
        return answers;
    std::vector<double> times;
    std::size_t found = 0;
    for (int round = 0; round < 6; ++round) {
        LogReader reader; // as cold as a new connection
        reader.setPatience(std::chrono::minutes(10));
        reader.setSegments(segments);
        QElapsedTimer timer;
        timer.start();
        found = question(reader);
        times.push_back(seconds(timer) * 1'000);
    }
    std::sort(times.begin(), times.end());
    answers[QString::fromLatin1(name)] =
        QJsonObject{{u"found"_s, int(found)}, {u"medianMs"_s, times[times.size() / 2]}, {u"maxMs"_s, times.back()}};
    return answers;
}

QJsonObject ask(const QStringList& segments, const char* name, const HistoryQuery& query, QJsonObject answers)
{
    return askReader(segments, name, [&](LogReader& reader) { return reader.page(query).entries.size(); }, std::move(answers));
}

/// Counts all entries by time and level.
QJsonObject countAll(const QStringList& segments, int points, const char* name, QJsonObject answers)
{
    const auto newest = [](LogReader& reader) {
        HistoryQuery query;
        query.appId = "shop";
        query.limit = 1;
        return reader.page(query).entries.front();
    };
    return askReader(segments, name, [&](LogReader& reader) {
        const LogEntryRef last = newest(reader);
        const LogCounts counts = reader.counts({"shop", firstTimeMs, last.batch->timestampMs(last.index), points});
        std::size_t found = 0;
        for (const SeverityCounts& step : counts.steps())
            found += std::accumulate(step.begin(), step.end(), std::size_t(0));
        return found;
    }, std::move(answers));
}

/// Writes all entries to `path`, oldest first, unless it is there.
bool writeLines(const QStringList& segments, const QString& path)
{
    QFile file(path);
    if (file.exists())
        return true;
    if (!file.open(QIODevice::WriteOnly))
        return false;
    LogReader reader;
    reader.setSegments(segments);
    for (std::uint64_t place = 0;;) {
        const ReplayPage page = reader.replay("shop", place, 4 << 20);
        if (page.entries.empty())
            return true;
        for (const LogEntryRef& entry : page.entries) {
            file.write(entry.json().data(), qint64(entry.json().size()));
            file.write("\n", 1);
        }
        place = page.reachedSequence;
    }
}

/// The median time of a program that searches, in ms; the file is in memory from the first round on. Its output is
/// read: grep stops at the first match when it writes to the null device.
QJsonValue toolMs(const QString& program, const QStringList& arguments)
{
    std::vector<double> times;
    for (int round = 0; round < 4; ++round) {
        QProcess process;
        QElapsedTimer timer;
        timer.start();
        process.start(program, arguments);
        if (!process.waitForFinished(300'000))
            return {};
        if (round > 0)
            times.push_back(seconds(timer) * 1'000);
    }
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
}

QJsonObject tools(const QString& path)
{
    QJsonObject all;
    const std::tuple<const char*, QString, QString> searches[] = {
        {"rare word", u"-Fw"_s, u"zanzibar"_s},
        {"absent word", u"-Fw"_s, u"timbuktu"_s},
        {"common word", u"-Fw"_s, u"payment"_s},
        {"phrase", u"-F"_s, u"loaded from database"_s},
        {"rare phrase", u"-F"_s, u"retries zanzibar"_s},
        {"regex", u"-P"_s, u"product 1234\\d, loaded"_s},
        {"regex without words", u"-P"_s, u"zanz[i]bar"_s},
        {"part of a word", u"-iF"_s, u"anziba"_s},
        {"part of a hash", u"-iF"_s, u"0a1b2c3"_s},
        {"regex of nothing known", u"-e"_s, u"z.n.i.a."_s},
    };
    for (const auto& [name, kind, pattern] : searches) {
        if (!QString::fromLatin1(name).contains(only))
            continue;
        all[QString::fromLatin1(name)] = QJsonObject{{u"grepMs"_s, toolMs(u"grep"_s, {kind, u"-m"_s, u"100"_s, pattern, path})},
                                                     {u"ripgrepMs"_s, toolMs(u"rg"_s, {u"-a"_s, u"-j1"_s, kind, u"-m"_s, u"100"_s, pattern, path})}};
    }
    return all;
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication app(argc, argv);
    if (argc < 2) {
        std::fputs("usage: bench_logstore FOLDER [ENTRIES [JSONL [ONLY]]]\n", stderr);
        return 2;
    }
    const QString folder = QString::fromLocal8Bit(argv[1]);
    const int entries = argc > 2 ? std::atoi(argv[2]) : 1'000'000;
    if (argc > 4)
        only = QString::fromLocal8Bit(argv[4]);
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
            double max = 0;
            std::size_t jsonBytes = 0;
            const int count = durable ? std::min(entries / 2, 200'000) : entries - int(held);
            for (int done = 0; done < count; done += batchEntries, held += batchEntries) {
                const LogBatchPtr batch = lines.batch(held + 1);
                jsonBytes += batch->json().size();
                timer.start();
                if (!store->write({batch}, durable))
                    return 1;
                while (*store->tidy(QDateTime::currentMSecsSinceEpoch())) { }
                spent += seconds(timer);
                max = std::max(max, seconds(timer));
            }
            result[durable ? u"durableRate"_s : u"rate"_s] = count / spent;
            result[durable ? u"durableMaxMs"_s : u"maxMs"_s] = max * 1'000;
            result[u"jsonBytesPerEntry"_s] = double(jsonBytes) / count;
        }
    }
    result[u"mostResidentMBWritten"_s] = mostResidentMB();
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
    answers = ask(files, "word and level", query([](HistoryQuery& q) {
                      q.filter.levels = {"error"};
                      q.words = "payment";
                  }),
                  answers);
    answers = ask(files, "old time", query([](HistoryQuery& q) { q.filter.endTimeMs = firstTimeMs + 100'000; }), answers);
    answers = ask(files, "regex", query([](HistoryQuery& q) { q.regex = "product 1234\\d, loaded"; }), answers);
    answers = ask(files, "regex without words", query([](HistoryQuery& q) { q.regex = "zanz[i]bar"; }), answers);
    answers = ask(files, "part of a word", query([](HistoryQuery& q) { q.filter.search = "anziba"; }), answers);
    answers = ask(files, "part of a hash", query([](HistoryQuery& q) { q.filter.search = "0a1b2c3"; }), answers);
    answers = ask(files, "regex of nothing known", query([](HistoryQuery& q) { q.regex = "z.n.i.a.$"; }), answers);
    answers = countAll(files, 300, "counts, 300 steps", answers);
    answers = countAll(files, 5'000, "counts, 5,000 steps", answers);
    result[u"queries"_s] = answers;
    result[u"mostResidentMB"_s] = mostResidentMB();
    if (argc > 3 && *argv[3]) {
        const QString lines = QString::fromLocal8Bit(argv[3]);
        if (!writeLines(files, lines))
            return 1;
        result[u"jsonLinesBytes"_s] = QFileInfo(lines).size();
        result[u"tools"_s] = tools(lines);
    }
    std::puts(QJsonDocument(result).toJson().constData());
    return 0;
}
