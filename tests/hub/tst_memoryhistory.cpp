// SPDX-License-Identifier: GPL-3.0-or-later
#include "hub/memoryhistory.h"
#include "logbatches.h"
#include "testmain.h"

#include <QTest>

using namespace vigie;
using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t plenty = 100 * 1024 * 1024;

/// A history that numbers entries as the Hub does and is queried synchronously.
struct Filled
{
    MemoryHistory history;
    std::map<std::string, std::uint64_t> last;

    void add(LogBatch batch)
    {
        std::uint64_t& sequence = last[batch.appId()];
        batch.setFirstSequence(sequence + 1);
        sequence += batch.size();
        history.add(std::make_shared<const LogBatch>(std::move(batch)));
    }
    QStringList query(HistoryQuery wanted)
    {
        std::optional<HistoryPage> answer;
        history.query(std::move(wanted), [&](HistoryPage page) { answer = std::move(page); });
        return answer ? idsOf(answer->entries) : QStringList{u"no answer"_s};
    }
    QStringList newest(std::size_t limit) { return query({"shop", {}, limit, {}, {}}); }
    ReplayPage replay(std::uint64_t after, std::size_t bytes = plenty, const std::string& appId = "shop")
    {
        std::optional<ReplayPage> answer;
        history.replay(appId, after, bytes, [&](ReplayPage page) { answer = std::move(page); });
        return answer.value_or(ReplayPage{{}, 999, 999});
    }
    std::optional<std::uint64_t> find(const std::string& id, const std::string& appId = "shop")
    {
        std::optional<std::uint64_t> answer = 999;
        history.find(appId, id, [&](std::optional<std::uint64_t> sequence) { answer = sequence; });
        return answer;
    }
};

} // namespace

class TestMemoryHistory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsKnownOfNobody();
    void theNewestComeInOrder();
    void beforeAnEntry();
    void beforeAMoment();
    void theLimitCountsWhatMatches();
    void severitiesAreChosen();
    void aThousandAreKept();
    void orAsManyAsIsSaid();
    void oneLargeBatchIsKeptWhole();
    void bytesAreBounded();
    void movedOnTheyTakeNoMoreRoom();
    void bytesOfAllTogetherAreBounded();
    void replayGoesOnWhereItStopped();
    void replayAlwaysGetsOn();
    void replayCountsWhatIsMissing();
    void clearedIsMissing();
    void applicationsAreApart();
    void entriesAreFoundById();
    void entriesAreCounted();
};

void TestMemoryHistory::nothingIsKnownOfNobody()
{
    Filled filled;
    QCOMPARE(filled.newest(10), QStringList());
    QCOMPARE(filled.replay(7).reachedSequence, std::uint64_t(7));
    QVERIFY(filled.replay(7).entries.empty());
    QCOMPARE(filled.find("x"), std::nullopt);
    filled.history.clear("shop");
    filled.history.add(std::make_shared<const LogBatch>(LogBatch("shop")));
    QCOMPARE(filled.newest(10), QStringList());
}

void TestMemoryHistory::theNewestComeInOrder()
{
    Filled filled;
    filled.add(batchOf("shop", numbers(1, 3)));
    filled.add(batchOf("shop", numbers(4, 4)));
    filled.add(batchOf("shop", numbers(5, 9)));
    QCOMPARE(filled.newest(100), idsOf(numbers(1, 9)));
    QCOMPARE(filled.newest(9), idsOf(numbers(1, 9)));
    QCOMPARE(filled.newest(6), idsOf(numbers(4, 9)));
    QCOMPARE(filled.newest(2), idsOf(numbers(8, 9)));
    QCOMPARE(filled.newest(0), QStringList());
}

void TestMemoryHistory::beforeAnEntry()
{
    Filled filled;
    filled.add(batchOf("shop", numbers(1, 3)));
    filled.add(batchOf("shop", numbers(4, 9)));
    QCOMPARE(filled.query({"shop", {}, 2, "7", {}}), idsOf(numbers(5, 6)));
    QCOMPARE(filled.query({"shop", {}, 100, "4", {}}), idsOf(numbers(1, 3)));
    QCOMPARE(filled.query({"shop", {}, 100, "1", {}}), QStringList());
    QCOMPARE(filled.query({"shop", {}, 100, "unknown", {}}), QStringList());
    HistoryQuery between{"shop", {}, 100, "7", {}};
    between.afterSequence = 2;
    QCOMPARE(filled.query(between), idsOf(numbers(3, 6)));
}

