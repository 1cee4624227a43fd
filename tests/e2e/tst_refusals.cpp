// SPDX-License-Identifier: GPL-3.0-or-later
// What cannot be accepted: a clear answer, nothing changed, and the connection lives on.
#include "harness.h"
#include "testmain.h"

using namespace vigie::e2e;
using namespace Qt::StringLiterals;

class TestRefusals : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void refused_data();
    void refused();
    void malformedEntriesTakeNoOtherWithThem();
    void whereAllAreRefusedTheAckSaysSo();
    void cleanupTestCase();

private:
    VigieProcess m_vigie;
    int m_number = 0;
    std::unique_ptr<Client> m_ann;
};

void TestRefusals::initTestCase()
{
    QVERIFY(m_vigie.start());
}

void TestRefusals::cleanupTestCase()
{
    m_ann.reset();
    QCOMPARE(m_vigie.stop(), 0);
}

void TestRefusals::init()
{
    m_ann = std::make_unique<Client>();
    QVERIFY(m_ann->signIn(m_vigie, u"app-%1"_s.arg(++m_number), u"ann"_s));
}

void TestRefusals::refused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("requestType");
    const QString badJson = u"invalid_json"_s;
    const QString bad = u"invalid_message"_s;
    const auto row = [](const char* name, const QByteArray& text, const QString& code, const char* type = nullptr) {
        QTest::newRow(name) << text << code << (type ? QString::fromLatin1(type) : QString());
    };
    row("not JSON", "hello", badJson);
    row("cut", R"({"type":"logs")", badJson);
    row("empty", "", badJson);
    row("two documents", "{}{}", badJson);
    row("number beyond a double", R"({"type":"clear","data":1e999})", badJson);
    row("too deep", R"({"type":"clear","data":)" + QByteArray(40, '[') + QByteArray(40, ']') + "}", badJson);
    row("an array", "[]", bad);
    row("a number", "7", bad);
    row("no type", R"({"data":{}})", bad);
    row("type is a number", R"({"type":7})", bad);
    row("unknown type", R"({"type":"dance"})", u"unknown_type"_s, "dance");
    row("logs without data", R"({"type":"logs"})", bad, "logs");
    row("logs is text", R"({"type":"logs","data":{"logs":"x"}})", bad, "logs");
    row("entry without level", R"({"type":"logs","data":{"logs":[{"message":"m"}]}})", u"entries_refused"_s, "logs");
    row("entry without message", R"({"type":"logs","data":{"logs":[{"level":"a"}]}})", u"entries_refused"_s, "logs");
    row("level too long", R"({"type":"logs","data":{"level":")" + QByteArray(65, 'a') + R"(","message":""}})",
        u"entries_refused"_s, "logs");
    row("empty level", R"({"type":"logs","data":{"level":"","message":""}})", u"entries_refused"_s, "logs");
    row("empty id", R"({"type":"logs","data":{"id":"","level":"a","message":""}})", u"entries_refused"_s, "logs");
    row("id with control", R"({"type":"logs","data":{"id":"\n","level":"a","message":""}})", u"entries_refused"_s, "logs");
    row("id too long", R"({"type":"logs","data":{"id":")" + QByteArray(129, 'a') + R"(","level":"a","message":""}})",
        u"entries_refused"_s, "logs");
    row("bad timestamp", R"({"type":"logs","data":{"timestamp":"soon","level":"a","message":""}})", u"entries_refused"_s, "logs");
    row("timestamp beyond", R"({"type":"logs","data":{"timestamp":8.65e15,"level":"a","message":""}})", u"entries_refused"_s,
        "logs");
    row("5,001 entries", R"({"type":"logs","data":[)" + QByteArray(R"({"level":"a","message":""},)").repeated(5000)
            + R"({"level":"a","message":""}]})", u"batch_too_large"_s, "logs");
    row("filter is no object", R"({"type":"filter","data":[]})", bad, "filter");
    row("search is a number", R"({"type":"filter","data":{"search":7}})", bad, "filter");
    row("limit 0", R"({"type":"history","data":{"limit":0}})", bad, "history");
    row("limit 1.5", R"({"type":"request_history","data":{"limit":1.5}})", bad, "request_history");
    row("response_type", R"({"type":"history","ws_sent_config":{"response_type":"a\"b"}})", bad, "history");
    row("intervalMs 249", R"({"type":"subscribe","data":{"metrics":{"intervalMs":249}}})", bad, "subscribe");
    row("intervalMs huge", R"({"type":"subscribe","data":{"metrics":{"intervalMs":3600001}}})", bad, "subscribe");
    row("detail is text", R"({"type":"subscribe","data":{"detail":"yes"}})", bad, "subscribe");
    row("metrics is text", R"({"type":"send_metrics","data":{"metrics":"x"}})", bad, "send_metrics");
    row("metrics without data", R"({"type":"metrics"})", bad, "metrics");
    row("command without type", R"({"type":"command","data":{}})", bad, "command");
}

