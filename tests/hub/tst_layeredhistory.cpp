// SPDX-License-Identifier: GPL-3.0-or-later
#include "hub/layeredhistory.h"
#include "logbatches.h"
#include "testmain.h"

#include <QTest>

using namespace vigie;
using namespace Qt::StringLiterals;

namespace {

/// Memory that holds the newest of 1 … 3,000 and an archive that holds all of them, or as many as it is given.
struct Layers
{
    explicit Layers(int archived = 3'000)
    {
        for (int first = 1; first <= 3'000; first += 100) {
            LogBatch batch = batchOf("shop", numbers(first, first + 99));
            batch.setFirstSequence(std::uint64_t(first));
            const auto shared = std::make_shared<const LogBatch>(std::move(batch));
            memory.add(shared);
            if (first + 99 <= archived)
                archive.batches.push_back(shared);
        }
        layers.setArchive(&archive);
    }

    QStringList query(HistoryQuery query)
    {
        query.appId = "shop";
        QStringList ids;
        layers.query(query, [&ids](const HistoryPage& page) { ids = idsOf(page.entries); });
        return ids;
    }
    ReplayPage replay(std::uint64_t after)
    {
        ReplayPage found;
        layers.replay("shop", after, 1'000'000'000, [&found](ReplayPage page) { found = std::move(page); });
        return found;
    }

    /// As simple as can be, and counts how often it is asked.
    struct Archive : History
    {
        std::vector<LogBatchPtr> batches;
        int questions = 0;
        std::vector<HistoryQuery> asked;
        std::function<void()> meanwhile = [] {}; // before it answers

        void query(HistoryQuery query, std::function<void(HistoryPage)> done) override
        {
            ++questions;
            asked.push_back(query);
            HistoryPage page;
            for (const LogBatchPtr& batch : batches) {
                for (std::uint32_t i = 0; i < batch->size(); ++i) {
                    if (query.beforeId && batch->id(i) == *query.beforeId)
                        query.beforeSequence = batch->firstSequence() + i;
                }
            }
            for (const LogBatchPtr& batch : batches) {
                for (std::uint32_t i = 0; i < batch->size(); ++i) {
                    if (!query.beforeSequence || batch->firstSequence() + i < *query.beforeSequence)
                        page.entries.push_back({batch, i});
                }
            }
            if (page.entries.size() > query.limit)
                page.entries.erase(page.entries.begin(), page.entries.end() - std::ptrdiff_t(query.limit));
            meanwhile();
            done(page);
        }
        void replay(std::string, std::uint64_t after, std::size_t, std::function<void(ReplayPage)> done) override
        {
            ++questions;
            ReplayPage page;
            page.reachedSequence = after;
            for (const LogBatchPtr& batch : batches) {
                for (std::uint32_t i = 0; i < batch->size(); ++i) {
                    if (batch->firstSequence() + i <= after)
                        continue;
                    page.entries.push_back({batch, i});
                    page.reachedSequence = batch->firstSequence() + i;
                }
            }
            meanwhile();
            done(page);
        }
        void find(std::string, std::string id, std::function<void(std::optional<std::uint64_t>)> done) override
        {
            ++questions;
            for (const LogBatchPtr& batch : batches) {
                for (std::uint32_t i = 0; i < batch->size(); ++i) {
                    if (batch->id(i) == id) {
                        meanwhile();
                        return done(batch->firstSequence() + i);
                    }
                }
            }
            done(std::nullopt);
        }
        void counts(LogCountsQuery query, std::function<void(LogCounts)> done) override
        {
            ++questions;
            meanwhile();
            done(LogCounts(query));
        }
    };

    MemoryHistory memory;
    LayeredHistory layers{memory};
    Archive archive;
};

HistoryQuery limited(std::size_t limit)
{
    HistoryQuery query;
    query.limit = limit;
    return query;
}

} // namespace

class TestLayeredHistory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatMemoryHoldsCostsNoQuestion();
    void aPageGoesOverTheSeam();
    void beforeAnIdOnEitherSideOfTheSeam_data();
    void beforeAnIdOnEitherSideOfTheSeam();
    void wordsAreForTheArchive();
    void whatIsStoredIsOfTheArchiveAlone();
    void replayComesFromWhereItIs();
    void archiveThatCannotWriteLeavesAGap();
    void findLooksInBoth();
    void withoutAnArchiveMemoryIsAll();
    void whatIsClearedMeanwhileIsInNoAnswer();
    void whatIsCountedIsCountedAgainAfterAClear();
    void whatMovesOnMeanwhileIsAskedForAgain();
};

void TestLayeredHistory::whatMemoryHoldsCostsNoQuestion()
{
    Layers all;
    QCOMPARE(all.query(limited(100)), idsOf(numbers(2901, 3000)));
    QCOMPARE(all.archive.questions, 0);
}

void TestLayeredHistory::aPageGoesOverTheSeam()
{
    Layers all;
    QCOMPARE(all.query(limited(2'500)), idsOf(numbers(501, 3000)));
    QCOMPARE(all.archive.questions, 1);
}

void TestLayeredHistory::beforeAnIdOnEitherSideOfTheSeam_data()
{
    QTest::addColumn<int>("before");
    for (const int before : {2, 500, 1'999, 2'000, 2'001, 2'002, 2'100, 3'000})
        QTest::addRow("%d", before) << before;
}

void TestLayeredHistory::beforeAnIdOnEitherSideOfTheSeam()
{
    QFETCH(int, before);
    Layers all;
    HistoryQuery query = limited(300);
    query.beforeId = std::to_string(before);
    QCOMPARE(all.query(query), idsOf(numbers(std::max(1, before - 300), before - 1)));
}

void TestLayeredHistory::wordsAreForTheArchive()
{
    Layers all;
    HistoryQuery query = limited(10);
    query.words = "any";
    QCOMPARE(all.query(query).size(), 10);
    QCOMPARE(all.archive.questions, 1);
}

void TestLayeredHistory::whatIsStoredIsOfTheArchiveAlone()
{
    Layers some(1'000);
    HistoryQuery query = limited(1);
    query.storedOnly = true;
    QCOMPARE(some.query(query), idsOf(numbers(1'000, 1'000)));
    query.beforeId = "2500"; // which it does not know
    QCOMPARE(some.query(query), idsOf(numbers(1'000, 1'000)));
    query.beforeId.reset();
    some.layers.setArchive(nullptr);
    QCOMPARE(some.query(query), idsOf(numbers(3'000, 3'000))); // there is no other
}

void TestLayeredHistory::replayComesFromWhereItIs()
{
    Layers all;
    QCOMPARE(all.replay(2'950).entries.size(), 50u);
    QCOMPARE(all.archive.questions, 0);
    const ReplayPage old = all.replay(10);
    QCOMPARE(all.archive.questions, 1);
    QCOMPARE(old.entries.front().sequence(), 11u);
}

void TestLayeredHistory::archiveThatCannotWriteLeavesAGap()
{
    Layers some(1'000);
    const ReplayPage page = some.replay(1'000);
    QVERIFY(!page.entries.empty());
    QCOMPARE(page.entries.front().sequence(), 1'000 + page.missing + 1);
    QCOMPARE(page.reachedSequence, 3'000u);
}

void TestLayeredHistory::findLooksInBoth()
{
    Layers all;
    for (const std::uint64_t wanted : {5u, 2'999u}) {
        std::optional<std::uint64_t> found;
        all.layers.find("shop", std::to_string(wanted), [&found](std::optional<std::uint64_t> sequence) { found = sequence; });
        QCOMPARE(found, std::optional(wanted));
    }
    QCOMPARE(all.archive.questions, 1);
}

void TestLayeredHistory::withoutAnArchiveMemoryIsAll()
{
    Layers all;
    all.layers.setArchive(nullptr);
    QCOMPARE(all.query(limited(5'000)).size(), 1'000);
    QCOMPARE(all.replay(10).missing, 1'990u);
}

void TestLayeredHistory::whatIsClearedMeanwhileIsInNoAnswer()
{
    const auto cleared = [](std::uint64_t upToSequence) {
        auto all = std::make_unique<Layers>();
        all->archive.meanwhile = [layers = &all->layers, upToSequence] { layers->clear("shop", upToSequence); };
        return all;
    };
    QCOMPARE(cleared(3'000)->query(limited(2'500)), QStringList()); // those of memory, which were taken before, included
    QCOMPARE(cleared(2'990)->query(limited(2'500)), idsOf(numbers(2'991, 3'000)));
    HistoryQuery stored = limited(10);
    stored.storedOnly = true;
    QCOMPARE(cleared(2'995)->query(stored), idsOf(numbers(2'996, 3'000)));

    ReplayPage page = cleared(2'990)->replay(10);
    QCOMPARE(idsOf(page.entries), idsOf(numbers(2'991, 3'000)));
    QCOMPARE(page.missing, 2'980u);
    QCOMPARE(page.reachedSequence, 3'000u);
    page = cleared(3'000)->replay(10);
    QCOMPARE(page.entries.size(), 0u);
    QCOMPARE(page.missing, 2'990u);
    QCOMPARE(page.reachedSequence, 3'000u);

    for (const std::uint64_t upTo : {4u, 5u}) {
        std::optional<std::uint64_t> found;
        cleared(upTo)->layers.find("shop", "5", [&found](std::optional<std::uint64_t> sequence) { found = sequence; });
        QCOMPARE(found, upTo == 4 ? std::optional<std::uint64_t>(5) : std::nullopt);
    }
    // Another application's are none of it.
    Layers all;
    all.archive.meanwhile = [&all] { all.layers.clear("bank", 3'000); };
    QCOMPARE(all.query(limited(2'500)), idsOf(numbers(501, 3'000)));
}

void TestLayeredHistory::whatIsCountedIsCountedAgainAfterAClear()
{
    Layers all;
    int answers = 0;
    const LogCountsQuery query{"shop", 0, 1'000, 1};
    all.layers.counts(query, [&answers](const LogCounts&) { ++answers; });
    QCOMPARE(all.archive.questions, 1);
    all.archive.meanwhile = [&all] { all.layers.clear("shop", 3'000); };
    all.layers.counts(query, [&answers](const LogCounts&) { ++answers; });
    QCOMPARE(all.archive.questions, 3);
    QCOMPARE(answers, 2);
}

void TestLayeredHistory::whatMovesOnMeanwhileIsAskedForAgain()
{
    const auto moving = [] {
        auto all = std::make_unique<Layers>();
        all->archive.meanwhile = [layers = all.get()] {
            layers->layers.noteMove("bank", 7); // of no account
            layers->layers.noteMove("shop", 100);
            layers->archive.meanwhile = [] {}; // this is gone with it
        };
        return all;
    };
    HistoryQuery query = limited(10);
    query.beforeSequence = 500;
    query.afterSequence = 300;
    auto all = moving();
    QCOMPARE(all->query(query), idsOf(numbers(590, 599)));
    QCOMPARE(all->archive.asked.size(), 2u);
    QCOMPARE(all->archive.asked[1].beforeSequence, std::optional<std::uint64_t>(600));
    QCOMPARE(all->archive.asked[1].afterSequence, std::uint64_t(400));
    // Without these bounds it is asked as it was.
    all = moving();
    QCOMPARE(all->query(limited(2'500)).size(), 2'500);
    QCOMPARE(all->archive.asked[1].afterSequence, std::uint64_t(0));
    all = moving();
    QCOMPARE(all->replay(10).entries.front().sequence(), 111u);
    // A clear of before moves as well.
    all = moving();
    all->layers.clear("shop", 50);
    std::optional<std::uint64_t> found;
    const auto find = [&] { all->layers.find("shop", "120", [&found](std::optional<std::uint64_t> place) { found = place; }); };
    find();
    QCOMPARE(found, std::nullopt);
}

VIGIE_TEST(TestLayeredHistory)
#include "tst_layeredhistory.moc"
