// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/localtime.h"
#include "testmain.h"

#include <QTest>
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
