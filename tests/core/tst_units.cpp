// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/units.h"
#include "testmain.h"

#include <QTest>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestUnits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bytes_data();
    void bytes();
    void numbersAreTheLocales();
    void percents_data();
    void percents();
    void durations_data();
    void durations();
};

namespace {

const QLocale english(QLocale::English, QLocale::UnitedStates);
const QLocale french(QLocale::French, QLocale::France);

/// The spaces that keep a figure and its unit on one line, as plain ones.
QString plain(QString text)
{
    return text.replace(QChar(0x00a0), u' ').replace(QChar(0x202f), u' ');
}

} // namespace

void TestUnits::bytes_data()
{
    QTest::addColumn<double>("value");
    QTest::addColumn<QString>("text");
    const auto row = [](double value, const char* text) { QTest::newRow(text) << value << QString::fromUtf8(text); };
    constexpr double kib = 1024, mib = kib * 1024, gib = mib * 1024, tib = gib * 1024, pib = tib * 1024;
    row(0, "0 B");
    row(0.4, "0 B ");
    row(1, "1 B");
    row(999, "999 B");
    row(999.4, "999 B ");
    row(999.5, "0.98 KiB");
    row(1000, "0.98 KiB ");
    row(1024, "1.00 KiB");
    row(1536, "1.50 KiB");
    row(9.994 * kib, "9.99 KiB");
    row(9.996 * kib, "10.0 KiB");
    row(99.94 * kib, "99.9 KiB");
    row(99.96 * kib, "100 KiB");
    row(999 * kib, "999 KiB");
    row(1000 * kib, "0.98 MiB");
    row(mib, "1.00 MiB");
    row(20.24 * gib, "20.2 GiB");
    row(3 * tib, "3.00 TiB");
    row(7 * pib, "7.00 PiB");
    row(2000 * pib, "2,000 PiB");
    row(-1536, "-1.50 KiB");
}

void TestUnits::bytes()
{
    QFETCH(double, value);
    QFETCH(QString, text);
    const QString written = bytesText(value, english);
    QCOMPARE(plain(written), text.trimmed());
    QVERIFY(!written.contains(u' '));
    QCOMPARE(rateText(value, english), written + u"/s"_s);
}

void TestUnits::numbersAreTheLocales()
{
    QCOMPARE(plain(bytesText(1536, french)), u"1,50 KiB"_s);
    QCOMPARE(plain(rateText(1536 * 1024, french)), u"1,50 MiB/s"_s);
    QCOMPARE(plain(percentText(4.24, french)), u"4,2 %"_s);
    QCOMPARE(plain(bytesText(2000.0 * 1024 * 1024 * 1024 * 1024 * 1024, french)), u"2 000 PiB"_s);
}

void TestUnits::percents_data()
{
    QTest::addColumn<double>("value");
    QTest::addColumn<QString>("text");
    const auto row = [](double value, const char* text) { QTest::newRow(text) << value << QString::fromUtf8(text); };
    row(0, "0.0 %");
    row(0.06, "0.1 %");
    row(4.24, "4.2 %");
    row(9.94, "9.9 %");
    row(9.96, "10 %");
    row(42.4, "42 %");
    row(99.6, "100 %");
    row(100, "100 % ");
}

void TestUnits::percents()
{
    QFETCH(double, value);
    QFETCH(QString, text);
    QCOMPARE(plain(percentText(value, english)), text.trimmed());
}

void TestUnits::durations_data()
{
    QTest::addColumn<qint64>("seconds");
    QTest::addColumn<QString>("text");
    const auto row = [](qint64 value, const char* text) { QTest::newRow(text) << value << QString::fromUtf8(text); };
    row(0, "0 s");
    row(59, "59 s");
    row(60, "1 min");
    row(3599, "59 min");
    row(3600, "1 h");
    row(4 * 3600 + 12 * 60 + 59, "4 h 12 min");
    row(86399, "23 h 59 min");
    row(86400, "1 d");
    row(3 * 86400 + 4 * 3600 + 3599, "3 d 4 h");
    row(1000LL * 86400, "1000 d");
}

void TestUnits::durations()
{
    QFETCH(qint64, seconds);
    QFETCH(QString, text);
    QCOMPARE(plain(durationText(seconds)), text);
}

VIGIE_TEST(TestUnits)
#include "tst_units.moc"
