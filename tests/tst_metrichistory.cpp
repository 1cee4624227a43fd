// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/metrichistory.h"
#include "guidata.h"

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
};

namespace {

Sample at(qint64 wallMs, qint64 intervalMs)
{
    Sample sample = *test::madeUpSample(1);
    sample.timestampMs = wallMs;
    sample.intervalMs = intervalMs;
    return sample;
}

} // namespace

void TestMetricHistory::keepsAnHour()
{
    MetricHistory history;
    for (int second = 0; second < 4000; ++second)
        history.add(*test::madeUpSample(second));
    const auto trace = history.trace(Metric::CpuPercent, 0);
    QCOMPARE(trace.size(), MetricHistory::capacity);
    QCOMPARE(trace.back().timeMs, history.newestMs());
    QCOMPARE(trace.back().value, test::madeUpSample(3999)->cpu->total.usagePercent);
    QCOMPARE(history.trace(Metric::CpuPercent, history.newestMs() - 60000).size(), std::size_t(62));
}

void TestMetricHistory::aSuspendIsAGap()
{
    MetricHistory history;
    history.add(at(1000, 0));
    history.add(at(2000, 1000));
    history.add(at(602000, 1000)); // ten minutes asleep: the monotonic clock stood still
    const auto trace = history.trace(Metric::CpuPercent, 0);
    QVERIFY(!trace[1].afterGap);
    QVERIFY(trace[2].afterGap);
    QCOMPARE(trace[2].timeMs - trace[1].timeMs, 600000);
}

void TestMetricHistory::aMissedSampleIsNoGap()
{
    MetricHistory history;
    history.add(at(1000, 0));
    history.add(at(2000, 1000));
    history.add(at(4000, 2000));
    QVERIFY(!history.trace(Metric::CpuPercent, 0)[2].afterGap);
}

void TestMetricHistory::aClockSetBackBendsNothing()
{
    MetricHistory history;
    history.add(at(100000, 0));
    history.add(at(101000, 1000));
    history.add(at(42000, 1000));
    const auto trace = history.trace(Metric::CpuPercent, 0);
    QCOMPARE(trace[2].timeMs - trace[1].timeMs, 1000);
    QVERIFY(!trace[2].afterGap);
}

void TestMetricHistory::aMissingPartIsUnknown()
{
    MetricHistory history;
    Sample sample = at(1000, 0);
    sample.disk.reset();
    sample.memory->swapTotalBytes = 0;
    history.add(sample);
    QVERIFY(std::isnan(history.trace(Metric::DiskRead, 0)[0].value));
    QVERIFY(std::isnan(history.trace(Metric::SwapPercent, 0)[0].value));
    QVERIFY(!std::isnan(history.trace(Metric::MemoryPercent, 0)[0].value));
}

void TestMetricHistory::theFirstSampleHasNoRates()
{
    MetricHistory history;
    history.add(at(1000, 0));
    for (const Metric metric : {Metric::CpuPercent, Metric::DiskRead, Metric::NetworkSend})
        QVERIFY(std::isnan(history.trace(metric, 0)[0].value));
    QVERIFY(!std::isnan(history.trace(Metric::MemoryPercent, 0)[0].value));
    QCOMPARE(history.cores(), std::vector<int>());
}

void TestMetricHistory::coresAreFoundByTheirNumber()
{
    MetricHistory history;
    Sample sample = at(1000, 1000);
    sample.cpu->cores.erase(sample.cpu->cores.begin() + 2);
    history.add(sample);
    QCOMPARE(history.cores(), (std::vector<int>{0, 1, 3, 4, 5, 6, 7}));
    QCOMPARE(history.coreTrace(3, 0)[0].value, double(float(sample.cpu->cores[2].usage.usagePercent)));
    QVERIFY(std::isnan(history.coreTrace(2, 0)[0].value));
}

QTEST_APPLESS_MAIN(TestMetricHistory)
#include "tst_metrichistory.moc"
