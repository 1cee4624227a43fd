// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/database/trustedclock.h"
#include "testmain.h"

#include <QTest>

using namespace vigie;

namespace {

constexpr std::int64_t hour = 3'600'000;
constexpr std::int64_t day = 24 * hour;

} // namespace

class TestTrustedClock : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goesWithTheWall()
    {
        TrustedClock clock(100 * day);
        QCOMPARE(clock.now(100 * day + 5, 0), 100 * day + 5);
        QCOMPARE(clock.now(100 * day + hour, hour), 100 * day + hour);
    }

    void anyTimeWillDoForAnEmptyStore()
    {
        TrustedClock clock;
        QCOMPARE(clock.now(50 * day, 0), 50 * day);
    }

    void leapForwardCountsOnceItLasts()
    {
        TrustedClock clock(100 * day);
        clock.now(100 * day, 0);
        QCOMPARE(clock.now(4'000 * day, 10), 100 * day + 10);
        QCOMPARE(clock.now(4'000 * day + hour / 2, hour / 2), 100 * day + hour / 2);
        QCOMPARE(clock.now(4'000 * day + 2 * hour, 2 * hour), 4'000 * day + 2 * hour);
    }

    void mistakeThatIsMendedIsForgotten()
    {
        TrustedClock clock(100 * day);
        clock.now(100 * day, 0);
        clock.now(4'000 * day, 1'000);
        QCOMPARE(clock.now(100 * day + 60'000, 60'000), 100 * day + 60'000);
        // The next mistake waits its own hour.
        clock.now(4'000 * day, 61'000);
        QVERIFY(clock.now(4'000 * day, 61'000 + hour / 2) < 101 * day);
    }

    void leapBackCountsAtOnce()
    {
        TrustedClock clock(100 * day);
        clock.now(100 * day, 0);
        QCOMPARE(clock.now(90 * day, 1'000), 90 * day);
    }

    void longAbsenceCountsAfterAnHour()
    {
        TrustedClock clock(100 * day);
        QCOMPARE(clock.now(160 * day, 0), 100 * day);
        QCOMPARE(clock.now(160 * day + hour, hour), 160 * day + hour);
    }
};

VIGIE_TEST(TestTrustedClock)
#include "tst_trustedclock.moc"
