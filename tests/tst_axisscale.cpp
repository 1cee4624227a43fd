// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/axisscale.h"

#include <QTest>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestAxisScale : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void binaryScaleHoldsTheHighest();
    void binaryScaleIsTight();
    void labelsHaveNoNeedlessDecimals();
    void timeTicksRunFromTheRangeToNow();
};

void TestAxisScale::binaryScaleHoldsTheHighest()
{
    for (double highest = 0; highest < 5e12; highest = highest * 1.37 + 1) {
        const AxisScale scale = binaryScale(highest, 1024);
        QVERIFY(scale.maximum >= highest);
        QVERIFY(scale.maximum / scale.steps >= 1024);
        QVERIFY(scale.steps >= 2 && scale.steps <= 4);
    }
}

void TestAxisScale::binaryScaleIsTight()
{
    for (double highest = 5000; highest < 5e12; highest *= 1.13)
        QVERIFY(binaryScale(highest, 1024).maximum <= highest * 2.6);
    QCOMPARE(binaryScale(2.4 * 1048576, 1024), (AxisScale{3.0 * 1048576, 3}));
}

void TestAxisScale::labelsHaveNoNeedlessDecimals()
{
    const QLocale c = QLocale::c();
    QCOMPARE(axisLabel(2.0 * 1048576, AxisUnit::BytesPerSecond, c), u"2\u00a0MiB/s"_s);
    QCOMPARE(axisLabel(0.5 * 1048576, AxisUnit::BytesPerSecond, c), u"512\u00a0KiB/s"_s);
    QCOMPARE(axisLabel(1.5 * 1048576, AxisUnit::Bytes, c), u"1.5\u00a0MiB"_s);
    QCOMPARE(axisLabel(0, AxisUnit::Bytes, c), u"0"_s);
    QCOMPARE(axisLabel(75, AxisUnit::Percent, c), u"75 %"_s);
}

void TestAxisScale::timeTicksRunFromTheRangeToNow()
{
    for (const int range : {1, 5, 15, 60}) {
        for (const int atMost : {2, 4, 7}) {
            const auto ticks = timeTicks(range, atMost);
            QVERIFY(int(ticks.size()) >= 2 && int(ticks.size()) <= atMost);
            QCOMPARE(ticks.front().secondsAgo, range * 60);
            QCOMPARE(ticks.back().secondsAgo, 0);
        }
    }
    QCOMPARE(timeTicks(5, 7).size(), std::size_t(6));
}

QTEST_APPLESS_MAIN(TestAxisScale)
#include "tst_axisscale.moc"
