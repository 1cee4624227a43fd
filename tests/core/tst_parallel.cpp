// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/parallel.h"
#include "testmain.h"

#include <QSemaphore>
#include <QTest>
#include <QThreadPool>
#include <atomic>
#include <vector>

using namespace vigie;

class TestParallel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachIsDoneOnce();
    void workersAreApart();
    void severalRunAtTheSameTime();
    void aBusyPoolIsNotWaitedFor();
};

void TestParallel::eachIsDoneOnce()
{
    for (const std::size_t count : {0, 1, 2, 7, 1'000}) {
        std::vector<std::atomic<int>> times(count);
        inParallel(count, [&](std::size_t i, std::size_t) { ++times[i]; });
        for (const std::atomic<int>& one : times)
            QCOMPARE(one.load(), 1);
    }
}

void TestParallel::workersAreApart()
{
    std::vector<std::atomic<int>> busy(parallelThreads());
    std::atomic<int> clashes = 0;
    inParallel(1'000, [&](std::size_t, std::size_t worker) {
        clashes += busy.at(worker)++ > 0 ? 1 : 0;
        --busy[worker];
    });
    QCOMPARE(clashes.load(), 0);
}

void TestParallel::severalRunAtTheSameTime()
{
    if (parallelThreads() < 2)
        QSKIP("this machine has one processor");
    // Each waits for the other.
    QSemaphore came;
    std::atomic<int> met = 0;
    inParallel(2, [&](std::size_t, std::size_t) {
        came.release();
        met += came.tryAcquire(2, 30'000) ? 1 : 0;
        came.release(2);
    });
    QCOMPARE(met.load(), 2);
}

void TestParallel::aBusyPoolIsNotWaitedFor()
{
    QThreadPool& pool = *QThreadPool::globalInstance();
    QSemaphore end;
    const int busy = pool.maxThreadCount();
    for (int i = 0; i < busy; ++i)
        pool.start([&end] { end.acquire(); });
    std::atomic<int> done = 0;
    inParallel(10, [&](std::size_t, std::size_t) { ++done; });
    QCOMPARE(done.load(), 10);
    end.release(busy);
    QVERIFY(pool.waitForDone(30'000));
}

VIGIE_TEST(TestParallel)
#include "tst_parallel.moc"
