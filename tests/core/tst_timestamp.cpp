// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/timestamp.h"
#include "testmain.h"

#include <QTest>
#include <string>

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
    void numbersOfEvents_data();
    void numbersOfEvents();
    void numbersOfBounds();
    void storedNumbersAreMs();
    void aParametersPlusMayHaveBecomeABlank();
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
    row("2026-01-31 12:00:00 UTC", noon);
    row("2026-01-31T12:00:00 gmt", noon);
    row("2026-01-31T12:00:00 Z", noon);
    row("2026-01-31 13:00:00 +0100", noon);
    row("2026-01-31 13:00:00.5  +01:00", noon + 500);
    row("2026-01-31 11:00:00 -01", noon);
    row(" 2026-01-31T12:00:00Z\n", noon);
    row("20260131T120000Z", noon);
    row("20260131T120000.5+0000", noon + 500);
    row("20260131T1300+0100", noon);
    row("20260131T120000", noon);
    row("2026-01-31T24:00:00Z", noon + 43'200'000);
    row("2016-12-31T23:59:60Z", 1483228800000);
    row("2016-12-31T23:59:60.25Z", 1483228800250);
    row("2017-01-01T05:29:60+05:30", 1483228800000);
    row("+002026-01-31T12:00:00Z", noon);
    row("+275760-09-13T00:00:00Z", 8'640'000'000'000'000);
    // Of any year: a text says its unit.
    row("1970-01-13T00:00:00Z", 1'036'800'000);
    row("9999-12-31T23:59:59.999Z", 253402300799999);
    // Digits as text are the number.
    row("1769860800000", noon);
    row("1769860800", noon);
    row(" 1769860800.25 ", noon + 250);
    row("1769860800000000000", noon);
}

void TestTimestamp::textIsUnderstood()
{
    QFETCH(QByteArray, text);
    QFETCH(qint64, ms);
    const Result<std::int64_t> time = timestampFromText({text.constData(), std::size_t(text.size())}, TimeRule::Event);
    QVERIFY2(time, "refused");
    QCOMPARE(*time, ms);
}

void TestTimestamp::textIsRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char* text : {"",
                             " ",
                             "now",
                             "12:00",
                             "2026",
                             "2026-13-01T00:00:00Z",
                             "2026-02-30T00:00:00Z",
                             "2026-01-31T25:00:00Z",
                             "2026-01-31T12:60:00Z",
                             "2026-01-31T12:00:00Zx",
                             "2026-01-31T12:00:00+25:00",
                             "2026-01-31T12:00:00+01:60",
                             "2026-01-31T12:00:00+1",
                             "2026-01-31T12:00:00 01:00",
                             "2026-01-31T12:00:00 UTC+1",
                             "2026-01-31T12:00:00 CET",
                             "2026-01-31T24:00:01Z",
                             "2026-01-31T24:00:00.001Z",
                             "2026-01-31T12:00:60Z",
                             "2016-12-31T23:59:60+01:00",
                             "2016-12-31T23:59:61Z",
                             "2026-01-31T12:00:00.Z",
                             "2026-01-31T12",
                             "2026-01-31X12:00",
                             "2026-0131T12:00",
                             "202601-31T12:00",
                             "0000-01-01T00:00:00Z",
                             "+20260131T120000Z",
                             "+275760-09-13T00:00:00.001Z",
                             "20260131",
                             "-1769860800",
                             "0x10",
                             "1e",
                             "1.",
                             "31/01/2026",
                             "Sat, 31 Jan 2026 12:00:00 GMT",
                             "1234",
                             "17698608000000000000000",
                             "1969-12-31T23:59:59Z",
                             "２０２６-01-31T12:00:00Z"}) {
        QTest::newRow(text) << QByteArray(text);
    }
    QTest::newRow("zero behind") << QByteArray("2026-01-31T12:00:00Z\0", 21);
    QTest::newRow("a mebibyte") << QByteArray(1024 * 1024, '2');
    QTest::newRow("endless fraction") << "2026-01-31T12:00:00." + QByteArray(1024 * 1024, '9') + "x";
}

void TestTimestamp::textIsRefused()
{
    QFETCH(QByteArray, text);
    const Result<std::int64_t> time = timestampFromText({text.constData(), std::size_t(text.size())}, TimeRule::Event);
    QVERIFY2(!time, time ? QByteArray::number(qint64(*time)).constData() : "");
    QVERIFY(!time.error().message.isEmpty());
}

