// SPDX-License-Identifier: GPL-3.0-or-later
#include "hub/lograte.h"
#include "testmain.h"

#include <QTest>

using namespace vigie;
using namespace std::chrono_literals;

class TestLogRate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsZero();
    void countsTheLastFiveSeconds();
    void aSteadyStreamIsItsRate();
    void errorsAreAShare();
    void aLongSilenceForgetsAll();
    void theSameStepOfALaterRoundIsNew();
};

void TestLogRate::nothingIsZero()
{
    const LogRate rate;
    for (const auto now : {0ms, 499ms, 5000ms, 1'000'000'000ms}) {
        QCOMPARE(rate.perSecond(now), 0.0);
        QCOMPARE(rate.errorShare(now), 0.0);
    }
}

void TestLogRate::countsTheLastFiveSeconds()
{
    LogRate rate;
    rate.add(0ms, 10, 0);
    QCOMPARE(rate.perSecond(0ms), 2.0);
    QCOMPARE(rate.perSecond(4999ms), 2.0);
    QCOMPARE(rate.perSecond(5000ms), 0.0);

    rate.add(5000ms, 5, 0);
    rate.add(7400ms, 5, 0);
    QCOMPARE(rate.perSecond(7400ms), 2.0);
    QCOMPARE(rate.perSecond(10'000ms), 1.0);
    QCOMPARE(rate.perSecond(12'000ms), 0.0);
}

void TestLogRate::aSteadyStreamIsItsRate()
{
    LogRate rate;
    for (auto now = 0ms; now < 60'000ms; now += 10ms) {
        rate.add(now, 3, 1);
        if (now >= 5000ms) {
            // Steps of half a second: the count may be short of the newest, unfinished one.
            QVERIFY(rate.perSecond(now) > 300.0 * 0.9 - 1);
            QVERIFY(rate.perSecond(now) <= 300.0);
        }
    }
}

void TestLogRate::errorsAreAShare()
{
    LogRate rate;
    rate.add(100ms, 3, 0);
    QCOMPARE(rate.errorShare(100ms), 0.0);
    rate.add(600ms, 1, 1);
    QCOMPARE(rate.errorShare(600ms), 0.25);
    QCOMPARE(rate.errorShare(5000ms), 1.0); // the first three are past
    QCOMPARE(rate.errorShare(5500ms), 0.0);
}

void TestLogRate::aLongSilenceForgetsAll()
{
    LogRate rate;
    for (auto now = 0ms; now < 5000ms; now += 100ms)
        rate.add(now, 1, 1);
    QCOMPARE(rate.perSecond(1'000'000ms), 0.0);
    QCOMPARE(rate.errorShare(1'000'000ms), 0.0);
}

void TestLogRate::theSameStepOfALaterRoundIsNew()
{
    LogRate rate;
    rate.add(100ms, 100, 100);
    rate.add(5100ms, 5, 0);
    QCOMPARE(rate.perSecond(5100ms), 1.0);
    QCOMPARE(rate.errorShare(5100ms), 0.0);
}

VIGIE_TEST(TestLogRate)
#include "tst_lograte.moc"
