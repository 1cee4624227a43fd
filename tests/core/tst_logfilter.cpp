// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/logfilter.h"
#include "testmain.h"

#include <QTest>

using namespace vigie;

class TestLogFilter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anEmptyFilterLetsAllPass();
    void levels_data();
    void levels();
    void times_data();
    void times();
    void search_data();
    void search();
    void everyPartMustHold();
};

namespace {

bool passes(const LogFilter& filter, const NewLogEntry& entry)
{
    LogBatch batch("shop");
    batch.append({"other", 0, "trace", "nothing", ""}, LogOrigin("shop", "ann"));
    batch.append(entry, LogOrigin("shop", "ann"));
    return filter.matches(batch, 1);
}

} // namespace

void TestLogFilter::anEmptyFilterLetsAllPass()
{
    QVERIFY(LogFilter().isEmpty());
    QVERIFY(passes({}, {"1", 5, "", "", ""}));
    QVERIFY(!(LogFilter{{"info"}, {}, {}, {}}.isEmpty()));
    QVERIFY(!(LogFilter{{}, 0, {}, {}}.isEmpty()));
    QVERIFY(!(LogFilter{{}, {}, 0, {}}.isEmpty()));
    QVERIFY(!(LogFilter{{}, {}, {}, "x"}.isEmpty()));
}

void TestLogFilter::levels_data()
{
    QTest::addColumn<QByteArray>("wanted");
    QTest::addColumn<QByteArray>("level");
    QTest::addColumn<bool>("expected");
    const auto row = [](const char* wanted, const char* level, bool expected) {
        QTest::addRow("%s, %s", wanted, level) << QByteArray(wanted) << QByteArray(level) << expected;
    };
    row("error", "error", true);
    row("error", "ERROR", true);
    row("ERROR", "error", true);
    row("error", "err", true);
    row("severe", "error", true);
    row("warn", "WARNING", true);
    row("warning", "warn", true);
    row("fatal", "critical", true);
    row("info", "Notice", true);
    row("error", "fatal", false);
    row("error", "warn", false);
    row("info", "informal", false);
    row("audit", "audit", true);
    row("audit", "AUDIT", true);
    row("AUDIT", "audit", true);
    row("audit", "audits", false);
    row("audit", "billing", false); // both mean nothing to us, yet differ
    row("other", "audit", false);
    row("É", "é", true);
    row("warn", "WRN", true);
    row("warn", " warn", true);
    row("warn", "40", true);
    row("40", "[WARNING]", true);
    row("warn", "4", false);
    row(" audit", "Audit ", true); // as it lies in older files
}

void TestLogFilter::levels()
{
    QFETCH(QByteArray, wanted);
    QFETCH(QByteArray, level);
    QFETCH(bool, expected);
    const NewLogEntry entry{"1", 5, {level.constData(), std::size_t(level.size())}, "m", ""};
    QCOMPARE(passes({{wanted.toStdString()}, {}, {}, {}}, entry), expected);
    QCOMPARE(passes({{"nosuchlevel", wanted.toStdString()}, {}, {}, {}}, entry), expected);
}

void TestLogFilter::times_data()
{
    QTest::addColumn<qint64>("time");
    QTest::addColumn<bool>("expected");
    QTest::newRow("before") << qint64(99) << false;
    QTest::newRow("at the start") << qint64(100) << true;
    QTest::newRow("within") << qint64(150) << true;
    QTest::newRow("at the end") << qint64(200) << true;
    QTest::newRow("after") << qint64(201) << false;
}

void TestLogFilter::times()
{
    QFETCH(qint64, time);
    QFETCH(bool, expected);
    const NewLogEntry entry{"1", time, "info", "m", ""};
    QCOMPARE(passes({{}, 100, 200, {}}, entry), expected);
    QCOMPARE(passes({{}, 100, {}, {}}, entry), time >= 100);
    QCOMPARE(passes({{}, {}, 200, {}}, entry), time <= 200);
}

void TestLogFilter::search_data()
{
    QTest::addColumn<QByteArray>("wanted");
    QTest::addColumn<bool>("expected");
    QTest::newRow("a word of the message") << QByteArray("payment") << true;
    QTest::newRow("a part of a word") << QByteArray("aymen") << true;
    QTest::newRow("in capitals") << QByteArray("PAYMENT") << true;
    QTest::newRow("with a quote, which JSON escapes") << QByteArray("\"caf") << true;
    QTest::newRow("not ASCII") << QByteArray("café") << true;
    QTest::newRow("not ASCII, in capitals") << QByteArray("CAFÉ") << true;
    QTest::newRow("a key of the metadata") << QByteArray("order") << true;
    QTest::newRow("a value of the metadata") << QByteArray("1041") << true;
    QTest::newRow("the metadata's JSON") << QByteArray("\"Order\":1041") << true;
    QTest::newRow("an accent more") << QByteArray("cafè") << false;
    QTest::newRow("not there") << QByteArray("refund") << false;
    QTest::newRow("the level is not searched") << QByteArray("warn") << false;
    QTest::newRow("the user is not searched") << QByteArray("ann") << false;
    QTest::newRow("part of message and part of metadata") << QByteArray("slow{") << false;
    QTest::newRow("coloured") << QByteArray("INFO server") << true;
    QTest::newRow("coloured in the metadata") << QByteArray("\"ok done\"") << true;
    QTest::newRow("the colour is not searched") << QByteArray("[32m") << false;
    QTest::newRow("longer than all there is") << QByteArray(500, 'p') << false;
}

void TestLogFilter::search()
{
    QFETCH(QByteArray, wanted);
    QFETCH(bool, expected);
    const NewLogEntry entry{"1", 5, "warn", "Payment at \"Café\" is slow; \x1b[32mINFO\x1b[0m server",
                            R"({"order":1041,"step":"\u001b[32mok\u001b[0m done"})"};
    QCOMPARE(passes({{}, {}, {}, wanted.toStdString()}, entry), expected);
}

void TestLogFilter::everyPartMustHold()
{
    const NewLogEntry entry{"1", 150, "warn", "slow", ""};
    QVERIFY(passes({{"warn"}, 100, 200, "slow"}, entry));
    QVERIFY(!passes({{"info"}, 100, 200, "slow"}, entry));
    QVERIFY(!passes({{"warn"}, 151, 200, "slow"}, entry));
    QVERIFY(!passes({{"warn"}, 100, 149, "slow"}, entry));
    QVERIFY(!passes({{"warn"}, 100, 200, "fast"}, entry));
}

VIGIE_TEST(TestLogFilter)
#include "tst_logfilter.moc"
