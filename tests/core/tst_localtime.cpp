// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/localtime.h"
#include "testmain.h"

#include <QTest>
#include <QTimeZone>
#include <ctime>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestLocalTime : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aLocalTimeIsOneMoment_data();
    void aLocalTimeIsOneMoment();
    void aZoneHasItsOwnClocks();
    void aMomentIsToldInUtc();
};

void TestLocalTime::initTestCase()
{
    qputenv("TZ", "Europe/Paris");
    tzset();
}

void TestLocalTime::aLocalTimeIsOneMoment_data()
{
    QTest::addColumn<QDate>("date");
    QTest::addColumn<QTime>("time");
    QTest::addColumn<qint64>("ms");
    QTest::newRow("winter") << QDate(2026, 1, 15) << QTime(12, 0) << qint64(1'768'474'800'000);
    QTest::newRow("summer") << QDate(2026, 7, 15) << QTime(12, 0, 0, 250) << qint64(1'784'109'600'250);
    QTest::newRow("before spring's gap") << QDate(2026, 3, 29) << QTime(1, 59, 59, 999) << qint64(1'774'745'999'999);
    QTest::newRow("left out in spring: an hour later") << QDate(2026, 3, 29) << QTime(2, 30) << qint64(1'774'747'800'000);
    QTest::newRow("behind spring's gap") << QDate(2026, 3, 29) << QTime(3, 0) << qint64(1'774'746'000'000);
    QTest::newRow("twice in autumn: the first") << QDate(2026, 10, 25) << QTime(2, 30) << qint64(1'792'888'200'000);
    QTest::newRow("behind autumn's hour") << QDate(2026, 10, 25) << QTime(3, 0) << qint64(1'792'893'600'000);
}

void TestLocalTime::aLocalTimeIsOneMoment()
{
    QFETCH(QDate, date);
    QFETCH(QTime, time);
    QTEST(msOfLocalTime(date, time), "ms");
    QTEST(msOfTimeIn(QTimeZone("Europe/Paris"), date, time), "ms");
}

void TestLocalTime::aZoneHasItsOwnClocks()
{
    const qint64 noonUtc = 1'784'116'800'000; // 2026-07-15
    const QDate day(2026, 7, 15);
    QCOMPARE(msOfTimeIn(QTimeZone::utc(), day, QTime(12, 0)), noonUtc);
    QCOMPARE(msOfTimeIn(QTimeZone("America/St_Johns"), day, QTime(9, 30)), noonUtc);
    QCOMPARE(msOfTimeIn(QTimeZone(5 * 3'600 + 45 * 60), day, QTime(17, 45)), noonUtc);
    // A day that Samoa left out is the one after it, and clocks on a day's border.
    QCOMPARE(msOfTimeIn(QTimeZone("Pacific/Apia"), QDate(2011, 12, 30), QTime(12, 0)),
             msOfTimeIn(QTimeZone("Pacific/Apia"), QDate(2011, 12, 31), QTime(12, 0)));
    QCOMPARE(msOfTimeIn(QTimeZone("Europe/Paris"), QDate(2026, 10, 25), QTime(1, 59)), qint64(1'792'886'340'000));
}

void TestLocalTime::aMomentIsToldInUtc()
{
    // In summer's last hour here, in winter's first, and at the end of ECMAScript's time.
    QCOMPARE(utcTime(1'792'888'200'000).toString(Qt::ISODateWithMs), u"2026-10-25T00:30:00.000Z"_s);
    QCOMPARE(utcTime(1'792'891'800'000).toString(Qt::ISODateWithMs), u"2026-10-25T01:30:00.000Z"_s);
    QCOMPARE(utcTime(0).toString(Qt::ISODate), u"1970-01-01T00:00:00Z"_s);
    QCOMPARE(utcTime(8'640'000'000'000'000).date().year(), 275'760);
    QCOMPARE(utcTime(8'640'000'000'000'000).toMSecsSinceEpoch(), qint64(8'640'000'000'000'000));
}

VIGIE_TEST(TestLocalTime)
#include "tst_localtime.moc"