void TestRefusals::refused()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, code);
    QFETCH(QString, requestType);
    m_ann->socket().sendTextMessage(QString::fromUtf8(text));
    const QJsonObject payload = m_ann->takePayload(u"error"_s);
    QCOMPARE(payload["code"_L1].toString(), code);
    QVERIFY(!payload["message"_L1].toString().isEmpty());
    QCOMPARE(payload.contains(u"requestType"_s), !requestType.isEmpty());
    QCOMPARE(payload["requestType"_L1].toString(), requestType);
    QVERIFY(m_ann->sync());
    // Exactly one answer; `metrics` and `stored` come by themselves.
    QCOMPARE(m_ann->messages().size() - m_ann->count(u"metrics"_s) - m_ann->count(u"stored"_s), 0);
    m_ann->send(u"history"_s);
    QCOMPARE(m_ann->take(u"history"_s)["payload"_L1].toArray().size(), 0);
}

void TestRefusals::malformedEntriesTakeNoOtherWithThem()
{
    // A byte of Latin-1, a half of a pair, NaN, an array: and between them three that are as they should be.
    m_ann->socket().sendBinaryMessage(
        R"({"type":"logs","data":{"ack":true,"logs":[{"id":"1","level":"WRN","message":"1"},)"
        "{\"level\":\"a\",\"message\":\"caf\xe9\"},"
        R"({"id":"2","level":40,"message":"cut \ud83d"},{"level":"a","message":"m","metadata":NaN},{"level":[]},)"
        R"({"id":"3","level":"a","message":"3","timestamp":1769860800}]}})");
    const QJsonObject error = m_ann->takePayload(u"error"_s);
    QCOMPARE(error["code"_L1].toString(), u"entries_refused"_s);
    QCOMPARE(error["requestType"_L1].toString(), u"logs"_s);
    QVERIFY2(error["message"_L1].toString().startsWith(u"3 of 6 entries were refused: logs[1]: not valid UTF-8"_s),
             qPrintable(error["message"_L1].toString()));
    const QJsonArray refused = error["refused"_L1].toArray();
    QCOMPARE(refused.size(), 3);
    QCOMPARE(refused[0]["index"_L1].toInt(), 1);
    QCOMPARE(refused[1]["index"_L1].toInt(), 3);
    QCOMPARE(refused[2].toObject(), (QJsonObject{{u"index"_s, 4}, {u"message"_s, u"level must be text or a number"_s}}));
    const QJsonObject ack = m_ann->takePayload(u"logs_ack"_s);
    QCOMPARE(ack["count"_L1].toInt(), 3);
    QCOMPARE(ack["lastId"_L1].toString(), u"3"_s);
    QCOMPARE(ack["refused"_L1].toArray(), refused);
    QVERIFY(m_ann->waitFor(u"logs"_s));
    const QJsonArray taken = m_ann->takeEntries();
    QCOMPARE(taken.size(), 3);
    QCOMPARE(taken[0]["level"_L1].toString(), u"WRN"_s);
    QCOMPARE(taken[1]["message"_L1].toString(), u"cut \ufffd"_s);
    QCOMPARE(taken[1]["level"_L1].toString(), u"40"_s);
    QCOMPARE(taken[2]["timestamp"_L1].toInteger(), 1769860800000);
    // What was sent in another dialect is found by its meaning, in what is stored too.
    m_ann->send(u"filter"_s, QJsonObject{{u"level"_s, u"warn"_s}});
    m_ann->send(u"history"_s);
    QCOMPARE(m_ann->take(u"history"_s)["payload"_L1].toArray().size(), 2);
}

void TestRefusals::whereAllAreRefusedTheAckSaysSo()
{
    m_ann->sendText(uR"({"type":"logs","data":{"ack":true,"logs":[{"level":[]},7]}})"_s);
    QCOMPARE(m_ann->takePayload(u"error"_s)["refused"_L1].toArray().size(), 2);
    const QJsonObject ack = m_ann->takePayload(u"logs_ack"_s);
    QCOMPARE(ack["count"_L1].toInt(-1), 0);
    QCOMPARE(ack["lastId"_L1].toString(u"?"_s), QString());
    QCOMPARE(ack["refused"_L1].toArray().size(), 2);
    QVERIFY(m_ann->sync());
    QCOMPARE(m_ann->count(u"logs"_s), 0);
}

VIGIE_TEST(TestRefusals)
#include "tst_refusals.moc"
