// SPDX-License-Identifier: GPL-3.0-or-later
// A search of the store held against a plain scan of the same entries in memory.

#include "core/logfilter.h"
#include "core/pattern.h"
#include "core/searchedtexts.h"
#include "core/wordquery.h"
#include "storage/logs/logreader.h"
#include "storage/logs/logstore.h"
#include "testmain.h"

#include <QTemporaryDir>
#include <QRegularExpression>
#include <QTest>
#include <algorithm>
#include <cstdio>
#include <random>

using namespace vigie;
using namespace Qt::StringLiterals;

namespace {

struct Kept
{
    std::string level;
    std::string message;
    std::string metadata;
    std::int64_t timeMs = 0;
};

const std::vector<std::string> pieces = {
    "NullPointerException", "timeout", "ERROR", "café", "CAFÉ", "cafe\xcc\x81", "straße", "STRAẞE", "naïve", "ſ", "\xe2\x84\xaa", "k", "125µs",
    "125μs", "λάθος", "ΛΆΘΟΣ", "接続", "無法接続", "🔥", "İ", "i", "istanbul", "user_id=42", "3fa9c0de", "C0DE", "10.0.0.7", "GET /api/orders/",
    "200", "ms", "a\nb", "\x1b[31mred\x1b[0m", "er\x1b[1mror", "\"quoted\"", "\\", "/", "x", "xx", "0", "1e5", "até", "zanzibar", "ab", "\t"};

const std::vector<std::string> jsons = {R"({"user":"zo\u00eb","n":1.50})",
                                        R"({"path":"\/a\/b","q":"say \"hi\""})",
                                        "{\"stack\":\"Error: x\\n  at f (a.js:1)\"}",
                                        R"({"a":{"b":[1,2,{"c":null}]},"d":""})",
                                        R"({"color":"\u001b[32mgreen\u001b[0m"})",
                                        R"({"cut":"\ud83d","pair":"\ud83d\ude00"})",
                                        R"([1,"two"])",
                                        R"("text")",
                                        ""};

class Maker
{
public:
    explicit Maker(unsigned seed) : m_random(seed) {}
    unsigned below(std::size_t bound) { return unsigned(m_random() % bound); }
    std::string text()
    {
        std::string text;
        for (unsigned left = below(5); left > 0; --left)
            text += pieces[below(pieces.size())] + (below(3) ? " " : "");
        if (below(4) == 0)
            text += std::to_string(below(100'000));
        return text;
    }
    /// As programs write them: a few kinds of lines, many values.
    Kept line(std::int64_t timeMs)
    {
        char message[200];
        char metadata[200];
        switch (below(8)) {
        case 0:
            std::snprintf(message, sizeof message, "café %u: la commande %u est prête", below(9), below(100'000));
            break;
        case 1:
            std::snprintf(message, sizeof message, "\x1b[3%umpay\x1b[0mment %08x accepted", below(8), unsigned(m_random()));
            break;
        case 2:
            std::snprintf(message, sizeof message, "%u\xe2\x84\xaa is cold, C:\\temp%u", below(300), below(9));
            break;
        case 3:
        case 4:
            std::snprintf(message, sizeof message, "Worker %u finished job %08x\nafter %u retries", below(64), unsigned(m_random()),
                          below(4));
            break;
        default:
            std::snprintf(message, sizeof message, "GET /api/orders/%u 200 in %u ms%s", below(1'000'000), below(900),
                          below(3'000) ? "" : " zanzibar");
        }
        std::snprintf(metadata, sizeof metadata,
                      below(4) ? R"({"requestId":"%08x","host":"till-%u"})" : R"({"trace":"%08x","error":"caf\u00e9 %u"})",
                      unsigned(m_random()), below(40));
        return {below(50) ? "info" : "error", message, metadata, timeMs};
    }
    Kept entry(std::int64_t timeMs)
    {
        static const std::vector<std::string> levels{"info", "warn", "error", "WRN", "trace", "audit", ""};
        return {levels[below(levels.size())], text(), below(2) ? jsons[below(jsons.size())] : std::string(), timeMs};
    }

private:
    std::mt19937 m_random;
};

NewLogEntry viewOf(const Kept& kept)
{
    return {"", kept.timeMs, kept.level, kept.message, kept.metadata};
}

} // namespace

class TestBlockSearch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void findsWhatAScanFinds_data();
    void findsWhatAScanFinds();
    void findsWhatAScanFindsOfRandomQuestions();

private:
    std::vector<std::uint64_t> scanned(const HistoryQuery& query) const;
    std::vector<std::uint64_t> found(HistoryQuery query);

    QTemporaryDir m_folder;
    std::vector<Kept> m_entries; // the i-th has the sequence i + 1
    LogReader m_reader;
};

void TestBlockSearch::initTestCase()
{
    // Full blocks in a group and without one, small ones, more than one segment.
    LogRetention retention;
    retention.segmentEntries = 72'000;
    DatabaseResult<LogStore> store = LogStore::open(m_folder.path(), retention);
    QVERIFY(store);
    Maker maker(1);
    const LogOrigin origin("shop", "ann");
    std::size_t round = 0;
    while (m_entries.size() < 90'000) {
        LogBatch batch("shop");
        batch.setFirstSequence(m_entries.size() + 1);
        const std::size_t count = ++round % 50 == 0 ? 1 : m_entries.size() > 88'000 ? 30 : 1'100;
        for (std::size_t i = 0; i < count; ++i) {
            const std::int64_t timeMs = std::int64_t(m_entries.size()) * 10;
            m_entries.push_back(round % 2 ? maker.entry(timeMs) : maker.line(timeMs));
            NewLogEntry entry = viewOf(m_entries.back());
            const std::string id = std::to_string(m_entries.size());
            entry.id = id;
            batch.append(entry, origin);
        }
        QVERIFY(store->write({std::make_shared<const LogBatch>(std::move(batch))}, false));
        QVERIFY(store->tidy(0));
    }
    QVERIFY(store->segments().size() > 1);
    m_reader.setSegments(store->segments());
    m_reader.setPatience(std::chrono::hours(1));
}

std::vector<std::uint64_t> TestBlockSearch::scanned(const HistoryQuery& query) const
{
    std::vector<std::uint64_t> sequences;
    std::optional<Pattern> pattern;
    if (!query.regex.empty())
        pattern.emplace(std::move(*Pattern::of(query.regex)));
    const WordQuery words(query.words);
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        const NewLogEntry entry = viewOf(m_entries[i]);
        if (!query.filter.matches(entry) || !query.severities.test(std::size_t(severityOf(entry.level))))
            continue;
        const SearchedTexts texts(entry);
        if (pattern && !pattern->isIn(texts.message()) && !pattern->isIn(texts.metadata()))
            continue;
        if (!query.words.empty() && !words.isIn(texts.message(), texts.metadata()))
            continue;
        sequences.push_back(i + 1);
    }
    if (sequences.size() > query.limit)
        sequences.erase(sequences.begin(), sequences.end() - std::ptrdiff_t(query.limit));
    return sequences;
}

std::vector<std::uint64_t> TestBlockSearch::found(HistoryQuery query)
{
    query.appId = "shop";
    const HistoryPage page = m_reader.page(query);
    std::vector<std::uint64_t> sequences;
    for (const LogEntryRef& entry : page.entries) {
        const NewLogEntry whole = entry.batch->entry(entry.index);
        const Kept& kept = m_entries[entry.sequence() - 1];
        const bool isAsItWas = whole.message == kept.message && whole.metadataJson == kept.metadata;
        sequences.push_back(isAsItWas ? entry.sequence() : 0);
    }
    if (page.stoppedAt)
        sequences.push_back(0);
    return sequences;
}

void TestBlockSearch::findsWhatAScanFinds_data()
{
    QTest::addColumn<HistoryQuery>("query");
    const auto row = [](const std::string& name, auto change) {
        HistoryQuery query;
        query.limit = 1'000'000;
        change(query);
        QTest::newRow(name.c_str()) << query;
    };
    for (const std::string& piece : pieces) {
        row("search " + piece, [&piece](HistoryQuery& q) { q.filter.search = piece; });
        row("words " + piece, [&piece](HistoryQuery& q) { q.words = piece; });
    }
    for (const char* search : {"Exception", "pointerexc", "c0d", "続", "é n", "zoë", "/a/b", "say \"hi\"", "Error: x\n  at", "green", "b\":[1", "😀",
                               "µs", "ΛΑΘΟΣ", "job 7", "0a1b", "S/4242", "8 ms z", "pay", "payment", "k is", "RETRIES",
                               "till-3\"", "d\":\"", "p8",
                               "user_id=4", "orders/", "nowhere", "red", "error"})
        row(std::string("search ") + search, [search](HistoryQuery& q) { q.filter.search = search; });
    for (const char* regex :
         {"Null.*ption", "(?i)STRASSE", "(?i)straße", "(?i)[^x]k", "^GET", "ms$", "(?m)^b$", "\\Aa", "x\\z", "[0-9]+ms", "ab|error", "error|",
          "(?i)zan[sz]ibar", "zanz[a-c]bar|nowhere 6[0-9]", "[^x]*zanzibar", "(?s)a.b", "\\s+at", "caf.", "\\pL+接", "(?-i)ERROR", "\\bk\\b",
          "125(µ|μ)s", "z.n.i.a.$", "job [0-9a-f]{4}ab.*\nafter", "(?i)K is", "K is", "(?i)FINISHED JOB",
          "[1-3]m?pay", "temp[57]$", "in 8[0-9]7 ms",
          "(?i)worker 1|zanzibar", "\"host\":\"till-7\"", "till-[12]7\\W", "orders/4242",
          "é prête|prête$", "payment .*00 acc", "\"n\":1\\.50", "^$", "", "(?i)İ", "\\d{5}", "\x1b"}) {
        row(std::string("regex ") + regex, [regex](HistoryQuery& q) { q.regex = regex; });
    }
    for (const char* words : {"cafe", "STRAßE", "lathos", "null*", "nullpointerexc*", "\"user id\"", "\"get api\"*", "接続", "at f", "zoe", "two", "green",
                              "payment", "worker prete", "zanzibar", "till 17", "retries zanzibar"})
        row(std::string("words ") + words, [words](HistoryQuery& q) { q.words = words; });
    row("all together", [](HistoryQuery& q) {
        q.filter.search = "er";
        q.regex = "[ep]";
        q.words = "timeout";
        q.filter.levels = {"warn", "error"};
        q.filter.startTimeMs = 200'000;
        q.filter.endTimeMs = 1'100'000;
    });
    row("the newest only", [](HistoryQuery& q) { q.filter.search = "timeout"; q.limit = 17; });
}

void TestBlockSearch::findsWhatAScanFinds()
{
    QFETCH(HistoryQuery, query);
    QCOMPARE(found(query), scanned(query));
}

void TestBlockSearch::findsWhatAScanFindsOfRandomQuestions()
{
    Maker maker(2);
    for (int i = 0; i < 250; ++i) {
        HistoryQuery query;
        query.limit = maker.below(2) ? 50 : 1'000'000;
        // A part of what is there, cut anywhere between characters.
        const Kept& kept = m_entries[maker.below(m_entries.size())];
        const QString whole = QString::fromStdString(maker.below(2) ? kept.message : kept.metadata);
        const auto from = whole.isEmpty() ? 0 : qsizetype(maker.below(std::size_t(whole.size())));
        const QString part = whole.mid(from, 1 + qsizetype(maker.below(12)));
        switch (maker.below(3)) {
        case 0:
            query.filter.search = part.toStdString();
            break;
        case 1:
            query.words = part.toStdString() + (maker.below(2) ? "*" : "");
            break;
        default:
            // Some of its characters may be any.
            for (const QString& character : part.split(QString(), Qt::SkipEmptyParts))
                query.regex += maker.below(3) ? QRegularExpression::escape(character).toStdString() : ".";
            if (!Pattern::of(query.regex))
                continue; // it was cut within a character
        }
        if (maker.below(3) == 0)
            query.filter.levels = {"error"};
        if (maker.below(3) == 0)
            query.filter.startTimeMs = std::int64_t(maker.below(1'300'000));
        if (found(query) != scanned(query))
            QFAIL(qPrintable(u"search “%1”, words “%2”, expression “%3”"_s.arg(QString::fromStdString(query.filter.search),
                                                                                QString::fromStdString(query.words),
                                                                                QString::fromStdString(query.regex))));
    }
}

VIGIE_TEST(TestBlockSearch)
#include "tst_blocksearch.moc"
