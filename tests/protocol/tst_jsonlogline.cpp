// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/jsonlogline.h"
#include "testmain.h"

#include <QTest>

using namespace vigie;

class TestJsonLogLine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knownFormsAreRead_data();
    void knownFormsAreRead();
    void otherTextIsNone_data();
    void otherTextIsNone();
    void numbersKeepTheirDigits();
};

void TestJsonLogLine::knownFormsAreRead_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<qint64>("timeMs");
    QTest::addColumn<QByteArray>("level");
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QByteArray>("user");
    QTest::addColumn<QByteArray>("metadata");
    QTest::newRow("exported") << QByteArray(
        R"({"id":"1","timestamp":1700000000123,"level":"warn","message":"a\nb","metadata":{"k":1},"appId":"shop","userId":"ann"})")
                              << qint64(1'700'000'000'123) << QByteArray("warn") << QByteArray("a\nb") << QByteArray("ann")
                              << QByteArray(R"({"k":1})");
    QTest::newRow("pino") << QByteArray(R"({"level":30,"time":1700000000123,"pid":7,"msg":"hi"})") << qint64(1'700'000'000'123)
                          << QByteArray("30") << QByteArray("hi") << QByteArray() << QByteArray(R"({"pid":7})");
    QTest::newRow("zap") << QByteArray(R"({"level":"error","ts":1700000000.5,"msg":"hi","err":{"a":[1, 2]}})")
                         << qint64(1'700'000'000'500) << QByteArray("error") << QByteArray("hi") << QByteArray()
                         << QByteArray(R"({"err":{"a":[1,2]}})");
    QTest::newRow("ISO") << QByteArray(R"(  {"@timestamp":"2023-11-14T22:13:20Z","severity":"INFO","message":"hi"})")
                         << qint64(1'700'000'000'000) << QByteArray("INFO") << QByteArray("hi") << QByteArray() << QByteArray();
    QTest::newRow("no time") << QByteArray(R"({"msg":"hi","time":"noon"})") << qint64(-1) << QByteArray() << QByteArray("hi")
                             << QByteArray() << QByteArray();
    QTest::newRow("both") << QByteArray(R"({"msg":"hi","metadata":{"k":1},"x":null})") << qint64(-1) << QByteArray()
                          << QByteArray("hi") << QByteArray() << QByteArray(R"({"x":null,"metadata":{"k":1}})");
}

void TestJsonLogLine::knownFormsAreRead()
{
    QFETCH(QByteArray, line);
    QFETCH(qint64, timeMs);
    QFETCH(QByteArray, level);
    QFETCH(QByteArray, message);
    QFETCH(QByteArray, user);
    QFETCH(QByteArray, metadata);
    JsonLogLineReader reader;
    (void)reader.read(R"({"msg":"before","level":"debug","userId":"x","a":1})"); // of which nothing may be left
    const auto read = reader.read(line.toStdString());
    QVERIFY(read);
    QCOMPARE(qint64(read->timestampMs.value_or(-1)), timeMs);
    QCOMPARE(QByteArray::fromStdString(std::string(read->level)), level);
    QCOMPARE(QByteArray::fromStdString(std::string(read->message)), message);
    QCOMPARE(QByteArray::fromStdString(std::string(read->userId)), user);
    QCOMPARE(QByteArray::fromStdString(std::string(read->metadataJson)), metadata);
}

void TestJsonLogLine::otherTextIsNone_data()
{
    QTest::addColumn<QByteArray>("line");
    for (const char* line : {"", "plain", "{", "{}", "{\"a\":1}", "[{\"msg\":\"x\"}]", "{\"msg\":\"x\"} and more", "{\"msg\":\"x\"",
                             "{\"msg\":7}", "{\"msg\":\"\xff\"}"}) {
        QTest::newRow(line) << QByteArray(line);
    }
    QTest::newRow("deep") << QByteArray("{\"msg\":\"x\",\"a\":") + QByteArray(10'000, '[');
}

void TestJsonLogLine::otherTextIsNone()
{
    QFETCH(QByteArray, line);
    JsonLogLineReader reader;
    QVERIFY(!reader.read(line.toStdString()));
}

void TestJsonLogLine::numbersKeepTheirDigits()
{
    JsonLogLineReader reader;
    const auto read = reader.read(R"({"msg":"x","n":12345678901234567890,"f":1.10})");
    QVERIFY(read);
    QCOMPARE(std::string(read->metadataJson), std::string(R"({"n":12345678901234567890,"f":1.10})"));
}

VIGIE_TEST(TestJsonLogLine)
#include "tst_jsonlogline.moc"
