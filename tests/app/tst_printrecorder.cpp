// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/printrecorder.h"
#include "testmain.h"

#include <QTest>

using namespace vigie;

class TestPrintRecorder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void metadataIsAddedTo_data();
    void metadataIsAddedTo();
    void theTimeIsThatOfTheFirstByte();
};

namespace {

/// What stands behind `"metadata":` in the only line, up to the application.
std::string metadataOf(const std::string& lines)
{
    const std::size_t begin = lines.find("\"metadata\":");
    return begin == std::string::npos ? std::string() : lines.substr(begin + 11, lines.rfind(",\"appId\"") - begin - 11);
}

} // namespace

void TestPrintRecorder::metadataIsAddedTo_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("metadata");
    QTest::newRow("text") << QByteArray("hello") << QByteArray(R"({"stream":"stderr","pid":7})");
    QTest::newRow("JSON") << QByteArray(R"({"level":"info","message":"a","k":1})") << QByteArray(R"({"stream":"stderr","pid":7,"k":1})");
    QTest::newRow("its own") << QByteArray(R"({"level":30,"msg":"a","pid":12})") << QByteArray(R"({"stream":"stderr","pid":12})");
    QTest::newRow("an empty one") << QByteArray(R"({"level":"info","message":"a","metadata":{}})")
                                  << QByteArray(R"({"stream":"stderr","pid":7})");
    QTest::newRow("a list") << QByteArray(R"({"level":"info","message":"a","metadata":[1,2]})")
                            << QByteArray(R"({"stream":"stderr","pid":7,"metadata":[1,2]})");
}

void TestPrintRecorder::metadataIsAddedTo()
{
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, metadata);
    PrintRecorder recorder("shop", "ann", {{"stream", "\"stderr\""}, {"pid", "7"}});
    recorder.add(line.toStdString() + '\n', 1'700'000'000'000);
    recorder.finish();
    QCOMPARE(metadataOf(recorder.takeLines()), metadata.toStdString());
}

void TestPrintRecorder::theTimeIsThatOfTheFirstByte()
{
    PrintRecorder recorder("shop", "ann", {});
    recorder.add("one\ntw", 1'000);
    recorder.add("o\nthree", 2'000);
    recorder.add(" is long", 3'000);
    recorder.finish();
    const std::string lines = recorder.takeLines();
    QVERIFY(lines.find("\"timestamp\":1000,\"level\":\"info\",\"message\":\"one\"") != std::string::npos);
    QVERIFY(lines.find("\"timestamp\":1000,\"level\":\"info\",\"message\":\"two\"") != std::string::npos);
    QVERIFY(lines.find("\"timestamp\":2000,\"level\":\"info\",\"message\":\"three is long\"") != std::string::npos);
    QVERIFY(recorder.takeLines().empty());
}

VIGIE_TEST(TestPrintRecorder)
#include "tst_printrecorder.moc"