void TestMemoryHistory::beforeAMoment()
{
    Filled filled;
    LogBatch batch("shop");
    // The order is the one of arrival, whatever the times say.
    for (const auto& [id, time] : {std::pair("a", 300), {"b", 100}, {"c", 200}, {"d", 100}})
        batch.append({id, time, "info", "m", ""}, LogOrigin("shop", "ann"));
    filled.add(std::move(batch));
    QCOMPARE(filled.query({"shop", {}, 10, {}, 200}), (QStringList{u"b"_s, u"d"_s}));
    QCOMPARE(filled.query({"shop", {}, 10, {}, 201}), (QStringList{u"b"_s, u"c"_s, u"d"_s}));
    QCOMPARE(filled.query({"shop", {}, 10, {}, 100}), QStringList());
    QCOMPARE(filled.query({"shop", {}, 10, "c", 200}), QStringList{u"b"_s});
}

void TestMemoryHistory::theLimitCountsWhatMatches()
{
    Filled filled;
    for (int i = 1; i <= 100; ++i)
        filled.add(batchOf("shop", {std::to_string(i)}, false, i % 10 == 0 ? "ERROR" : "info"));
    const LogFilter errors{{"error"}, {}, {}, {}};
    QCOMPARE(filled.query({"shop", errors, 3, {}, {}}), (QStringList{u"80"_s, u"90"_s, u"100"_s}));
    QCOMPARE(filled.query({"shop", errors, 2, "80", {}}), (QStringList{u"60"_s, u"70"_s}));
    // The entry that bounds the page need not pass the filter itself.
    QCOMPARE(filled.query({"shop", errors, 2, "75", {}}), (QStringList{u"60"_s, u"70"_s}));
}

void TestMemoryHistory::severitiesAreChosen()
{
    Filled filled;
    filled.add(batchOf("shop", numbers(1, 3), false, "info"));
    filled.add(batchOf("shop", numbers(4, 5), false, "audit"));
    HistoryQuery query{"shop", {}, 100, {}, {}};
    query.severities = 1u << unsigned(Severity::Other);
    QCOMPARE(filled.query(query), idsOf(numbers(4, 5)));
}

void TestMemoryHistory::aThousandAreKept()
{
    Filled filled;
    for (int i = 1; i <= 2500; ++i)
        filled.add(batchOf("shop", {std::to_string(i)}));
    QCOMPARE(filled.newest(5000), idsOf(numbers(1501, 2500)));
    QCOMPARE(filled.query({"shop", {}, 5000, "1501", {}}), QStringList());

    // Batches go whole: a few more than a thousand may be held.
    for (int first = 2501; first <= 6000; first += 7)
        filled.add(batchOf("shop", numbers(first, first + 6)));
    QCOMPARE(filled.newest(5000), idsOf(numbers(5000, 6000)));
}

void TestMemoryHistory::orAsManyAsIsSaid()
{
    Filled filled;
    MemoryHistory::Bounds bounds;
    bounds.entries = 3;
    filled.history = MemoryHistory(bounds);
    for (int i = 1; i <= 10; ++i)
        filled.add(batchOf("shop", {std::to_string(i)}));
    QCOMPARE(filled.newest(5000), idsOf(numbers(8, 10)));
}

void TestMemoryHistory::oneLargeBatchIsKeptWhole()
{
    Filled filled;
    filled.add(batchOf("shop", numbers(1, 10)));
    filled.add(batchOf("shop", numbers(11, 5010)));
    QCOMPARE(filled.newest(5000), idsOf(numbers(11, 5010)));
    const ReplayPage page = filled.replay(10);
    QCOMPARE(page.entries.size(), std::size_t(5000));
    QCOMPARE(page.missing, std::uint64_t(0));
}

