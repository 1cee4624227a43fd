// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/logs/logfeed.h"
#include "guidata.h"
#include "testmain.h"

#include <QSignalSpy>
#include <QTest>
#include <atomic>
#include <thread>

using namespace vigie;

class TestLogFeed : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsTheNewestAndCountsTheRest();
    void oneBatchMayBeLargerThanTheFeed();
    void bytesAreBoundedToo();
    void tellsOncePerTake();
    void clearForgetsWhatWaits();
    void threadsLoseNothingUncounted();
};

void TestLogFeed::keepsTheNewestAndCountsTheRest()
{
    LogFeed feed;
    for (int i = 0; i < 9000; i += 30)
        feed.push(test::madeUpBatch("a", i, i + 30));
    const LogFeed::Drained drained = feed.take();
    QCOMPARE(drained.entries.size(), LogFeed::maximumEntries);
    QCOMPARE(drained.skipped, quint64(4000));
    QCOMPARE(drained.entries.front().id(), std::string_view("01J1004000"));
    QCOMPARE(drained.entries.back().id(), std::string_view("01J1008999"));
    QCOMPARE(feed.take().entries.size(), std::size_t(0));
    QCOMPARE(feed.take().skipped, quint64(0));
}

void TestLogFeed::oneBatchMayBeLargerThanTheFeed()
{
    LogFeed feed;
    feed.push(test::madeUpBatch("a", 0, 7000));
    const LogFeed::Drained drained = feed.take();
    QCOMPARE(drained.entries.size(), LogFeed::maximumEntries);
    QCOMPARE(drained.skipped, quint64(2000));
}

void TestLogFeed::bytesAreBoundedToo()
{
    LogFeed feed;
    const std::string large(1'000'000, 'x');
    for (int i = 0; i < 40; ++i) {
        auto batch = std::make_shared<LogBatch>("a");
        batch->append({"id", 1, "info", large, ""}, LogOrigin("a", "u"));
        feed.push(batch);
    }
    const LogFeed::Drained drained = feed.take();
    QVERIFY(drained.entries.size() * large.size() <= LogFeed::maximumBytes);
    QVERIFY(drained.entries.size() > 10);
    QCOMPARE(drained.entries.size() + drained.skipped, std::size_t(40));
}

void TestLogFeed::tellsOncePerTake()
{
    LogFeed feed;
    QSignalSpy waiting(&feed, &LogFeed::waiting);
    feed.push(nullptr);
    QCOMPARE(waiting.count(), 0);
    for (int i = 0; i < 100; ++i)
        feed.push(test::madeUpBatch("a", i, i + 1));
    QCOMPARE(waiting.count(), 1);
    feed.take();
    feed.push(test::madeUpBatch("a", 100, 101));
    QCOMPARE(waiting.count(), 2);
}

void TestLogFeed::clearForgetsWhatWaits()
{
    LogFeed feed;
    feed.push(test::madeUpBatch("a", 0, 5));
    feed.push(test::madeUpBatch("b", 0, 3));
    feed.clear("a", 5);
    feed.push(test::madeUpBatch("a", 10, 12));
    const LogFeed::Drained drained = feed.take();
    QCOMPARE(drained.cleared, (std::map<std::string, std::uint64_t>{{"a", 5}}));
    QCOMPARE(drained.entries.size(), std::size_t(5));
    QCOMPARE(drained.entries[0].batch->appId(), std::string("b"));
    QCOMPARE(drained.skipped, quint64(0));
}

void TestLogFeed::threadsLoseNothingUncounted()
{
    LogFeed feed;
    std::atomic<int> running = 2;
    std::vector<std::thread> producers;
    for (int producer = 0; producer < 2; ++producer) {
        producers.emplace_back([&, producer] {
            for (int i = 0; i < 20000; i += 20)
                feed.push(test::madeUpBatch(producer == 0 ? "a" : "b", i, i + 20));
            --running;
        });
    }
    std::size_t seen = 0;
    std::map<std::string, std::string> last;
    bool ordered = true;
    const auto drain = [&] {
        const LogFeed::Drained drained = feed.take();
        seen += drained.entries.size() + drained.skipped;
        for (const LogEntryRef& entry : drained.entries) {
            std::string& before = last[entry.batch->appId()];
            ordered = ordered && before < entry.id();
            before = entry.id();
        }
    };
    while (running > 0)
        drain();
    for (std::thread& producer : producers)
        producer.join();
    drain();
    QCOMPARE(seen, std::size_t(40000));
    QVERIFY(ordered);
}

VIGIE_TEST(TestLogFeed)
#include "tst_logfeed.moc"
