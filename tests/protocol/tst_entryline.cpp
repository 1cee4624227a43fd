// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/entryline.h"
#include "testmain.h"

#include <QTest>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestEntryLine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comesBackToTheLetter_data();
    void comesBackToTheLetter();
    void keysInAnyOrder();
    void numbersAreMs();
    void halfOfAPairIsReplaced();
    void applicationIsTheAskers();
    void whatIsNoEntryIsRefused_data();
    void whatIsNoEntryIsRefused();
};

void TestEntryLine::comesBackToTheLetter_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QByteArray>("metadata");
    QTest::newRow("plain") << QByteArray("hello") << QByteArray();
    QTest::newRow("empty") << QByteArray("") << QByteArray();
    QTest::newRow("escapes") << QByteArray("a\"b\\c\n\td\x01") << QByteArray(R"({"a":"\u0001\n","b":[1,2.50,1e3]})");
    QTest::newRow("nul") << QByteArray("a\0b", 3) << QByteArray("null");
    QTest::newRow("unicode") << u"é漢😀\u2028"_s.toUtf8() << QByteArray("\"text\"");
    QTest::newRow("number") << QByteArray("m") << QByteArray("12345678901234567890");
    QTest::newRow("names of ours within") << QByteArray("m")
                                          << QByteArray(R"({"id":7,"userId":[],"logs":[{}],"ack":1})");
}

