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
    void linesOfLibraries_data();
    void linesOfLibraries();
    void timesWithoutAZoneAreToldApart();
    void dockersLinesAreToldApart();
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

/// Lines that the real libraries wrote.
void TestJsonLogLine::linesOfLibraries_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<qint64>("timeMs");
    QTest::addColumn<QByteArray>("level");
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QByteArray>("metadata");
    const auto add = [](const char* name, const char* line, qint64 time, const char* level, const char* message, const char* metadata) {
        QTest::newRow(name) << QByteArray(line) << time << QByteArray(level) << QByteArray(message) << QByteArray(metadata);
    };
    add("pino, keys that stand twice", R"({"level":30,"time":1796033104687,"pid":7,"msg":"mine","time":5,"level":"x","msg":"hi"})",
        1'796'033'104'687, "30", "hi", R"({"pid":7,"time":5,"level":"x","msg":"mine"})");
    add("winston, an error alone", R"({"level":"error"})", -1, "error", R"({"level":"error"})", "");
    add("tslog", R"({"level":"INFO","levelId":3,"time":"2026-11-30T10:18:44.408Z","message":"hello"})", 1'796'033'924'408, "INFO", "hello",
        R"({"levelId":3})");
    add("roarr", R"({"context":{"logLevel":30},"message":"hi","sequence":"0","time":1796033104687,"version":"2.0.0"})", 1'796'033'104'687,
        "30", "hi", R"({"context":{"logLevel":30},"sequence":"0","version":"2.0.0"})");
    add("structlog", R"({"event":"hello","level":"warning","timestamp":1796033104.687})", 1'796'033'104'687, "warning", "hello", "");
    add("python-json-logger", R"({"message": "hello", "x": NaN, "y": "NaN"})", -1, "", "hello", R"({"x":null,"y":"NaN"})");
    add("GELF", R"({"version":"1.1","host":"vm","short_message":"hi","timestamp":1796033104.687,"level":3})", 1'796'033'104'687, "err",
        "hi", R"({"version":"1.1","host":"vm"})");
    add("journal", R"({"PRIORITY":"4","message":"hi"})", -1, "warning", "hi", "");
    add("bytes that are no UTF-8", "{\"msg\":\" bad \xff end\"}", -1, "", " bad \xEF\xBF\xBD end", "");
    add("a sequence", "\x1e{\"msg\":\"hi\"}", -1, "", "hi", "");
    add("nanoseconds", R"({"msg":"hi","ts":1796033104687123456})", 1'796'033'104'687, "", "hi", "");
    add("digits", R"({"msg":"hi","time":"1796033104687"})", 1'796'033'104'687, "", "hi", "");
}

void TestJsonLogLine::linesOfLibraries()
{
    QFETCH(QByteArray, line);
    QFETCH(qint64, timeMs);
    QFETCH(QByteArray, level);
    QFETCH(QByteArray, message);
    QFETCH(QByteArray, metadata);
    JsonLogLineReader reader;
    const auto read = reader.read(line.toStdString());
    QVERIFY(read);
    QCOMPARE(qint64(read->timestampMs.value_or(-1)), timeMs);
    QCOMPARE(QByteArray::fromStdString(std::string(read->level)), level);
    QCOMPARE(QByteArray::fromStdString(std::string(read->message)), message);
    QCOMPARE(QByteArray::fromStdString(std::string(read->metadataJson)), metadata);
}

void TestJsonLogLine::timesWithoutAZoneAreToldApart()
{
    JsonLogLineReader reader;
    auto read = reader.read(R"({"msg":"x","asctime":"2026-11-30 15:48:45,593"})");
    QVERIFY(read);
    QCOMPARE(std::string(read->localTime), std::string("2026-11-30 15:48:45.593"));
    QCOMPARE(qint64(*read->timestampMs), qint64(1'796'053'725'593));
    read = reader.read(R"({"msg":"x","time":"2026-11-30T15:48:45-05:00"})");
    QVERIFY(read && read->localTime.empty());
}

void TestJsonLogLine::dockersLinesAreToldApart()
{
    JsonLogLineReader reader;
    auto read = reader.read(R"({"log":"hello\n","stream":"stderr","time":"2026-11-30T10:00:24.38Z"})");
    QVERIFY(read && read->isContainers);
    QCOMPARE(std::string(read->message), std::string("hello\n"));
    QCOMPARE(std::string(read->stream), std::string("stderr"));
    read = reader.read(R"({"msg":"x","stream":"stderr","time":"2026-11-30T10:00:24.38Z"})");
    QVERIFY(read && !read->isContainers);
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
                             "{\"msg\":7}", "{\"msg\":\"\\x\"}"}) {
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
