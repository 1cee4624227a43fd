// SPDX-License-Identifier: GPL-3.0-or-later
// Entries as comma-separated values.
#include "core/csv.h"
#include "testmain.h"

#include <QTest>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestCsv : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rowsAreWritten_data();
    void rowsAreWritten();
};

void TestCsv::rowsAreWritten_data()
{
    QTest::addColumn<qint64>("timeMs");
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QByteArray>("metadata");
    QTest::addColumn<QByteArray>("row");
    const auto row = [](const char* name, qint64 timeMs, const QByteArray& message, const QByteArray& metadata, const QByteArray& line) {
        QTest::newRow(name) << timeMs << message << metadata << line;
    };
    row("plain", 1, "é ok", {}, "id-1,1970-01-01T00:00:00.001Z,info,é ok,,shop,ann\r\n");
    row("quoted", 1, "a, \"b\"\nc", R"({"k":1.10})",
        "id-1,1970-01-01T00:00:00.001Z,info,\"a, \"\"b\"\"\nc\",\"{\"\"k\"\":1.10}\",shop,ann\r\n");
    row("a formula", 1, "=1+1", {}, "id-1,1970-01-01T00:00:00.001Z,info,'=1+1,,shop,ann\r\n");
    row("a formula within quotes", 1, "@a,b", {}, "id-1,1970-01-01T00:00:00.001Z,info,\"'@a,b\",,shop,ann\r\n");
    row("a year far away", 253'402'300'800'000, "x", {}, "id-1,+010000-01-01T00:00:00.000Z,info,x,,shop,ann\r\n");
}

void TestCsv::rowsAreWritten()
{
    QFETCH(qint64, timeMs);
    QFETCH(QByteArray, message);
    QFETCH(QByteArray, metadata);
    QFETCH(QByteArray, row);
    auto batch = std::make_shared<LogBatch>("shop");
    batch->append({"id-1", timeMs, "info", message.toStdString(), metadata.toStdString()}, LogOrigin("shop", "ann"));
    std::string out = "before";
    appendCsvRow(out, {batch, 0});
    QCOMPARE(QByteArray::fromStdString(out), "before" + row);
}

VIGIE_TEST(TestCsv)
#include "tst_csv.moc"
