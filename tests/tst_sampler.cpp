// SPDX-License-Identifier: GPL-3.0-or-later
#include "sampling/sampler.h"
#include "sampling/schedule.h"

#include <QSignalSpy>
#include <QTest>
#include <QThread>

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
    const auto sample = samples.first().first().value<SamplePtr>();
    QVERIFY(sample);
    QCOMPARE(sample->intervalMs, qint64(0));
    QVERIFY(qAbs(sample->timestampMs - QDateTime::currentMSecsSinceEpoch()) < 60'000);
    QVERIFY(sample->cpu);
    QCOMPARE(sample->cpu->total.usagePercent, 0.0);
    QVERIFY(!sample->cpu->cores.empty());
    QVERIFY(sample->memory);
    QVERIFY(sample->network);
    QCOMPARE(sample->network->receiveBytesPerSecond, 0.0);
    QVERIFY(sample->uptimeSeconds.value_or(0) > 0);
}

void TestSampler::everyNextSampleHasAnInterval()
{
    Sampler sampler;
    sampler.setDemand(250, false);
    QSignalSpy samples(&sampler, &Sampler::sampleTaken);
    sampler.start();
    QTRY_VERIFY(samples.count() >= 3);
    for (qsizetype i = 1; i < samples.count(); ++i)
        QVERIFY(samples.at(i).first().value<SamplePtr>()->intervalMs > 0);
    const auto last = samples.last().first().value<SamplePtr>();
    const CpuUsage& total = last->cpu->total;
    QVERIFY(total.usagePercent >= 0 && total.usagePercent <= 100);
}

void TestSampler::demandIsHeld()
{
    QCOMPARE(Sampler::boundedInterval(1), 250ms);
    QCOMPARE(Sampler::boundedInterval(-5), 250ms);
    QCOMPARE(Sampler::boundedInterval(400), 400ms);
    QCOMPARE(Sampler::boundedInterval(60'000), 1000ms);
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
    QCOMPARE(samples.last().first().value<SamplePtr>()->intervalMs, qint64(0));
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
    const auto sample = samples.first().first().value<SamplePtr>();
    QVERIFY(!sample->cpu);
    QVERIFY(!sample->memory);
    QVERIFY(!sample->disk);
    QVERIFY(!sample->network);
    QVERIFY(!sample->uptimeSeconds);
    QVERIFY(!sample->pressure.cpu);
}

void TestSampler::samplesCrossThreads()
{
    // More samples than the pool has, read here while the next ones are written there.
    QThread thread;
    Sampler sampler;
    sampler.moveToThread(&thread);
    int received = 0;
    quint64 seen = 0;
    connect(&sampler, &Sampler::sampleTaken, this, [&](const SamplePtr& sample) {
        ++received;
        seen += static_cast<quint64>(sample->cpu->cores.size()) + sample->memory->totalBytes;
        for (const InterfaceSample& interface : sample->network->interfaces)
            seen += static_cast<quint64>(interface.name.size());
    });
    connect(&thread, &QThread::started, &sampler, [&sampler] {
        sampler.setDemand(250, true);
        sampler.start();
    });
    connect(&thread, &QThread::finished, &sampler, &Sampler::stop, Qt::DirectConnection);
    thread.start();
    QTRY_VERIFY(received > 10);
    thread.quit();
    QVERIFY(thread.wait(10'000));
    QVERIFY(seen > 0);
}

QTEST_GUILESS_MAIN(TestSampler)
#include "tst_sampler.moc"
