// SPDX-License-Identifier: GPL-3.0-or-later
#include "machinelook.h"
#include "sampling/sampler.h"
#include "sampling/schedule.h"
#include "testmain.h"

#include <QSignalSpy>
#include <QTest>
#include <QThread>
#include <mutex>
#include <vector>

using namespace vigie;
using namespace std::chrono_literals;

/// The clock: its schedule as a function, and the real one on this machine.
class TestSampler : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void scheduleSkipsNothingAndRepeatsNothing_data();
    void scheduleSkipsNothingAndRepeatsNothing();
    void firstSampleComesFromStart();
    void everyNextSampleHasAnInterval();
    void demandIsHeld();
    void theShorterIntervalHolds();
    void stopsAndStartsAgain();
    void aListenerMayStopIt();
    void aMissingMachineIsAnEmptySample();
    void samplesCrossThreads();
};

void TestSampler::scheduleSkipsNothingAndRepeatsNothing_data()
{
    QTest::addColumn<qint64>("nowMs");
    QTest::addColumn<qint64>("intervalMs");
    QTest::addColumn<qint64>("expectedMs");
    QTest::newRow("on the mark") << qint64(5000) << qint64(1000) << qint64(6000);
    QTest::newRow("a little late") << qint64(5020) << qint64(1000) << qint64(6000);
    QTest::newRow("a little early, still this one") << qint64(4995) << qint64(1000) << qint64(6000);
    QTest::newRow("half way") << qint64(5500) << qint64(1000) << qint64(6000);
    QTest::newRow("started shortly before a mark") << qint64(5501) << qint64(1000) << qint64(7000);
    QTest::newRow("after a stall of ten looks") << qint64(15100) << qint64(1000) << qint64(16000);
    QTest::newRow("fast") << qint64(5010) << qint64(250) << qint64(5250);
    QTest::newRow("at boot") << qint64(0) << qint64(250) << qint64(250);
}

void TestSampler::scheduleSkipsNothingAndRepeatsNothing()
{
    QFETCH(qint64, nowMs);
    QFETCH(qint64, intervalMs);
    QFETCH(qint64, expectedMs);
    const auto next = nextLook(std::chrono::milliseconds(nowMs), std::chrono::milliseconds(intervalMs));
    QCOMPARE(qint64(std::chrono::duration_cast<std::chrono::milliseconds>(next).count()), expectedMs);
}

