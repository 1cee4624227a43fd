// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/logs/logreader.h"
#include "storage/logs/logstore.h"
#include "storage/logs/storedidreader.h"
#include "testmain.h"

#include <QDir>
#include <QFile>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>
#include <sys/resource.h>

using namespace vigie;
using namespace Qt::StringLiterals;

namespace {

struct Text
{
    std::string message = "hello";
    std::string level = "info";
    std::int64_t timeMs = 1'000;
    std::string metadata = {};
    std::string user = "ann";
    std::string id = {};
};

using Ids = std::vector<std::string>;

Ids idsOf(const std::vector<LogEntryRef>& entries)
{
    Ids ids;
    for (const LogEntryRef& entry : entries)
        ids.emplace_back(entry.id());
    return ids;
}

} // namespace

class TestLogStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void entriesComeBackAsTheyWere();
    void newestMatchFirst_data();
    void newestMatchFirst();
    void limitTakesTheNewest();
    void searchThatTakesTooLongSaysHowFarItCame();
    void searchThatNobodyWaitsForEnds();
    void noPatternTakesForEver();
    void pagesGoBackWithoutOverlap();
    void zonesHideNothing();
    void levelsNotUnderstoodThenAreFoundNow();
    void countsAreThoseOfTheEntries_data();
    void countsAreThoseOfTheEntries();
    void countsLeaveOutRepeatsAndWhatWasCleared();
    void countsOfAllApplicationsAreOneAnswer();
    void countingThatTakesTooLongSaysSo();
    void repeatIsKeptOnce();
    void sameIdInAnotherApplicationIsAnother();
    void replayGivesAllInOrder();
    void replayPassesOverARepeat();
    void clearedIsGone();
    void orderGoesOnAfterReopening();
    void segmentsRollAndAreReadAsOne();
    void retentionTakesTheOldest();
    void manyAreFoundAtOnce();
    void brokenNewestIsMovedAside();
    void laterVersionIsMovedAside();
    void brokenOlderSegmentIsPassedOver();
    void failedWriteChangesNothing();
    void aSegmentThatWasOnlyBegunForgetsNoOrder();
    void aSegmentThatCannotBeMadeLeavesNoFile();
    void checkpointsAreWrittenWithTheirEntries();
    void checkpointsOutliveTheirSegments();
    void aBrokenSegmentTakesItsCheckpointsWithIt();
    void checkpointsOfEarlierFiles_data();
    void checkpointsOfEarlierFiles();

private:
    void open(LogRetention retention = {});
    /// Adds one entry after the other; ids are "app/sequence" where none is given.
    void add(const std::string& app, const std::vector<Text>& texts);
    Ids page(HistoryQuery query);
    LogReader& reader();

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<LogStore> m_store;
    LogReader m_reader;
};

void TestLogStore::init()
{
    m_store.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    open();
}

void TestLogStore::open(LogRetention retention)
{
    m_store.reset();
    m_reader = {};
    DatabaseResult<LogStore> store = LogStore::open(m_folder->path(), retention);
    QVERIFY2(store, store ? "" : qPrintable(store.error().message));
    m_store = std::make_unique<LogStore>(std::move(*store));
}

void TestLogStore::add(const std::string& app, const std::vector<Text>& texts)
{
    const StoredApps apps = m_store->apps();
    const auto known = apps.find(app);
    std::uint64_t sequence = known == apps.end() ? 1 : known->second.lastSequence + 1;
    LogBatch batch(app);
    batch.setFirstSequence(sequence);
    for (const Text& text : texts) {
        const std::string id = text.id.empty() ? app + "/" + std::to_string(sequence) : text.id;
        batch.append({id, text.timeMs, text.level, text.message, text.metadata, !text.id.empty()},
                     LogOrigin(app, text.user));
        ++sequence;
    }
    QVERIFY(m_store->write({std::make_shared<const LogBatch>(std::move(batch))}, false));
}

LogReader& TestLogStore::reader()
{
    m_reader.setSegments(m_store->segments());
    return m_reader;
}

Ids TestLogStore::page(HistoryQuery query)
{
    return idsOf(reader().page(query).entries);
}

void TestLogStore::entriesComeBackAsTheyWere()
{
    LogBatch batch("shop");
    batch.setFirstSequence(1);
    batch.append({"a", 5, "WARNING", "say \"h\xc3\xa9\"\n", R"({"k":[1,"\u0000"]})", true}, LogOrigin("shop", "an\"n"));
    batch.append({"b", -5, "info", "", "", false}, LogOrigin("shop", "bob"));
    const auto written = std::make_shared<const LogBatch>(std::move(batch));
    QVERIFY(m_store->write({written}, true));
    const HistoryPage read = reader().page({"shop", {}, 10, {}, {}, {}, {}, {}});
    QCOMPARE(read.entries.size(), 2u);
    for (std::size_t i = 0; i < 2; ++i) {
        QCOMPARE(read.entries[i].json(), written->json(i));
        QCOMPARE(read.entries[i].sequence(), i + 1);
    }
    QVERIFY(read.entries[0].batch->idIsProducers(0));
}

