// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/charts/axisscale.h"
#include "testmain.h"

#include <QDateTime>
#include <QTest>
#include <ctime>

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
    void shortStretchesTellSeconds();
    void anotherDayIsTold();
    void marksFollowTheClock_data();
    void marksFollowTheClock();
    void everyMarkIsWhatItSays_data();
    void everyMarkIsWhatItSays();
    void daysOfOtherYearsSaySo();
};

namespace {

void setZone(const QByteArray& zone)
{
    qputenv("TZ", zone);
    tzset();
}

QStringList labelsOf(const std::vector<TimeTick>& ticks)
{
    QStringList labels;
    for (const TimeTick& tick : ticks)
        labels.append(tick.label);
    return labels;
}

qint64 localMs(const QString& text)
{
    return QDateTime::fromString(text, Qt::ISODate).toMSecsSinceEpoch();
}

} // namespace

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
            const auto ticks = timeTicks(range * 60'000, atMost);
            QVERIFY(int(ticks.size()) >= 2 && int(ticks.size()) <= atMost);
            QCOMPARE(ticks.front().secondsAgo, range * 60);
            QCOMPARE(ticks.back().secondsAgo, 0);
        }
    }
    QCOMPARE(timeTicks(5 * 60'000, 7).size(), std::size_t(6));
    QCOMPARE(labelsOf(timeTicks(5 * 60'000, 2)), (QStringList{u"−5 min"_s, u"now"_s}));
    QCOMPARE(labelsOf(timeTicks(73'000, 3)), (QStringList{u"−1 min"_s, u"−30 s"_s, u"now"_s})); // any stretch, at round times
    QCOMPARE(labelsOf(timeTicks(90'000, 4)), (QStringList{u"−1 min 30 s"_s, u"−1 min"_s, u"−30 s"_s, u"now"_s}));
    QCOMPARE(labelsOf(timeTicks(40'000, 3)), (QStringList{u"−30 s"_s, u"−15 s"_s, u"now"_s}));
}

void TestAxisScale::shortStretchesTellSeconds()
{
    setZone("UTC");
    const qint64 endMs = localMs(u"2026-09-06T12:00:20"_s);
    QCOMPARE(labelsOf(clockTicks(endMs, 20'000, 3, QLocale::c(), QDate(2026, 9, 6))),
             (QStringList{u"12:00:00"_s, u"12:00:10"_s, u"12:00:20"_s}));
}

void TestAxisScale::anotherDayIsTold()
{
    setZone("UTC");
    const qint64 endMs = localMs(u"2026-08-06T12:00:00"_s);
    QCOMPARE(labelsOf(clockTicks(endMs, 600'000, 3, QLocale::c(), QDate(2026, 8, 7))),
             (QStringList{u"6 Aug, 11:50"_s, u"11:55"_s, u"12:00"_s}));
}

void TestAxisScale::marksFollowTheClock_data()
{
    QTest::addColumn<QByteArray>("zone");
    QTest::addColumn<QString>("end");
    QTest::addColumn<int>("days");
    QTest::addColumn<int>("atMost");
    QTest::addColumn<QStringList>("labels");
    const auto days = [](QDate first, QDate last, int step = 1) {
        QStringList labels;
        for (QDate day = first; day <= last; day = day.addDays(step))
            labels.append(QLocale::c().toString(day, u"d MMM"_s));
        return labels;
    };
    QTest::newRow("Paris, a week with the change to summer")
        << QByteArray("Europe/Paris") << u"2027-04-02T12:00:00"_s << 7 << 8 << days({2027, 3, 27}, {2027, 4, 2});
    QTest::newRow("Paris, a month with it")
        << QByteArray("Europe/Paris") << u"2027-04-02T12:00:00"_s << 30 << 31 << days({2027, 3, 4}, {2027, 4, 2});
    QTest::newRow("Paris, a month in steps of two days")
        << QByteArray("Europe/Paris") << u"2027-04-02T12:00:00"_s << 30 << 16 << days({2027, 3, 5}, {2027, 4, 2}, 2);
    QTest::newRow("Paris, half days")
        << QByteArray("Europe/Paris") << u"2027-03-29T06:00:00"_s << 2 << 5
        << QStringList{u"12:00"_s, u"28 Mar"_s, u"12:00"_s, u"29 Mar"_s};
    QTest::newRow("Paris, the day of the change")
        << QByteArray("Europe/Paris") << u"2027-03-28T12:00:00"_s << 1 << 9
        << QStringList{u"12:00"_s, u"15:00"_s, u"18:00"_s, u"21:00"_s,
                       u"28 Mar"_s, u"03:00"_s, u"06:00"_s, u"09:00"_s, u"12:00"_s};
    QTest::newRow("New York, autumn") << QByteArray("America/New_York") << u"2026-11-03T12:00:00"_s << 7 << 8
                                      << days({2026, 10, 28}, {2026, 11, 3});
    QTest::newRow("New York, the day of the change")
        << QByteArray("America/New_York") << u"2026-11-01T12:00:00"_s << 1 << 13
        << QStringList{u"14:00"_s, u"16:00"_s, u"18:00"_s, u"20:00"_s, u"22:00"_s, u"1 Nov"_s,
                       u"02:00"_s, u"04:00"_s, u"06:00"_s, u"08:00"_s, u"10:00"_s, u"12:00"_s};
    QTest::newRow("Lord Howe, half an hour") << QByteArray("Australia/Lord_Howe") << u"2026-10-06T12:00:00"_s << 7 << 8
                                             << days({2026, 9, 30}, {2026, 10, 6});
    QTest::newRow("Lord Howe, back") << QByteArray("Australia/Lord_Howe") << u"2026-04-07T12:00:00"_s << 7 << 8
                                     << days({2026, 4, 1}, {2026, 4, 7});
    // Where the clock goes from 24:00 to 01:00.
    QTest::newRow("Santiago, a day without midnight") << QByteArray("America/Santiago") << u"2026-09-08T12:00:00"_s << 7 << 8
                                                      << days({2026, 9, 2}, {2026, 9, 8});
    QTest::newRow("Santiago, within it")
        << QByteArray("America/Santiago") << u"2026-09-06T12:00:00"_s << 1 << 5
        << QStringList{u"12:00"_s, u"18:00"_s, u"6 Sept"_s, u"06:00"_s, u"12:00"_s};
    QTest::newRow("Kathmandu, three quarters") << QByteArray("Asia/Kathmandu") << u"2026-09-06T12:00:00"_s << 1 << 5
                                               << QStringList{u"12:00"_s, u"18:00"_s, u"6 Sept"_s, u"06:00"_s, u"12:00"_s};
}

void TestAxisScale::marksFollowTheClock()
{
    QFETCH(QByteArray, zone);
    QFETCH(QString, end);
    QFETCH(int, days);
    QFETCH(int, atMost);
    QFETCH(QStringList, labels);
    setZone(zone);
    labels.replaceInStrings(u"Sept"_s, QLocale::c().toString(QDate(2026, 9, 1), u"MMM"_s));
    const qint64 endMs = localMs(end);
    const auto ticks = clockTicks(endMs, days * 86'400'000LL, atMost, QLocale::c(), QDateTime::fromMSecsSinceEpoch(endMs).date());
    QCOMPARE(labelsOf(ticks), labels);
}

void TestAxisScale::everyMarkIsWhatItSays_data()
{
    QTest::addColumn<QByteArray>("zone");
    for (const char* zone : {"Europe/Paris", "America/New_York", "Australia/Lord_Howe", "America/Santiago", "America/Havana",
                             "Asia/Kathmandu", "Africa/Casablanca", "UTC"})
        QTest::newRow(zone) << QByteArray(zone);
}

void TestAxisScale::everyMarkIsWhatItSays()
{
    QFETCH(QByteArray, zone);
    setZone(zone);
    const QLocale c = QLocale::c();
    // Through a year, every range: in order, within it, at its own place, and each day once.
    const qint64 lastMs = localMs(u"2027-01-01T00:00:00"_s);
    for (qint64 endMs = localMs(u"2026-01-01T00:10:00"_s); endMs < lastMs; endMs += 11 * 3'600'000 + 7) {
        const QDate today = QDateTime::fromMSecsSinceEpoch(endMs).date();
        for (const int minutes : {5, 60, 1'440, 10'080, 43'200}) {
            const auto ticks = clockTicks(endMs, minutes * 60'000LL, 9, c, today);
            QVERIFY(ticks.size() <= 10);
            QVERIFY(!ticks.empty());
            double before = minutes * 60 + 1;
            QStringList days;
            for (const TimeTick& tick : ticks) {
                QVERIFY(tick.secondsAgo < before && tick.secondsAgo >= 0);
                before = tick.secondsAgo;
                const QDateTime time = QDateTime::fromMSecsSinceEpoch(endMs - qint64(std::llround(tick.secondsAgo * 1'000)));
                if (tick.label.contains(u':')) {
                    QCOMPARE(tick.label, c.toString(time.time(), u"HH:mm"_s));
                } else {
                    QVERIFY2(time == time.date().startOfDay(), qPrintable(tick.label + time.toString(Qt::ISODate)));
                    QVERIFY(tick.label.startsWith(c.toString(time.date(), u"d MMM"_s)));
                    days.append(tick.label);
                }
            }
            QCOMPARE(days.removeDuplicates(), qsizetype(0));
        }
    }
}

void TestAxisScale::daysOfOtherYearsSaySo()
{
    setZone("UTC");
    const auto labels =
        labelsOf(clockTicks(localMs(u"2026-01-01T12:00:00"_s), 2'880 * 60'000LL, 3, QLocale::c(), QDate(2026, 1, 2)));
    QCOMPARE(labels, (QStringList{u"31 Dec 2025"_s, u"1 Jan"_s}));
}

VIGIE_TEST(TestAxisScale)
#include "tst_axisscale.moc"
