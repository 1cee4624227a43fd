// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/charts/metrichistory.h"
#include "guidata.h"
#include "testmain.h"

#include <QTest>
#include <cmath>

using namespace vigie;

class TestMetricHistory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsAnHour();
    void aSuspendIsAGap();
    void aMissedSampleIsNoGap();
    void aClockSetBackBendsNothing();
    void aMissingPartIsUnknown();
    void theFirstSampleHasNoRates();
    void coresAreFoundByTheirNumber();
    void storedOnesMayComeFirst();
    void aPauseBetweenStoredAndLiveIsAGap();
};

namespace {

test::Sample at(qint64 wallMs, qint64 intervalMs)
{
    test::Sample sample = *test::madeUpSample(1);
    sample.timestampMs = wallMs;
    sample.intervalMs = intervalMs;
    return sample;
}

MetricRange stored(qint64 firstMs, int seconds)
{
    MetricRange frame;
    frame.stepMs = 1000;
    frame.series.push_back({"cpu.usage", {}, {}, {}});
    for (int i = 0; i < seconds; ++i) {
        frame.times.push_back(firstMs + i * 1000);
        for (auto* values : {&frame.series[0].low, &frame.series[0].average, &frame.series[0].high})
            values->push_back(40);
    }
    return frame;
}

} // namespace

void TestMetricHistory::keepsAnHour()
{
    MetricHistory history;
    for (int second = 0; second < 4000; ++second)
        history.add(*test::madeUpFrame(second));
    const auto trace = history.trace(Metric::CpuPercent, 0);
    QCOMPARE(trace.size(), MetricHistory::capacity);
    QCOMPARE(trace.back().timeMs, history.newestMs());
    QCOMPARE(trace.back().value, test::madeUpSample(3999)->cpu->total.usagePercent);
    QCOMPARE(history.trace(Metric::CpuPercent, history.newestMs() - 60000).size(), std::size_t(62));
}

void TestMetricHistory::aSuspendIsAGap()
{
    MetricHistory history;
    history.add(*test::frameOf(at(1000, 0)));
    history.add(*test::frameOf(at(2000, 1000)));
    history.add(*test::frameOf(at(602000, 1000))); // ten minutes asleep: the monotonic clock stood still
    const auto trace = history.trace(Metric::CpuPercent, 0);
    QVERIFY(!trace[1].afterGap);
    QVERIFY(trace[2].afterGap);
    QCOMPARE(trace[2].timeMs - trace[1].timeMs, 600000);
}

void TestMetricHistory::aMissedSampleIsNoGap()
{
    MetricHistory history;
    history.add(*test::frameOf(at(1000, 0)));
    history.add(*test::frameOf(at(2000, 1000)));
    history.add(*test::frameOf(at(4000, 2000)));
    QVERIFY(!history.trace(Metric::CpuPercent, 0)[2].afterGap);
}

void TestMetricHistory::aClockSetBackBendsNothing()
{
    MetricHistory history;
    history.add(*test::frameOf(at(100000, 0)));
    history.add(*test::frameOf(at(101000, 1000)));
    history.add(*test::frameOf(at(42000, 1000)));
    const auto trace = history.trace(Metric::CpuPercent, 0);
    QCOMPARE(trace[2].timeMs - trace[1].timeMs, 1000);
    QVERIFY(!trace[2].afterGap);
}

void TestMetricHistory::aMissingPartIsUnknown()
{
    MetricHistory history;
    test::Sample sample = at(1000, 0);
    sample.disk.reset();
    sample.memory->swapTotalBytes = 0;
    history.add(*test::frameOf(sample));
    QVERIFY(std::isnan(history.trace(Metric::DiskRead, 0)[0].value));
    QVERIFY(std::isnan(history.trace(Metric::SwapPercent, 0)[0].value));
    QVERIFY(!std::isnan(history.trace(Metric::MemoryPercent, 0)[0].value));
}

void TestMetricHistory::theFirstSampleHasNoRates()
{
    MetricHistory history;
    history.add(*test::frameOf(at(1000, 0)));
    for (const Metric metric : {Metric::CpuPercent, Metric::DiskRead, Metric::NetworkSend})
        QVERIFY(std::isnan(history.trace(metric, 0)[0].value));
    QVERIFY(!std::isnan(history.trace(Metric::MemoryPercent, 0)[0].value));
    QCOMPARE(history.cores(), std::vector<int>());
}

void TestMetricHistory::coresAreFoundByTheirNumber()
{
    MetricHistory history;
    test::Sample sample = at(1000, 1000);
    sample.cpu->cores.erase(sample.cpu->cores.begin() + 2);
    history.add(*test::frameOf(sample));
    QCOMPARE(history.cores(), (std::vector<int>{0, 1, 3, 4, 5, 6, 7}));
    QCOMPARE(history.coreTrace(3, 0)[0].value, double(float(sample.cpu->cores[2].usage.usagePercent)));
    QVERIFY(std::isnan(history.coreTrace(2, 0)[0].value));
}

void TestMetricHistory::storedOnesMayComeFirst()
{
    constexpr qint64 startMs = 1'780'000'000'000;
    MetricHistory before;
    MetricHistory after;
    before.addStored(stored(startMs, 10));
    for (MetricHistory* history : {&before, &after}) {
        history->add(*test::frameOf(at(startMs + 10'000, 0)));
        history->add(*test::frameOf(at(startMs + 11'000, 1'000)));
    }
    after.addStored(stored(startMs, 10));
    const auto trace = before.trace(Metric::CpuPercent, 0);
    QCOMPARE(trace.size(), std::size_t(12));
    for (std::size_t i = 0; i < trace.size(); ++i) {
        QCOMPARE(trace[i].timeMs, startMs + qint64(i) * 1'000);
        QVERIFY(!trace[i].afterGap);
        QCOMPARE(trace[i].timeMs, after.trace(Metric::CpuPercent, 0)[i].timeMs);
    }
    QCOMPARE(before.newestMs(), startMs + 11'000);
    QCOMPARE(before.wallMs(before.newestMs()), startMs + 11'000);
}

void TestMetricHistory::aPauseBetweenStoredAndLiveIsAGap()
{
    constexpr qint64 startMs = 1'780'000'000'000;
    for (const qint64 intervalMs : {0, 1'000}) {
        MetricHistory history;
        history.addStored(stored(startMs, 10));
        history.add(*test::frameOf(at(startMs + 600'000, intervalMs)));
        const auto trace = history.trace(Metric::CpuPercent, 0);
        QVERIFY(trace.back().afterGap);
        QCOMPARE(trace.back().timeMs, startMs + 600'000);
    }
    // A clock that was set back meanwhile bends nothing.
    MetricHistory history;
    history.addStored(stored(startMs, 10));
    history.add(*test::frameOf(at(startMs - 600'000, 0)));
    const auto trace = history.trace(Metric::CpuPercent, 0);
    QVERIFY(trace[10].timeMs > trace[9].timeMs && trace[10].timeMs <= trace[9].timeMs + 1'000);
}

VIGIE_TEST(TestMetricHistory)
#include "tst_metrichistory.moc"
