// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/timestamp.h"

#include <QTest>
#include <limits>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestTimestamp : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void textIsUnderstood_data();
    void textIsUnderstood();
    void textIsRefused_data();
    void textIsRefused();
    void numbers();
};

void TestTimestamp::initTestCase()
{
    // A zone whose clocks change: none of it may show in a time that names no zone.
    qputenv("TZ", "Europe/Paris");
}

void TestTimestamp::textIsUnderstood_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<qint64>("ms");
    const auto row = [](const char* text, qint64 ms) { QTest::newRow(text) << QByteArray(text) << ms; };
    constexpr qint64 noon = 1769860800000;
    row("2026-01-31T12:00:00Z", noon);
    row("2026-01-31T12:00:00.000Z", noon);
    row("2026-01-31T12:00:00.5Z", noon + 500);
    row("2026-01-31T12:00:00,25Z", noon + 250);
    row("2026-01-31T12:00:00.123456789Z", noon + 123);
    row("2026-01-31T12:00:00.123456+00:00", noon + 123);
    row("2026-01-31t12:00:00z", noon);
    row("2026-01-31T14:00:00+02:00", noon);
    row("2026-01-31T14:00:00+0200", noon);
    row("2026-01-31T06:30:00-05:30", noon);
    row("2026-01-31T12:00:00-00:00", noon);
    row("2026-01-31T12:00:00", noon);
    row("2026-01-31 12:00:00", noon);
    row("2026-01-31T12:00", noon);
    row("2026-01-31", noon - 43'200'000);
    row("2026-03-29T02:30:00", 1774751400000); // no such moment on the clocks of Paris
    row("2026-10-25T02:30:00", 1792895400000); // twice on them
    row("1970-01-01T00:00:00Z", 0);
    row("2024-02-29T00:00:00Z", 1709164800000);
}

void TestTimestamp::textIsUnderstood()
{
    QFETCH(QByteArray, text);
    QFETCH(qint64, ms);
    const Result<std::int64_t> time = timestampFromText({text.constData(), std::size_t(text.size())});
    QVERIFY2(time, "refused");
    QCOMPARE(*time, ms);
}

void TestTimestamp::textIsRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char* text : {"", " ", "now", "12:00", "2026", "2026-13-01T00:00:00Z", "2026-02-30T00:00:00Z",
                             "2026-01-31T25:00:00Z", "2026-01-31T12:60:00Z", "2026-01-31T12:00:00Zx",
                             " 2026-01-31T12:00:00Z", "2026-01-31T12:00:00 Z", "2026-01-31T12:00:00+25:00",
                             "31/01/2026", "Sat, 31 Jan 2026 12:00:00 GMT", "1769860800000", "20260131T120000Z",
                             "1969-12-31T23:59:59Z", "２０２６-01-31T12:00:00Z"}) {
        QTest::newRow(text) << QByteArray(text);
    }
    QTest::newRow("zero behind") << QByteArray("2026-01-31T12:00:00Z\0", 21);
    QTest::newRow("a mebibyte") << QByteArray(1024 * 1024, '2');
    QTest::newRow("endless fraction") << "2026-01-31T12:00:00." + QByteArray(1024 * 1024, '9') + "x";
}

void TestTimestamp::textIsRefused()
{
    QFETCH(QByteArray, text);
    const Result<std::int64_t> time = timestampFromText({text.constData(), std::size_t(text.size())});
    QVERIFY2(!time, time ? QByteArray::number(qint64(*time)).constData() : "");
    QVERIFY(!time.error().message.isEmpty());
}

void TestTimestamp::numbers()
{
    QCOMPARE(*timestampFromNumber(0), 0);
    QCOMPARE(*timestampFromNumber(1769860800000.4), 1769860800000);
    QCOMPARE(*timestampFromNumber(8.64e15), 8'640'000'000'000'000);
    using Limits = std::numeric_limits<double>;
    for (const double bad : {-1.0, -0.001, 8.64e15 + 1, 1e300, -1e300, Limits::infinity(), Limits::quiet_NaN()})
        QVERIFY(!timestampFromNumber(bad));
}

QTEST_GUILESS_MAIN(TestTimestamp)
#include "tst_timestamp.moc"
