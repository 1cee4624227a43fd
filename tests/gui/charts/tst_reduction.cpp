// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/charts/reduction.h"
#include "testmain.h"

#include <QTest>
#include <cmath>
#include <limits>

using namespace vigie;

class TestReduction : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsEveryPointThatHasItsColumn();
    void keepsThePeaksOfAColumn();
    void neverHoldsMorePointsThanPixels();
    void aPeakKeepsItsShapeWhileTimePasses();
    void gapsPartSegments();
    void aGapWithinAColumnIsNotSeen();
    void unknownValuesPartSegments();
    void pointsOnALineAreLeftOut();
    void whatIsLeftOutIsWithinTheTolerance();
    void aLineHasAValueBetweenItsPoints();
};

namespace {

std::vector<TracePoint> everySecond(int count, auto value)
{
    std::vector<TracePoint> trace;
    for (int i = 0; i < count; ++i)
        trace.push_back({i * 1000LL, static_cast<double>(value(i)), false});
    return trace;
}

} // namespace

void TestReduction::keepsEveryPointThatHasItsColumn()
{
    const auto segments = reduceToColumns(everySecond(3, [](int i) { return i * 2.0; }), 2000, 1000);
    QCOMPARE(segments.size(), std::size_t(1));
    QCOMPARE(segments[0], (Segment{{-2, 0}, {-1, 2}, {0, 4}}));
}

void TestReduction::keepsThePeaksOfAColumn()
{
    const auto trace = everySecond(10, [](int i) { return i == 3 ? 90.0 : i == 6 ? -5.0 : 10.0; });
    const auto segments = reduceToColumns(trace, 9000, 10000);
    QCOMPARE(segments[0], (Segment{{-6, 90}, {-3, -5}}));
}

void TestReduction::neverHoldsMorePointsThanPixels()
{
    const auto trace = everySecond(3600, [](int i) { return (i * 7919) % 101; });
    for (const int width : {40, 160, 333, 540, 1200, 5000}) {
        const auto segments = reduceToColumns(trace, 3599000, columnLengthMs(3600000, width));
        QCOMPARE(segments.size(), std::size_t(1));
        QVERIFY2(segments[0].size() <= width, qPrintable(QString::number(width)));
        QVERIFY(segments[0].size() > std::min(width, 3600) / 3);
    }
}

void TestReduction::aPeakKeepsItsShapeWhileTimePasses()
{
    auto trace = everySecond(100, [](int i) { return (i * 31) % 17; });
    const Segment before = reduceToColumns(trace, 99000, 7000)[0];
    trace.push_back({100000, 3, false});
    const Segment after = reduceToColumns(trace, 100000, 7000)[0];
    for (qsizetype i = 0; i + 2 < before.size(); ++i)
        QCOMPARE(after[i], before[i] - QPointF(1, 0));
}

void TestReduction::gapsPartSegments()
{
    auto trace = everySecond(6, [](int) { return 1.0; });
    trace[3].afterGap = true;
    const auto segments = reduceToColumns(trace, 5000, 1000);
    QCOMPARE(segments.size(), std::size_t(2));
    QCOMPARE(segments[0].size(), 3);
    QCOMPARE(segments[1].first(), QPointF(-2, 1));
}

void TestReduction::aGapWithinAColumnIsNotSeen()
{
    auto trace = everySecond(6, [](int i) { return i * 1.0; });
    trace[3].afterGap = true;
    QCOMPARE(reduceToColumns(trace, 5000, 60000).size(), std::size_t(1));
}

void TestReduction::unknownValuesPartSegments()
{
    const auto trace =
        everySecond(5, [](int i) { return i == 2 ? std::numeric_limits<double>::quiet_NaN() : 4.0; });
    const auto segments = reduceToColumns(trace, 4000, 1000);
    QCOMPARE(segments.size(), std::size_t(2));
    QVERIFY(reduceToColumns({}, 0, 1000).empty());
}

void TestReduction::pointsOnALineAreLeftOut()
{
    const Segment line{{-4, 0}, {-3, 1}, {-2, 2}, {-1, 3}, {0, 9}};
    QCOMPARE(withoutPointsOnLines(line, 0.01), (Segment{{-4, 0}, {-1, 3}, {0, 9}}));
    QCOMPARE(withoutPointsOnLines({{0, 5}}, 1), (Segment{{0, 5}}));
}

void TestReduction::whatIsLeftOutIsWithinTheTolerance()
{
    Segment noisy;
    for (int i = 0; i < 500; ++i)
        noisy.append({i - 499.0, 20 * std::sin(i / 15.0) + (i * 7919) % 11 / 10.0});
    const Segment kept = withoutPointsOnLines(noisy, 1);
    QVERIFY(kept.size() < noisy.size() / 2);
    qsizetype next = 1;
    for (const QPointF& point : noisy) {
        while (kept[next].x() < point.x())
            ++next;
        const QPointF from = kept[next - 1];
        const QPointF step = kept[next] - from;
        const double drawn = from.y() + step.y() * (point.x() - from.x()) / step.x();
        QVERIFY(std::abs(drawn - point.y()) <= 1 + 1e-9);
    }
}

void TestReduction::aLineHasAValueBetweenItsPoints()
{
    const std::vector<Segment> line = {{{-10, 0}, {-8, 20}}, {{-4, 50}}, {{-2, 10}, {0, 10}}};
    QCOMPARE(valueAt(line, -10), std::optional(0.0));
    QCOMPARE(valueAt(line, -9), std::optional(10.0));
    QCOMPARE(valueAt(line, -8), std::optional(20.0));
    QCOMPARE(valueAt(line, -4), std::optional(50.0));
    QCOMPARE(valueAt(line, 0), std::optional(10.0));
    for (const double inAGap : {-11.0, -6.0, -3.0, 1.0})
        QVERIFY(!valueAt(line, inAGap));
    QVERIFY(!valueAt({}, 0));
}

VIGIE_TEST(TestReduction)
#include "tst_reduction.moc"