void TestTimestamp::numbersOfEvents_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<qint64>("ms"); // -1: refused
    const auto row = [](const char* text, qint64 ms) { QTest::newRow(text) << QByteArray(text) << ms; };
    constexpr qint64 noon = 1769860800000;
    row("1769860800", noon);
    row("1769860800.25", noon + 250);
    row("1769860800.9999", noon + 999);
    row("1769860800000", noon);
    row("1769860800000.6", noon); // cut off, as in ISO text
    row("1769860800123456", noon + 123);
    row("1769860800123456789", noon + 123);
    row("1769860800999999999", noon + 999); // as a double it would be the next second
    row("1.7698608e9", noon);
    row("1.7698608e+12", noon);
    row("17698608E2", noon);
    row("17698608000000e-1", noon);
    row("1.76986080025E9", noon + 250);
    row("1000000000", 1'000'000'000'000);
    row("4199999999.999", 4'199'999'999'999);
    row("1000000000000", 1'000'000'000'000);
    row("4199999999999", 4'199'999'999'999);
    row("1000000000000000", 1'000'000'000'000);
    row("4199999999999999", 4'199'999'999'999);
    row("1000000000000000000", 1'000'000'000'000);
    row("4199999999999999999", 4'199'999'999'999);
    for (const char* between :
         {"0", "-0", "7", "999999999.999", "4200000000", "999999999999", "4200000000000", "999999999999999", "4200000000000000",
          "8640000000000000", "999999999999999999", "4200000000000000000", "-1769860800", "1e300", "-1e300",
          "1e99999999999999999999", "1e-99999999999999999999", "18446744073709551616", "1769860800e10"}) {
        row(between, -1);
    }
}

void TestTimestamp::numbersOfEvents()
{
    QFETCH(QByteArray, text);
    QFETCH(qint64, ms);
    const Result<std::int64_t> time = timestampFromNumber(text.toStdString(), TimeRule::Event);
    if (time)
        QCOMPARE(qint64(*time), ms);
    else
        QCOMPARE(time.error().message, QString::fromUtf8(text) + u" is none of seconds, ms, µs or ns between 2001 and 2100"_s);
    QCOMPARE(bool(time), ms >= 0);
}

void TestTimestamp::numbersOfBounds()
{
    // What cannot be another unit is ms, also long ago and far ahead.
    for (const auto& [text, ms] : {std::pair("0", 0LL),
                                   {"-0", 0},
                                   {"7", 7},
                                   {"86400000", 86'400'000},
                                   {"999999999", 999'999'999},
                                   {"4200000000", 4'200'000'000},
                                   {"999999999999", 999'999'999'999},
                                   {"8640000000000000", 8'640'000'000'000'000},
                                   {"1769860800", 1'769'860'800'000},
                                   {"1769860800000.4", 1'769'860'800'000},
                                   {"1769860800000000", 1'769'860'800'000}}) {
        QCOMPARE(*timestampFromNumber(text, TimeRule::Bound), ms);
        QCOMPARE(*timestampFromParameter(QString::fromLatin1(text)), ms);
    }
    for (const char* bad : {"-1", "-0.001", "8640000000000001", "8640000000000000.5", "1e300", "-1e300"}) {
        const Result<std::int64_t> time = timestampFromNumber(bad, TimeRule::Bound);
        QVERIFY2(!time, bad);
        QVERIFY(time.error().message.contains(u"out of range"_s));
    }
}

void TestTimestamp::storedNumbersAreMs()
{
    for (const qint64 ms : {0LL, 7LL, 1'769'860'800LL, 1'769'860'800'000LL, 1'769'860'800'000'000LL, 8'640'000'000'000'000LL})
        QCOMPARE(*timestampFromNumber(std::to_string(ms), TimeRule::Stored), ms);
    QVERIFY(!timestampFromNumber("8640000000000001", TimeRule::Stored));
}

void TestTimestamp::aParametersPlusMayHaveBecomeABlank()
{
    constexpr qint64 noon = 1769860800000;
    for (const QString& text : {u"2026-01-31T13:00:00+01:00"_s, u"2026-01-31T13:00:00 01:00"_s, u"2026-01-31T13:00 0100"_s,
                                u"2026-01-31 13:00:00 01"_s, u"20260131T130000 0100"_s, u"2026-01-31 12:00"_s}) {
        const Result<std::int64_t> time = timestampFromParameter(text);
        QVERIFY2(time, qPrintable(text));
        QCOMPARE(qint64(*time), noon);
    }
}

VIGIE_TEST(TestTimestamp)
#include "tst_timestamp.moc"