void TestLogStore::newestMatchFirst_data()
{
    QTest::addColumn<HistoryQuery>("query");
    QTest::addColumn<Ids>("ids");
    const auto row = [](const char* name, auto change, const Ids& ids) {
        HistoryQuery query;
        query.appId = "shop";
        change(query);
        QTest::newRow(name) << query << ids;
    };
    row("all", [](HistoryQuery&) {}, {"shop/1", "shop/2", "shop/3", "shop/4", "shop/5"});
    row("other application", [](HistoryQuery& q) { q.appId = "bank"; }, {"bank/1"});
    row("unknown application", [](HistoryQuery& q) { q.appId = "zoo"; }, {});
    row("level", [](HistoryQuery& q) { q.filter.levels = {"error"}; }, {"shop/2", "shop/4"});
    row("two levels", [](HistoryQuery& q) { q.filter.levels = {"error", "warn"}; }, {"shop/2", "shop/3", "shop/4"});
    row("level of their own", [](HistoryQuery& q) { q.filter.levels = {"audit"}; }, {"shop/5"});
    row("from", [](HistoryQuery& q) { q.filter.startTimeMs = 3'000; }, {"shop/3", "shop/4", "shop/5"});
    row("to", [](HistoryQuery& q) { q.filter.endTimeMs = 2'000; }, {"shop/1", "shop/2"});
    row("before time", [](HistoryQuery& q) { q.beforeTimeMs = 2'000; }, {"shop/1"});
    row("before id", [](HistoryQuery& q) { q.beforeId = "shop/3"; }, {"shop/1", "shop/2"});
    row("before an unknown id", [](HistoryQuery& q) { q.beforeId = "shop/9"; }, {});
    row("before sequence", [](HistoryQuery& q) { q.beforeSequence = 2; }, {"shop/1"});
    // Places beyond an application's own are those of others.
    for (const std::uint64_t place : {std::uint64_t(1) << 40, std::uint64_t(1) << 41, std::uint64_t(1) << 62, ~std::uint64_t(0)})
        row(qPrintable(u"before place %1"_s.arg(place)), [place](HistoryQuery& q) { q.beforeSequence = place; q.regex = "."; },
            {"shop/1", "shop/2", "shop/3", "shop/4", "shop/5"});
    row("before any place", [](HistoryQuery& q) { q.beforeSequence = 0; q.regex = "."; }, {});
    row("after sequence", [](HistoryQuery& q) { q.afterSequence = 3; }, {"shop/4", "shop/5"});
    row("between", [](HistoryQuery& q) { q.afterSequence = 1; q.beforeSequence = 4; }, {"shop/2", "shop/3"});
    row("between none", [](HistoryQuery& q) { q.afterSequence = 3; q.beforeSequence = 3; }, {});
    row("after any place", [](HistoryQuery& q) { q.afterSequence = ~std::uint64_t(0); }, {});
    row("errors", [](HistoryQuery& q) { q.severities = 1u << unsigned(Severity::Error); }, {"shop/2", "shop/4"});
    row("levels of no known meaning", [](HistoryQuery& q) { q.severities = 1u << unsigned(Severity::Other); }, {"shop/5"});
    row("level, but not that severity", [](HistoryQuery& q) {
        q.filter.levels = {"error"};
        q.severities = 1u << unsigned(Severity::Warn);
    }, {});
    row("user", [](HistoryQuery& q) { q.userId = "bob"; }, {"shop/3"});
    row("word", [](HistoryQuery& q) { q.words = "TILL"; }, {"shop/1", "shop/2", "shop/4"});
    row("no such word", [](HistoryQuery& q) { q.words = "til"; }, {});
    row("prefix", [](HistoryQuery& q) { q.words = "til*"; }, {"shop/1", "shop/2", "shop/4"});
    row("accent", [](HistoryQuery& q) { q.words = "cafe"; }, {"shop/5"});
    row("regex", [](HistoryQuery& q) { q.regex = "^till \\w+!?$"; }, {"shop/1", "shop/2"});
    row("regex with a whole word", [](HistoryQuery& q) { q.regex = "\"city\":\"Paris\""; }, {"shop/3"});
    row("regex minds case", [](HistoryQuery& q) { q.regex = "TILL"; }, {});
    row("regex that does not", [](HistoryQuery& q) { q.regex = "(?i)TILL c"; }, {"shop/2"});
    row("regex of signs", [](HistoryQuery& q) { q.regex = "caf\u00e9$"; }, {"shop/5"});
    row("regex and level", [](HistoryQuery& q) { q.regex = "till"; q.filter.levels = {"error"}; }, {"shop/2", "shop/4"});
    row("words", [](HistoryQuery& q) { q.words = "opened till"; }, {"shop/1", "shop/4"});
    row("phrase", [](HistoryQuery& q) { q.words = "\"opened till\""; }, {"shop/4"});
    row("word of metadata", [](HistoryQuery& q) { q.words = "paris"; }, {"shop/3"});
    row("word behind an escape", [](HistoryQuery& q) { q.words = "next"; }, {"shop/5"});
    row("signs", [](HistoryQuery& q) { q.words = "\"* OR ("; }, {});
    row("search", [](HistoryQuery& q) { q.filter.search = "LL op"; }, {"shop/1"});
    row("search in metadata", [](HistoryQuery& q) { q.filter.search = "city\":\"par"; }, {"shop/3"});
    row("search what an escape means", [](HistoryQuery& q) { q.filter.search = "line\nnext"; }, {"shop/5"});
    row("search accents as they are", [](HistoryQuery& q) { q.filter.search = "cafe"; }, {});
    row("search accents in any case", [](HistoryQuery& q) { q.filter.search = "AF\xc3\x89"; }, {"shop/5"});
    row("search from a word on", [](HistoryQuery& q) { q.filter.search = "till op"; }, {"shop/1"});
    row("search signs", [](HistoryQuery& q) { q.filter.search = "!"; }, {"shop/2"});
    row("search in colours", [](HistoryQuery& q) { q.appId = "tty"; q.filter.search = "INFO server"; }, {"tty/1"});
    row("word in colours", [](HistoryQuery& q) { q.appId = "tty"; q.words = "info done"; }, {"tty/1"});
    row("regex in colours", [](HistoryQuery& q) { q.appId = "tty"; q.regex = "^INFO server$"; }, {"tty/1"});
    row("word and level", [](HistoryQuery& q) { q.words = "till"; q.filter.levels = {"error"}; }, {"shop/2", "shop/4"});
    row("word, level, time", [](HistoryQuery& q) {
        q.words = "till";
        q.filter.levels = {"error"};
        q.filter.startTimeMs = 3'000;
    }, {"shop/4"});
}

void TestLogStore::newestMatchFirst()
{
    QFETCH(HistoryQuery, query);
    QFETCH(Ids, ids);
    add("shop", {{"till opened", "info", 1'000},
                 {"till closed!", "error", 2'000},
                 {"order", "warn", 3'000, R"({"city":"Paris"})", "bob"},
                 {"opened till", "ERROR", 4'000},
                 {"caf\xc3\xa9", "audit", 5'000, R"({"a":"line\nnext"})"}});
    add("tty", {{"\x1b[32mINFO\x1b[0m server", "info", 1'000, R"({"step":"\u001b[1mdone\u001b[0m"})"}});
    add("bank", {{"till opened"}});
    QCOMPARE(page(query), ids);
}

void TestLogStore::limitTakesTheNewest()
{
    add("shop", std::vector<Text>(10));
    HistoryQuery query;
    query.appId = "shop";
    query.limit = 3;
    QCOMPARE(page(query), (Ids{"shop/8", "shop/9", "shop/10"}));
    query.words = "hello";
    QCOMPARE(page(query), (Ids{"shop/8", "shop/9", "shop/10"}));
    query.limit = 0;
    QCOMPARE(page(query), Ids());
}

void TestLogStore::searchThatTakesTooLongSaysHowFarItCame()
{
    std::vector<Text> texts(50);
    texts[0].message = "needle";
    texts[49].message = "needle";
    add("shop", texts);
    HistoryQuery query;
    query.appId = "shop";
    query.regex = "nee+dle";
    LogReader& hasty = reader();
    hasty.setPatience(std::chrono::milliseconds(0));
    // Each step comes nearer, none finds the same again, and in the end all is found.
    Ids found;
    int steps = 0;
    for (;;) {
        const HistoryPage page = hasty.page(query);
        for (const LogEntryRef& entry : page.entries)
            found.emplace_back(entry.id());
        if (!page.stoppedAt)
            break;
        QVERIFY(!query.beforeSequence || *page.stoppedAt < *query.beforeSequence);
        query.beforeSequence = page.stoppedAt;
        QVERIFY(++steps < 100);
    }
    QVERIFY(steps > 1);
    QCOMPARE(found, (Ids{"shop/50", "shop/1"}));
}

void TestLogStore::searchThatNobodyWaitsForEnds()
{
    std::vector<Text> texts(1'000);
    texts[0].message = "needle";
    add("shop", texts);
    std::stop_source gone;
    HistoryQuery query;
    query.appId = "shop";
    query.stop = gone.get_token();
    LogCountsQuery counts{"shop", 0, 2'000, 1'000, gone.get_token()};
    for (const bool isGone : {false, true}) {
        if (isGone)
            gone.request_stop();
        query.regex = "nee+dle";
        QCOMPARE(reader().page(query).stoppedAt.has_value(), isGone);
        query.regex.clear();
        query.userId = "nobody";
        QCOMPARE(reader().page(query).stoppedAt.has_value(), isGone);
        query.userId.clear();
        QCOMPARE(reader().counts(counts).isComplete(), !isGone);
    }
}

void TestLogStore::noPatternTakesForEver()
{
    // One that goes back for each choice takes years for the first, and hours for the other two.
    std::string text(1'000'000, 'a');
    text.push_back('b');
    add("shop", {{text}, {"aaac"}});
    HistoryQuery query;
    query.appId = "shop";
    for (const char* regex : {"^(a+)+c$", "a+a+[cd]", "a+a+a+[cd]"}) {
        query.regex = regex;
        QCOMPARE(page(query), (Ids{"shop/2"}));
    }
}

void TestLogStore::pagesGoBackWithoutOverlap()
{
    for (int i = 0; i < 30; ++i)
        add("shop", std::vector<Text>(100));
    HistoryQuery query;
    query.appId = "shop";
    query.limit = 70;
    std::uint64_t expected = 3'000;
    for (;;) {
        const auto entries = reader().page(query).entries;
        if (entries.empty())
            break;
        for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry)
            QCOMPARE(entry->sequence(), expected--);
        query.beforeSequence = entries.front().sequence();
    }
    QCOMPARE(expected, 0u);
}

void TestLogStore::zonesHideNothing()
{
    // Times go up and down; a level is rare; zones end in the middle of batches.
    const int count = 4 * int(LogZone::maxPlaces) + 77;
    std::vector<Text> texts(count);
    for (int i = 0; i < count; ++i) {
        texts[i].timeMs = (i * 7919) % 5'000;
        texts[i].level = i % 601 == 0 ? "fatal" : "info";
    }
    for (int i = 0; i < count; i += 100)
        add("shop", {texts.begin() + i, texts.begin() + std::min(i + 100, count)});
    for (int reopened = 0; reopened < 2; ++reopened) {
        HistoryQuery query;
        query.appId = "shop";
        query.limit = 10'000;
        query.filter.levels = {"fatal"};
        QCOMPARE(page(query).size(), std::size_t(count + 600) / 601);
        query.filter = {};
        query.filter.startTimeMs = 1'000;
        query.filter.endTimeMs = 1'100;
        const auto matches = std::count_if(texts.begin(), texts.end(), [](const Text& text) {
            return text.timeMs >= 1'000 && text.timeMs <= 1'100;
        });
        QCOMPARE(page(query).size(), std::size_t(matches));
        open();
    }
}

void TestLogStore::levelsNotUnderstoodThenAreFoundNow()
{
    add("shop", std::vector<Text>(2 * LogZone::maxPlaces, Text{"hello", "WRN"}));
    {
        // As one wrote them that did not know WRN: in the zones' counts it stands as another, not as a warning.
        auto database = Database::open(m_store->segments().last(), Database::Access::ReadWrite);
        QVERIFY(database
                && database->run("UPDATE block SET counts = CAST(substr(counts, 1, 6) || x'0000' || substr(counts, 9, 4) "
                                 "|| substr(counts, 7, 2) AS BLOB)"));
    }
    open();
    HistoryQuery query;
    query.appId = "shop";
    query.limit = 10'000;
    for (const char* level : {"warn", "WRN", "40"}) {
        query.filter.levels = {level};
        QCOMPARE(page(query).size(), std::size_t(2 * LogZone::maxPlaces));
    }
    query.filter.levels = {"error"};
    QCOMPARE(page(query).size(), std::size_t(0));
}

void TestLogStore::countsAreThoseOfTheEntries_data()
{
    QTest::addColumn<bool>("areInOrder");
    QTest::addColumn<qint64>("fromMs");
    QTest::addColumn<qint64>("toMs");
    QTest::addColumn<int>("points");
    for (const bool areInOrder : {true, false}) {
        const char* const order = areInOrder ? "in order" : "out of order";
        QTest::addRow("%s, one step", order) << areInOrder << 0LL << 10'000LL << 1;
        QTest::addRow("%s, steps of many zones", order) << areInOrder << 0LL << 10'000LL << 3;
        QTest::addRow("%s, many steps a zone", order) << areInOrder << 0LL << 10'000LL << 500;
        QTest::addRow("%s, a part", order) << areInOrder << 1'111LL << 3'333LL << 7;
        QTest::addRow("%s, a moment", order) << areInOrder << 2'000LL << 2'000LL << 10;
        QTest::addRow("%s, before all", order) << areInOrder << 0LL << 3LL << 10;
    }
}

void TestLogStore::countsAreThoseOfTheEntries()
{
    QFETCH(bool, areInOrder);
    QFETCH(qint64, fromMs);
    QFETCH(qint64, toMs);
    QFETCH(int, points);
    const int count = 5 * int(LogZone::maxPlaces) + 77;
    LogCounts expected({"shop", fromMs, toMs, points});
    std::vector<Text> texts(count);
    for (int i = 0; i < count; ++i) {
        texts[i].timeMs = areInOrder ? 100 + i * 2 : (i * 7919) % 5'000;
        texts[i].level = i % 601 == 0 ? "fatal" : i % 3 == 0 ? "warning" : "chatter";
        expected.add(texts[i].timeMs, severityOf(texts[i].level));
    }
    for (int i = 0; i < count; i += 100) {
        add("shop", {texts.begin() + i, texts.begin() + std::min(i + 100, count)});
        add("bank", {{}});
    }
    for (int reopened = 0; reopened < 2; ++reopened) {
        const LogCounts found = reader().counts({"shop", fromMs, toMs, points});
        QVERIFY(found.isComplete());
        QCOMPARE(found.firstMs(), expected.firstMs());
        QCOMPARE(found.steps(), expected.steps());
        QVERIFY(found.firstMs() <= fromMs && found.firstMs() + qint64(found.steps().size()) * found.stepMs() > toMs);
        QVERIFY(found.steps().size() <= std::size_t(points) + 2);
        open();
    }
}

void TestLogStore::countsLeaveOutRepeatsAndWhatWasCleared()
{
    const auto fatals = [this] { return reader().counts({"shop", 0, 2'000, 1}).steps().front()[std::size_t(Severity::Fatal)]; };
    add("shop", {{"first", "fatal", 1'000, {}, "ann", "x"}});
    add("shop", {{"first", "fatal", 1'000, {}, "ann", "x"}});
    QCOMPARE(fatals(), 1u);
    add("shop", std::vector<Text>(2 * LogZone::maxPlaces, Text{"hello", "fatal"}));
    QCOMPARE(fatals(), 1 + 2 * LogZone::maxPlaces);
    open();
    QCOMPARE(fatals(), 1 + 2 * LogZone::maxPlaces);
    QVERIFY(m_store->clear({{"shop", 602}}));
    QCOMPARE(fatals(), 2 * LogZone::maxPlaces - 600);
    QCOMPARE(reader().counts({"nobody", 0, 2'000, 1}).steps().front(), SeverityCounts());
}

void TestLogStore::countsOfAllApplicationsAreOneAnswer()
{
    const auto all = [this] { return reader().counts({"", 0, 2'000, 1}); };
    QCOMPARE(all().steps().front(), SeverityCounts());
    add("shop", std::vector<Text>(2 * LogZone::maxPlaces, Text{"hello", "info"}));
    add("mail", {{"hello", "fatal"}, {"hello", "info"}});
    open();
    add("mail", {{"later", "fatal"}});
    QCOMPARE(all().steps().front()[std::size_t(Severity::Info)], 2 * LogZone::maxPlaces + 1);
    QCOMPARE(all().steps().front()[std::size_t(Severity::Fatal)], 2u);
    QVERIFY(m_store->clear({{"shop", 100}}));
    QCOMPARE(all().steps().front()[std::size_t(Severity::Info)], 2 * LogZone::maxPlaces - 99);
    QVERIFY(all().isComplete());
    reader().setPatience(std::chrono::milliseconds(0));
    QVERIFY(!all().isComplete());
}

void TestLogStore::countingThatTakesTooLongSaysSo()
{
    std::vector<Text> texts(3 * LogZone::maxPlaces);
    for (std::size_t i = 0; i < texts.size(); ++i)
        texts[i].timeMs = std::int64_t(i);
    add("shop", texts);
    LogReader& hasty = reader();
    hasty.setPatience(std::chrono::milliseconds(0));
    QVERIFY(!hasty.counts({"shop", 0, 2'000, 1'000}).isComplete());
    QVERIFY(hasty.counts({"shop", 0, 2'000, 1}).isComplete()); // knows it by the zones alone
}

void TestLogStore::repeatIsKeptOnce()
{
    add("shop", {{"first", "info", 1, {}, "ann", "x"}});
    add("shop", {{"first", "info", 1, {}, "ann", "x"}, {"other", "info", 3, {}, "ann", "y"}});
    QCOMPARE(page({"shop", {}, 10, {}, {}, {}, {}, {}}), (Ids{"x", "y"}));
    HistoryQuery first;
    first.appId = "shop";
    first.words = "first";
    QCOMPARE(page(first), Ids{"x"});
    QCOMPARE(m_store->apps().at("shop").lastSequence, 3u);
}

void TestLogStore::sameIdInAnotherApplicationIsAnother()
{
    add("shop", {{"first", "info", 1, {}, "ann", "x"}});
    add("bank", {{"first", "info", 1, {}, "ann", "x"}});
    QCOMPARE(page({"bank", {}, 10, {}, {}, {}, {}, {}}), Ids{"x"});
    QCOMPARE(reader().find("bank", "x"), std::optional<std::uint64_t>(1));
    QVERIFY(!reader().find("zoo", "x"));
}

void TestLogStore::replayGivesAllInOrder()
{
    for (int i = 0; i < 20; ++i) {
        add("shop", std::vector<Text>(50));
        add("bank", std::vector<Text>(3));
    }
    std::uint64_t reached = 17;
    while (reached < 1'000) {
        const ReplayPage page = reader().replay("shop", reached, 5'000);
        QVERIFY(!page.entries.empty());
        QCOMPARE(page.missing, 0u);
        for (const LogEntryRef& entry : page.entries)
            QCOMPARE(entry.sequence(), ++reached);
        QCOMPARE(page.reachedSequence, reached);
    }
    const ReplayPage end = reader().replay("shop", 1'000, 5'000);
    QVERIFY(end.entries.empty());
    QCOMPARE(end.reachedSequence, 1'000u);
    QCOMPARE(end.missing, 0u);
}

void TestLogStore::replayPassesOverARepeat()
{
    add("shop", {{"1", "info", 1, {}, "ann", "a"}, {"2", "info", 1, {}, "ann", "b"}, {"1", "info", 1, {}, "ann", "a"},
                 {"4", "info", 1, {}, "ann", "c"}});
    ReplayPage page = reader().replay("shop", 0, 1'000'000);
    QCOMPARE(idsOf(page.entries), (Ids{"a", "b"}));
    page = reader().replay("shop", page.reachedSequence, 1'000'000);
    QCOMPARE(idsOf(page.entries), Ids{"c"});
    QCOMPARE(page.missing, 0u);
}

void TestLogStore::clearedIsGone()
{
    add("shop", std::vector<Text>(10));
    add("bank", std::vector<Text>(10));
    QVERIFY(m_store->clear({{"shop", 10}}));
    add("shop", std::vector<Text>(2));
    for (int reopened = 0; reopened < 2; ++reopened) {
        QCOMPARE(page({"shop", {}, 100, {}, {}, {}, {}, {}}), (Ids{"shop/11", "shop/12"}));
        QCOMPARE(page({"bank", {}, 100, {}, {}, {}, {}, {}}).size(), 10u);
        QVERIFY(!reader().find("shop", "shop/10"));
        const ReplayPage page = reader().replay("shop", 4, 1'000'000);
        QCOMPARE(page.missing, 6u);
        QCOMPARE(idsOf(page.entries), (Ids{"shop/11", "shop/12"}));
        HistoryQuery words;
        words.appId = "shop";
        words.words = "hello";
        QCOMPARE(this->page(words), (Ids{"shop/11", "shop/12"}));
        open();
    }
}

void TestLogStore::orderGoesOnAfterReopening()
{
    add("shop", {{"1", "info", 1, {}, "ann", "mine"}, {}});
    open();
    QCOMPARE(m_store->apps().at("shop").lastSequence, 2u);
    std::vector<StoredCatalog::App> apps{{"shop", 2, {}, 0, 0}};
    m_store->describe(apps);
    const StoredIds ids = StoredIdReader(m_store->describedSegments(), apps, 100).next(100);
    QCOMPARE(ids.named.size(), 1u);
    QCOMPARE(ids.named[0].id, std::string("mine"));
    QCOMPARE(apps[0].lastId, std::string("shop/2"));
    add("shop", {{}});
    QCOMPARE(page({"shop", {}, 100, {}, {}, {}, {}, {}}), (Ids{"mine", "shop/2", "shop/3"}));
}

void TestLogStore::segmentsRollAndAreReadAsOne()
{
    LogRetention retention;
    retention.segmentEntries = 100;
    open(retention);
    for (int i = 0; i < 10; ++i) {
        add("shop", std::vector<Text>(60));
        while (*m_store->tidy(0)) { }
    }
    QCOMPARE(m_store->segments().size(), 6);
    const Ids all = page({"shop", {}, 1'000, {}, {}, {}, {}, {}});
    QCOMPARE(all.size(), 600u);
    QCOMPARE(all.front(), "shop/1");
    QCOMPARE(reader().find("shop", "shop/5"), std::optional<std::uint64_t>(5));
    std::uint64_t reached = 0;
    while (reached < 600) {
        const ReplayPage page = reader().replay("shop", reached, 3'000);
        QVERIFY(!page.entries.empty());
        QCOMPARE(page.missing, 0u);
        QCOMPARE(page.entries.front().sequence(), reached + 1);
        reached = page.reachedSequence;
    }
    QVERIFY(m_store->clear({{"shop", 550}}));
    QCOMPARE(page({"shop", {}, 1'000, {}, {}, {}, {}, {}}).size(), 50u);
}

void TestLogStore::retentionTakesTheOldest()
{
    LogRetention retention;
    retention.segmentEntries = 1'000;
    retention.bytes = 1'500'000;
    open(retention);
    for (int i = 0; i < 20; ++i) {
        std::vector<Text> texts(500);
        for (Text& text : texts) {
            text.message.clear();
            while (text.message.size() < 300)
                text.message += static_cast<char>('!' + QRandomGenerator::global()->bounded(90)); // nothing makes it small
        }
        add("shop", texts);
        while (*m_store->tidy(0)) { }
    }
    QVERIFY(m_store->bytes() <= retention.bytes + 600'000);
    const Ids held = page({"shop", {}, 100'000, {}, {}, {}, {}, {}});
    QVERIFY(held.size() < 10'000);
    QCOMPARE(held.back(), "shop/10000");
    const ReplayPage replay = reader().replay("shop", 5, 1'000);
    QCOMPARE(replay.missing, 10'000 - held.size() - 5);
    QCOMPARE(std::string(replay.entries.front().id()), held.front());
    // By age: all but the segment that is written.
    while (*m_store->tidy(QDateTime::currentMSecsSinceEpoch() + std::chrono::milliseconds(retention.age).count() + 60'000)) { }
    QCOMPARE(m_store->segments().size(), 1);
    QCOMPARE(QDir(m_folder->path()).entryList({u"*.db"_s}).size(), 1);
}

void TestLogStore::manyAreFoundAtOnce()
{
    const auto print = [](const std::string& user) {
        const Text text;
        return EntryFingerprint::of({{}, text.timeMs, text.level, text.message, text.metadata}, user);
    };
    const auto look = [&](const std::string& app, const std::vector<std::string_view>& ids, const std::string& user) {
        std::vector<SoughtEntry> sought;
        for (const std::string_view id : ids)
            sought.push_back({id, print(user)});
        reader().lookUp(app, sought);
        return sought;
    };
    const auto has = [&](const std::string& app, const std::vector<std::string_view>& ids) {
        std::vector<bool> found;
        for (const SoughtEntry& one : look(app, ids, Text().user))
            found.push_back(one.known == SoughtEntry::Known::AsItIs);
        return found;
    };
    LogRetention retention;
    retention.segmentEntries = 10;
    open(retention);
    for (int i = 0; i < 3; ++i) {
        add("shop", std::vector<Text>(10));
        while (*m_store->tidy(0)) { }
    }
    add("bank", {{}});
    const std::vector<std::string_view> ids{"shop/1", "bank/1", "shop/12", "none", "shop/30"};
    QCOMPARE(has("shop", ids), (std::vector<bool>{true, false, true, false, true}));
    QCOMPARE(has("bank", ids), (std::vector<bool>{false, true, false, false, false}));
    QCOMPARE(has("mill", ids), std::vector<bool>(5, false));
    QCOMPARE(look("shop", {"shop/1"}, "another")[0].known, SoughtEntry::Known::ByAnother);
    QCOMPARE(look("shop", {"none"}, "another")[0].known, SoughtEntry::Known::No);
    // An id that was given again in a later segment: either entry is there.
    const auto last = [](const char* user) { return std::vector<Text>{Text{.user = user, .id = "again"}}; };
    add("mill", last("one"));
    add("shop", std::vector<Text>(10));
    while (*m_store->tidy(0)) { }
    add("mill", last("two"));
    for (const char* user : {"one", "two"})
        QCOMPARE(look("mill", {"again"}, user)[0].known, SoughtEntry::Known::AsItIs);
    QCOMPARE(look("mill", {"again"}, "three")[0].known, SoughtEntry::Known::ByAnother);
    QVERIFY(m_store->clear({{"shop", 12}}));
    QCOMPARE(has("shop", ids), (std::vector<bool>{false, false, false, false, true}));
    add("shop", {{}}); // nothing is held
    QCOMPARE(has("shop", {"shop/41"}), std::vector<bool>{true});
}

void TestLogStore::brokenNewestIsMovedAside()
{
    LogRetention retention;
    retention.segmentEntries = 10;
    open(retention);
    add("shop", std::vector<Text>(10));
    while (*m_store->tidy(0)) { }
    add("shop", std::vector<Text>(5));
    const QString newest = m_store->segments().last();
    m_store.reset();
    m_reader = {};
    QFile::remove(newest + u"-wal"_s);
    QFile file(newest);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(50'000, '?'));
    file.close();

    open(retention);
    QCOMPARE(m_store->movedAside().size(), 1);
    QVERIFY(QFile::exists(m_store->movedAside().first()));
    QCOMPARE(page({"shop", {}, 100, {}, {}, {}, {}, {}}).size(), 10u);
    add("shop", {{}});
    QCOMPARE(page({"shop", {}, 100, {}, {}, {}, {}, {}}).back(), "shop/11");
}

void TestLogStore::laterVersionIsMovedAside()
{
    const QString newest = m_store->segments().last();
    m_store.reset();
    {
        auto database = Database::open(newest, Database::Access::ReadWrite);
        QVERIFY(database);
        QVERIFY(database->run("PRAGMA user_version=1000"));
    }
    open();
    QCOMPARE(m_store->movedAside().size(), 1);
    QVERIFY(QFile::exists(m_store->movedAside().first()));
    add("shop", {{}});
    QCOMPARE(page({"shop", {}, 100, {}, {}, {}, {}, {}}).size(), 1u);
}

void TestLogStore::brokenOlderSegmentIsPassedOver()
{
    LogRetention retention;
    retention.segmentEntries = 10;
    open(retention);
    for (int i = 0; i < 3; ++i) {
        add("shop", std::vector<Text>(10));
        while (*m_store->tidy(0)) { }
    }
    const QString middle = m_store->segments().at(1);
    QFile::remove(middle + u"-wal"_s);
    QFile file(middle);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(50'000, '?'));
    file.close();
    QCOMPARE(page({"shop", {}, 100, {}, {}, {}, {}, {}}).size(), 20u);
    ReplayPage replay = reader().replay("shop", 0, 1'000'000);
    QCOMPARE(replay.entries.size(), 10u);
    replay = reader().replay("shop", 10, 1'000'000);
    QCOMPARE(replay.entries.size(), 10u);
    QCOMPARE(replay.missing, 10u);
}

void TestLogStore::failedWriteChangesNothing()
{
    add("shop", {{}});
    auto other = Database::open(m_store->segments().last(), Database::Access::ReadWrite);
    // As a full disk does: the write fails in the middle.
    QVERIFY(other->run("CREATE TRIGGER full BEFORE INSERT ON block_data BEGIN SELECT raise(ABORT, 'full'); END"));
    LogBatch batch("shop");
    batch.setFirstSequence(2);
    for (const char* message : {"second", "third"})
        batch.append({message, 1, "info", message, "", false}, LogOrigin("shop", "new user"));
    const auto shared = std::make_shared<const LogBatch>(std::move(batch));
    QVERIFY(!m_store->write({shared}, false));
    QCOMPARE(page({"shop", {}, 100, {}, {}, {}, {}, {}}).size(), 1u);
    QCOMPARE(m_store->apps().at("shop").lastSequence, 1u);
    QVERIFY(other->run("DROP TRIGGER full"));
    QVERIFY(m_store->write({shared}, false));
    QCOMPARE(page({"shop", {}, 100, {}, {}, {}, {}, {}}), (Ids{"shop/1", "second", "third"}));
}

void TestLogStore::aSegmentThatWasOnlyBegunForgetsNoOrder()
{
    add("shop", std::vector<Text>(10));
    QVERIFY(m_store->clear({{"shop", 4}}));
    const QString next = QFileInfo(m_store->segments().last()).dir().filePath(u"logs-000002.db"_s);
    m_store.reset();
    // Killed between its tables and what it takes over.
    QVERIFY(LogSegment::open(next, {}));
    open();
    QCOMPARE(m_store->segments().size(), 2);
    QCOMPARE(m_store->apps().at("shop").lastSequence, 10u);
    QCOMPARE(m_store->apps().at("shop").clearedSequence, 4u);
    add("shop", {{}});
    QCOMPARE(page({"shop", {}, 100, {}, {}, {}, {}, {}}).size(), 7u);
}

void TestLogStore::aSegmentThatCannotBeMadeLeavesNoFile()
{
    LogRetention retention;
    retention.segmentEntries = 10;
    open(retention);
    add("shop", std::vector<Text>(10));
    const QString folder = QFileInfo(m_store->segments().last()).path();
    // As on a full disk: files can be made, and hold nothing.
    rlimit usual{};
    getrlimit(RLIMIT_FSIZE, &usual);
    rlimit none = usual;
    none.rlim_cur = 0;
    const auto before = std::signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &none);
    const bool isMade = bool(m_store->tidy(0));
    setrlimit(RLIMIT_FSIZE, &usual);
    std::signal(SIGXFSZ, before);
    QVERIFY(!isMade);
    QCOMPARE(LogStore::segmentsIn(folder), m_store->segments());
    QVERIFY(m_store->tidy(0));
    QCOMPARE(m_store->segments().size(), 2);
}

void TestLogStore::checkpointsAreWrittenWithTheirEntries()
{
    using Checkpoints = StoredCheckpoints;
    LogBatch batch("shop");
    batch.setFirstSequence(1);
    batch.append({"1", 1, "info", "one", {}, false}, LogOrigin("shop", "ann"));
    const auto first = std::make_shared<const LogBatch>(batch);
    const std::string bytes("a\0\xff", 3); // any bytes
    QVERIFY(m_store->write({first}, false, {{"x", bytes}, {"y", "1"}}));
    QCOMPARE(m_store->checkpoints(), (Checkpoints{{"x", bytes}, {"y", "1"}}));
    // Its place is taken: nothing of this is written, the checkpoint neither.
    QVERIFY(!m_store->write({first}, false, {{"x", "2"}}));
    QCOMPARE(m_store->checkpoints(), (Checkpoints{{"x", bytes}, {"y", "1"}}));
    open();
    QCOMPARE(m_store->checkpoints(), (Checkpoints{{"x", bytes}, {"y", "1"}}));
    // Alone, and one that is gone.
    QVERIFY(m_store->write({}, true, {{"x", "3"}, {"y", ""}}));
    QCOMPARE(m_store->checkpoints(), (Checkpoints{{"x", "3"}}));
    // What is cleared was read all the same.
    QVERIFY(m_store->clear({{"shop", 1}}));
    open();
    QCOMPARE(m_store->checkpoints(), (Checkpoints{{"x", "3"}}));
}

void TestLogStore::checkpointsOutliveTheirSegments()
{
    LogRetention retention;
    retention.segmentEntries = 10;
    retention.bytes = 1; // only the newest stays
    open(retention);
    QVERIFY(m_store->write({}, false, {{"before any entry", "0"}}));
    for (int i = 1; i <= 3; ++i) {
        add("shop", std::vector<Text>(10));
        QVERIFY(m_store->write({}, false, {{"x", std::to_string(i)}}));
        for (DatabaseResult<bool> more = true; more && *more;)
            more = m_store->tidy(0);
        QCOMPARE(m_store->segments().size(), 1);
        open(retention);
        QCOMPARE(m_store->checkpoints(), (StoredCheckpoints{{"before any entry", "0"}, {"x", std::to_string(i)}}));
    }
}

void TestLogStore::aBrokenSegmentTakesItsCheckpointsWithIt()
{
    // Then its source reads again what was lost with it.
    LogRetention retention;
    retention.segmentEntries = 10;
    open(retention);
    add("shop", std::vector<Text>(10));
    QVERIFY(m_store->write({}, false, {{"x", "10"}}));
    QVERIFY(m_store->tidy(0));
    add("shop", std::vector<Text>(5));
    QVERIFY(m_store->write({}, false, {{"x", "15"}}));
    const QString newest = m_store->segments().last();
    m_store.reset();
    QFile file(newest);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(8'192, 'x'));
    file.close();
    open(retention);
    QCOMPARE(m_store->movedAside().size(), 1);
    QCOMPARE(m_store->checkpoints(), (StoredCheckpoints{{"x", "10"}}));
}

void TestLogStore::checkpointsOfEarlierFiles_data()
{
    QTest::addColumn<QString>("version");
    QTest::addColumn<StoredCheckpoints>("checkpoints");
    QTest::newRow("v1") << u"v1"_s << StoredCheckpoints();
    QTest::newRow("v2") << u"v2"_s << StoredCheckpoints{{"file:/var/log/x", "place 30"}};
}

void TestLogStore::checkpointsOfEarlierFiles()
{
    QFETCH(QString, version);
    QFETCH(StoredCheckpoints, checkpoints);
    const QString path = m_store->segments().last();
    m_store.reset();
    m_reader = {};
    QVERIFY(QFile::remove(path));
    QVERIFY(QFile::copy(QStringLiteral(VIGIE_TEST_DATA "/storage/") + version + u"/logs/logs-000001.db"_s, path));
    QVERIFY(QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner));
    open();
    QCOMPARE(m_store->checkpoints(), checkpoints);
    QVERIFY(m_store->write({}, false, {{"x", "1"}}));
    checkpoints["x"] = "1";
    open();
    QCOMPARE(m_store->checkpoints(), checkpoints);
    QCOMPARE(page({"shop", {}, 100, {}, {}, {}, {}, {}}).size(), 30u);
}

VIGIE_TEST(TestLogStore)
#include "tst_logstore.moc"