void TestSampler::firstSampleComesFromStart()
{
    Sampler sampler;
    QSignalSpy samples(&sampler, &Sampler::sampleTaken);
    sampler.start();
    QCOMPARE(samples.count(), 1);
    const auto sample = samples.first().first().value<FramePtr>();
    QVERIFY(sample);
    QCOMPARE(sample->intervalMs, qint64(0));
    QVERIFY(qAbs(sample->timestampMs - QDateTime::currentMSecsSinceEpoch()) < 60'000);
    QCOMPARE(test::valueIn(*sample, "cpu.usage"), 0.0);
    QVERIFY(!sample->catalogue->ofKind("cpu.core.*").empty());
    QVERIFY(test::hasSeries(*sample, "memory.used"));
    QCOMPARE(test::valueIn(*sample, "network.receive"), 0.0);
    QVERIFY(test::valueIn(*sample, "uptime") > 0);
}

void TestSampler::everyNextSampleHasAnInterval()
{
    Sampler sampler;
    sampler.setDemand(250, false);
    QSignalSpy samples(&sampler, &Sampler::sampleTaken);
    sampler.start();
    QTRY_VERIFY(samples.count() >= 3);
    for (qsizetype i = 1; i < samples.count(); ++i)
        QVERIFY(samples.at(i).first().value<FramePtr>()->intervalMs > 0);
    const auto last = samples.last().first().value<FramePtr>();
    const double usage = test::valueIn(*last, "cpu.usage");
    QVERIFY(usage >= 0 && usage <= 100);
}

void TestSampler::demandIsHeld()
{
    QCOMPARE(Sampler::boundedInterval(1), 250ms);
    QCOMPARE(Sampler::boundedInterval(-5), 250ms);
    QCOMPARE(Sampler::boundedInterval(400), 400ms);
    QCOMPARE(Sampler::boundedInterval(60'000), 1000ms);
}

void TestSampler::theShorterIntervalHolds()
{
    Sampler sampler;
    QCOMPARE(sampler.interval(), 1000ms);
    sampler.setUsualInterval(500);
    QCOMPARE(sampler.interval(), 500ms);
    sampler.setDemand(250, false); // a viewer wants more
    QCOMPARE(sampler.interval(), 250ms);
    sampler.setDemand(1000, false);
    QCOMPARE(sampler.interval(), 500ms);
    sampler.setUsualInterval(99'999);
    QCOMPARE(sampler.interval(), 1000ms);
}

void TestSampler::stopsAndStartsAgain()
{
    Sampler sampler;
    QSignalSpy samples(&sampler, &Sampler::sampleTaken);
    sampler.start();
    sampler.start();
    QCOMPARE(samples.count(), 1);
    sampler.stop();
    sampler.stop();
    sampler.start();
    QCOMPARE(samples.count(), 2);
    QCOMPARE(samples.last().first().value<FramePtr>()->intervalMs, qint64(0));
}

void TestSampler::aListenerMayStopIt()
{
    Sampler sampler;
    sampler.setDemand(250, false);
    int heard = 0;
    connect(&sampler, &Sampler::sampleTaken, this, [&] {
        if (++heard == 2)
            sampler.stop();
    });
    sampler.start();
    QTRY_COMPARE(heard, 2);
    Sampler other;
    other.setDemand(250, false);
    QSignalSpy samples(&other, &Sampler::sampleTaken);
    other.start();
    QTRY_VERIFY(samples.count() >= 3); // two intervals in which the first stays silent
    QCOMPARE(heard, 2);
}

void TestSampler::aMissingMachineIsAnEmptySample()
{
    Sampler sampler(QStringLiteral("/nowhere/at/all"));
    QSignalSpy samples(&sampler, &Sampler::sampleTaken);
    sampler.start();
    QCOMPARE(samples.count(), 1);
    const auto sample = samples.first().first().value<FramePtr>();
    QCOMPARE(sample->catalogue->size(), std::size_t(0));
    QVERIFY(sample->values.empty());
}

void TestSampler::samplesCrossThreads()
{
    // More samples than the pool has, read here while the next ones are written there. They come over by
    // a mutex rather than a queued signal, whose own locks (in a Qt built without it) the thread sanitizer
    // does not see: what it reports here is ours.
    std::mutex mutex;
    std::vector<FramePtr> waiting;
    QThread thread;
    Sampler sampler;
    sampler.moveToThread(&thread);
    connect(
        &sampler, &Sampler::sampleTaken, &sampler,
        [&](const FramePtr& sample) {
            const std::scoped_lock lock(mutex);
            waiting.push_back(sample);
        },
        Qt::DirectConnection);
    connect(&thread, &QThread::started, &sampler, [&sampler] {
        sampler.setDemand(250, true);
        sampler.start();
    });
    connect(&thread, &QThread::finished, &sampler, &Sampler::stop, Qt::DirectConnection);
    thread.start();

    int received = 0;
    int withProcesses = 0;
    double last = 0;
    const auto receive = [&] {
        std::vector<FramePtr> arrived;
        {
            const std::scoped_lock lock(mutex);
            arrived.swap(waiting);
        }
        for (const FramePtr& sample : arrived) {
            ++received;
            if (sample->processes && !sample->processes->topByCpu.empty())
                ++withProcesses;
            if (sample->values.size() != sample->catalogue->size() || test::valueIn(*sample, "uptime") < last)
                return false;
            last = test::valueIn(*sample, "uptime");
        }
        return received > 10;
    };
    QTRY_VERIFY_WITH_TIMEOUT(receive(), 60'000);
    QVERIFY(withProcesses > 0);
    thread.quit();
    QVERIFY(thread.wait(10'000));
}

VIGIE_TEST(TestSampler)
#include "tst_sampler.moc"