void TestMemoryHistory::bytesAreBounded()
{
    Filled filled;
    const std::string message(1024 * 1024, 'x');
    for (int i = 1; i <= 40; ++i) {
        LogBatch batch("shop");
        batch.reserve(1, message.size() + 1'000);
        batch.append({std::to_string(i), 1, "info", message, ""}, LogOrigin("shop", "ann"));
        filled.add(std::move(batch));
    }
    QCOMPARE(filled.newest(100), idsOf(numbers(26, 40)));

    LogBatch huge("shop");
    huge.append({"41", 1, "info", std::string(MemoryHistory::maxBytes + 1, 'x'), ""}, LogOrigin("shop", "ann"));
    filled.add(std::move(huge));
    QCOMPARE(filled.newest(100), QStringList{u"41"_s});
    filled.add(batchOf("shop", {"42"}));
    QCOMPARE(filled.newest(100), QStringList{u"42"_s});
}

void TestMemoryHistory::movedOnTheyTakeNoMoreRoom()
{
    Filled filled;
    for (const char* id : {"1", "2", "3"}) {
        LogBatch batch("shop");
        batch.reserve(1, MemoryHistory::maxBytes / 4);
        batch.append({id, 1, "info", "hello", ""}, LogOrigin("shop", "ann"));
        filled.add(std::move(batch));
    }
    filled.history.moveOn("shop", 100, 1);
    filled.last["shop"] += 100;
    QCOMPARE(filled.find("1"), std::optional<std::uint64_t>(101));
    QCOMPARE(filled.history.heldFrom("shop"), std::uint64_t(101));
    // What was moved gave its unused room back, and counts no more.
    LogBatch large("shop");
    large.reserve(1, MemoryHistory::maxBytes / 2 + 1'000);
    large.append({"4", 1, "info", std::string(MemoryHistory::maxBytes / 2, 'x'), ""}, LogOrigin("shop", "ann"));
    filled.add(std::move(large));
    QCOMPARE(filled.newest(100), idsOf(numbers(1, 4)));
}

void TestMemoryHistory::bytesOfAllTogetherAreBounded()
{
    Filled filled;
    const std::string message(1024 * 1024, 'x');
    const auto addTo = [&](const std::string& app) {
        LogBatch batch(app);
        batch.reserve(1, message.size() + 1'000);
        batch.append({"1", 1, "info", message, ""}, LogOrigin(app, "ann"));
        filled.add(std::move(batch));
    };
    const auto holds = [&](const std::string& app) { return !filled.replay(0, plenty, app).entries.empty(); };
    const int max = int(MemoryHistory::maxBytesInAll / message.size());
    for (int i = 0; i < max; ++i) {
        addTo("app" + std::to_string(i));
        addTo("shop"); // whoever goes on sending is held; of its own it keeps no more than ever
    }
    QVERIFY(holds("shop"));
    QVERIFY(!holds("app0"));
    QVERIFY(holds("app" + std::to_string(max - 1)));
    int held = 0;
    for (int i = 0; i < max; ++i)
        held += holds("app" + std::to_string(i)) ? 1 : 0;
    QVERIFY2(held > max / 2 && held < max, qPrintable(QString::number(held)));
    // What went is missing, and said to be.
    QCOMPARE(filled.replay(0, plenty, "app0").missing, std::uint64_t(1));
    addTo("app0");
    QVERIFY(holds("app0"));
}

void TestMemoryHistory::replayGoesOnWhereItStopped()
{
    Filled filled;
    filled.add(batchOf("shop", numbers(1, 50)));
    filled.add(batchOf("shop", numbers(51, 51)));
    filled.add(batchOf("shop", numbers(52, 99)));
    for (const std::uint64_t start : {0, 1, 49, 50, 51, 52, 98, 99, 150}) {
        QStringList ids;
        std::uint64_t place = start;
        for (ReplayPage page = filled.replay(place, 1000); !page.entries.empty(); page = filled.replay(place, 1000)) {
            QCOMPARE(page.missing, std::uint64_t(0));
            QCOMPARE(page.entries.front().sequence(), place + 1);
            QCOMPARE(page.entries.back().sequence(), page.reachedSequence);
            QVERIFY(page.entries.size() <= 20);
            ids += idsOf(page.entries);
            place = page.reachedSequence;
        }
        QCOMPARE(ids, idsOf(numbers(int(start) + 1, 99)));
    }
}

void TestMemoryHistory::replayAlwaysGetsOn()
{
    Filled filled;
    filled.add(batchOf("shop", numbers(1, 3)));
    for (const std::size_t bytes : {0, 1}) {
        const ReplayPage page = filled.replay(1, bytes);
        QCOMPARE(idsOf(page.entries), QStringList{u"2"_s});
        QCOMPARE(page.reachedSequence, std::uint64_t(2));
    }
}

void TestMemoryHistory::replayCountsWhatIsMissing()
{
    Filled filled;
    for (int i = 1; i <= 1500; ++i)
        filled.add(batchOf("shop", {std::to_string(i)}));
    QCOMPARE(filled.replay(0).missing, std::uint64_t(500));
    QCOMPARE(filled.replay(499).missing, std::uint64_t(1));
    QCOMPARE(filled.replay(500).missing, std::uint64_t(0));
    QCOMPARE(filled.replay(100, 1).entries.front().sequence(), std::uint64_t(501));
    QCOMPARE(filled.replay(100, 1).missing, std::uint64_t(400));
}

void TestMemoryHistory::clearedIsMissing()
{
    Filled filled;
    filled.add(batchOf("shop", numbers(1, 10)));
    filled.history.clear("shop");
    QCOMPARE(filled.newest(100), QStringList());
    QCOMPARE(filled.find("5"), std::nullopt);
    QCOMPARE(filled.replay(3).reachedSequence, std::uint64_t(10));
    QVERIFY(filled.replay(3).entries.empty());

    filled.add(batchOf("shop", numbers(11, 12)));
    const ReplayPage page = filled.replay(3);
    QCOMPARE(idsOf(page.entries), idsOf(numbers(11, 12)));
    QCOMPARE(page.missing, std::uint64_t(7)); // 4 to 10
    QCOMPARE(filled.newest(100), idsOf(numbers(11, 12)));
}

void TestMemoryHistory::applicationsAreApart()
{
    Filled filled;
    filled.add(batchOf("shop", numbers(1, 2)));
    filled.add(batchOf("bank", numbers(3, 5)));
    QCOMPARE(filled.newest(100), idsOf(numbers(1, 2)));
    QCOMPARE(filled.query({"bank", {}, 100, {}, {}}), idsOf(numbers(3, 5)));
    QCOMPARE(filled.query({"bank", {}, 100, "2", {}}), QStringList());
    QCOMPARE(filled.find("3"), std::nullopt);
    QCOMPARE(idsOf(filled.replay(0, plenty, "bank").entries), idsOf(numbers(3, 5)));
    filled.history.clear("shop");
    QCOMPARE(filled.newest(100), QStringList());
    QCOMPARE(filled.query({"bank", {}, 100, {}, {}}), idsOf(numbers(3, 5)));
}

void TestMemoryHistory::entriesAreFoundById()
{
    Filled filled;
    filled.add(batchOf("shop", {"a", "b"}));
    filled.add(batchOf("shop", {"c"}));
    QCOMPARE(filled.find("a"), std::uint64_t(1));
    QCOMPARE(filled.find("b"), std::uint64_t(2));
    QCOMPARE(filled.find("c"), std::uint64_t(3));
    QCOMPARE(filled.find("d"), std::nullopt);
    QCOMPARE(filled.find(""), std::nullopt);
}

void TestMemoryHistory::entriesAreCounted()
{
    Filled filled;
    filled.add(batchOf("shop", {"a", "b"}));
    filled.add(batchOf("shop", {"c"}, false, "warning"));
    filled.add(batchOf("bank", {"d"}));
    LogCounts found;
    filled.history.counts({"shop", 500, 1'500, 2}, [&](LogCounts counts) { found = std::move(counts); });
    LogCounts expected({"shop", 500, 1'500, 2});
    expected.add(1'000, Severity::Info);
    expected.add(1'000, Severity::Info);
    expected.add(1'000, Severity::Warn);
    QCOMPARE(found.steps(), expected.steps());
}

VIGIE_TEST(TestMemoryHistory)
#include "tst_memoryhistory.moc"