void TestEntryLine::comesBackToTheLetter()
{
    QFETCH(QByteArray, message);
    QFETCH(QByteArray, metadata);
    LogBatch batch("shop");
    batch.append({"id \"1\"", 8'640'000'000'000'000, "warn", message.toStdString(), metadata.toStdString(), true},
                 LogOrigin("shop", "ann \\ é"));
    EntryLineReader reader("shop");
    for (int i = 0; i < 2; ++i) {
        const Result<LogBatch> read = reader.read(std::string(batch.json()) + (i ? "\r\n" : ""));
        QVERIFY2(read, qPrintable(read ? QString() : read.error().message));
        QCOMPARE(read->size(), 1u);
        QCOMPARE(read->json(), batch.json());
        QCOMPARE(read->userId(0), batch.userId(0));
        QVERIFY(read->idIsProducers(0));
    }
}

void TestEntryLine::keysInAnyOrder()
{
    EntryLineReader reader("shop");
    const Result<LogBatch> read =
        reader.read(R"({"userId":"ann","message":"m","extra":{},"timestamp":"1970-01-01T00:00:01Z",)"
                    R"("level":"info","id":"1"})");
    QVERIFY(read);
    QCOMPARE(read->json(), R"({"id":"1","timestamp":1000,"level":"info","message":"m","appId":"shop","userId":"ann"})");
}

void TestEntryLine::numbersAreMs()
{
    // Whatever they may mean on the wire: it was Vigie that wrote them.
    EntryLineReader reader("shop");
    for (const char* ms : {"0", "1769860800", "999999999999", "1769860800000", "1769860800000000"}) {
        const std::string line =
            R"({"id":"1","timestamp":)" + std::string(ms) + R"(,"level":"info","message":"m","appId":"shop","userId":"ann"})";
        const Result<LogBatch> read = reader.read(line);
        QVERIFY(read);
        QCOMPARE(read->json(), line);
    }
}

void TestEntryLine::halfOfAPairIsReplaced()
{
    EntryLineReader reader("shop");
    const Result<LogBatch> read =
        reader.read(R"({"id":"1","timestamp":1,"level":"info","message":"\ud83d","metadata":"\ud83d","userId":"ann"})");
    QVERIFY(read);
    QCOMPARE(read->message(0), "\xef\xbf\xbd");
    QCOMPARE(read->metadataJson(0), R"("\ufffd")");
}

void TestEntryLine::applicationIsTheAskers()
{
    EntryLineReader reader("bank");
    const Result<LogBatch> read =
        reader.read(R"({"id":"1","timestamp":1,"level":"info","message":"m","appId":"shop","userId":"ann"})");
    QVERIFY(read);
    QCOMPARE(read->json(), R"({"id":"1","timestamp":1,"level":"info","message":"m","appId":"bank","userId":"ann"})");
}

void TestEntryLine::whatIsNoEntryIsRefused_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("problem");
    const auto entry = [](const char* fields) {
        return QByteArray("{\"level\":\"info\",\"message\":\"m\"") + fields + "}";
    };
    QTest::newRow("no JSON") << QByteArray("hello") << QString();
    QTest::newRow("cut off") << QByteArray(R"({"id":"1","timest)") << QString();
    QTest::newRow("two on a line") << entry(R"(,"id":"1","timestamp":1,"userId":"a")") + entry("") << QString();
    QTest::newRow("bad UTF-8") << entry(",\"id\":\"\xff\",\"timestamp\":1,\"userId\":\"a\"") << QString();
    QTest::newRow("a number too near to 0") << entry(R"(,"id":"1","timestamp":1,"userId":"a","metadata":1e-400)")
                                            << u"a number is malformed or out of range"_s;
    QTest::newRow("array") << QByteArray("[]") << u"must be an object"_s;
    QTest::newRow("text") << QByteArray("\"entry\"") << u"must be an object"_s;
    QTest::newRow("no id") << entry(R"(,"timestamp":1,"userId":"a")") << u"id is missing or not text"_s;
    QTest::newRow("null id") << entry(R"(,"id":null,"timestamp":1,"userId":"a")") << u"id is missing or not text"_s;
    QTest::newRow("empty id") << entry(R"(,"id":"","timestamp":1,"userId":"a")") << u"id must not be empty"_s;
    QTest::newRow("no time") << entry(R"(,"id":"1","userId":"a")") << u"timestamp is missing"_s;
    QTest::newRow("null time") << entry(R"(,"id":"1","timestamp":null,"userId":"a")") << u"timestamp is missing"_s;
    QTest::newRow("bad time") << entry(R"(,"id":"1","timestamp":-1,"userId":"a")")
                              << u"timestamp out of range (ms since 1970 are expected)"_s;
    QTest::newRow("no user") << entry(R"(,"id":"1","timestamp":1)") << u"userId is missing or not text"_s;
    QTest::newRow("empty user") << entry(R"(,"id":"1","timestamp":1,"userId":"")") << u"userId must not be empty"_s;
    QTest::newRow("a user that none can be")
        << entry(R"(,"id":"1","timestamp":1,"userId":"..")") << u"userId must not be \".\" or \"..\""_s;
    QTest::newRow("no level") << QByteArray(R"({"id":"1","timestamp":1,"userId":"a","message":"m"})")
                              << u"level is missing or empty"_s;
    QTest::newRow("no message") << QByteArray(R"({"id":"1","timestamp":1,"userId":"a","level":"info"})")
                                << u"message is missing"_s;
    QTest::newRow("many in one") << QByteArray(R"({"logs":[{"id":"1","timestamp":1,"level":"i","message":"m"}],)"
                                               R"("id":"1","timestamp":1,"userId":"a"})")
                                 << u"level is missing or empty"_s;
}

void TestEntryLine::whatIsNoEntryIsRefused()
{
    QFETCH(QByteArray, line);
    QFETCH(QString, problem);
    EntryLineReader reader("shop");
    const Result<LogBatch> read = reader.read(line.toStdString());
    QVERIFY(!read);
    QVERIFY(!read.error().message.isEmpty());
    if (!problem.isEmpty())
        QCOMPARE(read.error().message, problem);
    // The next is not the worse for it.
    QVERIFY(reader.read(R"({"id":"1","timestamp":1,"level":"info","message":"m","appId":"shop","userId":"ann"})"));
}

VIGIE_TEST(TestEntryLine)
#include "tst_entryline.moc"
