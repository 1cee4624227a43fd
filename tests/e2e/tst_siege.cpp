// SPDX-License-Identifier: GPL-3.0-or-later
// Everything that is hostile, again and again, while an honest producer and an honest viewer go on as if nothing were: they miss
// nothing, and what the attacks cost is gone when they are.
#include "harness.h"

#include <QTimer>
#include <memory>
#include <sys/socket.h>
#include <vector>

using namespace vigie::e2e;
using namespace Qt::StringLiterals;

namespace {

// A sanitizer keeps memory that was freed, and its own books of it.
#ifdef VIGIE_IS_SANITIZED
constexpr bool isMemoryOurs = false;
#else
constexpr bool isMemoryOurs = true;
#endif

constexpr int rounds = 3; // the first warms up
constexpr qint64 stirBytes = 4 * 1024 * 1024; // what comes and goes anyway: entries on their way, the store's pages

QByteArray masked(int firstByte, const QByteArray& payload)
{
    return RawClient::frame(firstByte, payload);
}

/// The head of a frame whose payload of `length` bytes does not follow.
QByteArray lyingHead(quint64 length)
{
    QByteArray head = "\x81\xff";
    for (int shift = 56; shift >= 0; shift -= 8)
        head += char(length >> shift & 0xff);
    return head + QByteArray(4, '\0');
}

} // namespace

class TestSiege : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void strangersGetNothing_data();
    void strangersGetNothing();
    void othersGetNothingOfOurs_data();
    void othersGetNothingOfOurs();
    void oddRequestsAreRefused_data();
    void oddRequestsAreRefused();
    void theHonestMissNothing();
    void cleanupTestCase();

private:
    QByteArray host() const { return "127.0.0.1:" + QByteArray::number(m_vigie.port()); }
    bool signIn(Client& client, const QString& token, const QString& appId, const QString& userId);
    /// One that has done the handshake, and signed in if there is a token.
    std::unique_ptr<RawClient> attacker(const QString& token = {});
    QByteArray answerTo(const QByteArray& bytes, int waitMs = 6'000);
    void sendSome();

    void attackHandshakes();
    void attackFrames();
    void attackFragments();
    void attackPings();
    void attackJson();
    void attackCloses();
    void attackHeads();
    void attackConnections();

    VigieProcess m_vigie;
    QString m_bankToken;
    QString m_revoked;
    Client m_viewer;
    Client m_producer;
    QTimer m_sending;
    int m_sent = 0;
};

bool TestSiege::signIn(Client& client, const QString& token, const QString& appId, const QString& userId)
{
    if (!client.open(m_vigie.url()))
        return false;
    client.send(u"auth"_s, QJsonObject{{u"appId"_s, appId}, {u"userId"_s, userId}, {u"token"_s, token}});
    return client.waitFor(u"auth_success"_s);
}

void TestSiege::initTestCase()
{
    QVERIFY(m_vigie.start({u"--require-token"_s}));
    const QString viewer = m_vigie.addToken({u"--user"_s, u"ann"_s, u"--app"_s, u"shop"_s});
    const QString producer = m_vigie.addToken({u"--user"_s, u"till"_s, u"--app"_s, u"shop"_s, u"--role"_s, u"producer"_s});
    m_bankToken = m_vigie.addToken({u"--user"_s, u"eve"_s, u"--app"_s, u"bank"_s, u"--role"_s, u"operator"_s});
    m_revoked = m_vigie.addToken({u"--user"_s, u"eve"_s, u"--app"_s, u"shop"_s});
    QCOMPARE(m_vigie.command({u"token"_s, u"revoke"_s, u"4"_s}), QByteArray());
    QVERIFY(signIn(m_viewer, viewer, u"shop"_s, u"ann"_s));
    QVERIFY(signIn(m_producer, producer, u"shop"_s, u"till"_s));
    connect(&m_sending, &QTimer::timeout, this, &TestSiege::sendSome);
    m_sending.start(10);
}

void TestSiege::cleanupTestCase()
{
    QCOMPARE(m_vigie.stop(), 0);
    QCOMPARE(m_vigie.err(), QByteArray());
}

void TestSiege::sendSome()
{
    m_producer.send(u"logs"_s, QJsonObject{{u"logs"_s, entries(u"honest "_s, m_sent, 2)}});
    m_sent += 2;
}

std::unique_ptr<RawClient> TestSiege::attacker(const QString& token)
{
    auto client = std::make_unique<RawClient>();
    if (!client->connectTo(m_vigie) || !client->handshake())
        return nullptr;
    if (!token.isEmpty()) {
        client->sendFrame("{\"type\":\"auth\",\"data\":{\"token\":\"" + token.toLatin1() + "\",\"appId\":\"bank\"}}");
        if (client->nextMessage(u"auth_success"_s).isEmpty())
            return nullptr;
    }
    return client;
}

QByteArray TestSiege::answerTo(const QByteArray& bytes, int waitMs)
{
    RawClient client;
    if (!client.connectTo(m_vigie))
        return "no connection";
    client.write(bytes);
    client.waitForText("\r\n\r\n", waitMs);
    return client.received();
}

void TestSiege::strangersGetNothing_data()
{
    QTest::addColumn<QByteArray>("message");
    for (const char* message : {
             R"({"type":"logs","data":{"logs":[{"level":"info","message":"x"}],"ack":true}})",
             R"({"type":"filter","data":{}})",
             R"({"type":"request_history"})",
             R"({"type":"history"})",
             R"({"type":"request_metrics"})",
             R"({"type":"subscribe","data":{"detail":true}})",
             R"({"type":"send_metrics","data":{"metrics":{"a":1}}})",
             R"({"type":"metrics","data":{"metrics":{"a":1}}})",
             R"({"type":"clear"})",
             R"({"type":"check_status"})",
             R"({"type":"command","data":{"type":"stop"}})",
             R"({"type":"get_last_actions"})",
             R"({"type":"auth_success"})",
             R"({"type":""})",
         })
        QTest::newRow(message) << QByteArray(message);
    QTest::newRow("no token") << QByteArray(R"({"type":"auth","data":{"appId":"shop","userId":"ann"}})");
    QTest::newRow("revoked") << "{\"type\":\"auth\",\"data\":{\"appId\":\"shop\",\"userId\":\"eve\",\"token\":\""
                                    + m_revoked.toLatin1() + "\"}}";
    QTest::newRow("other application") << "{\"type\":\"auth\",\"data\":{\"appId\":\"shop\",\"token\":\"" + m_bankToken.toLatin1()
                                              + "\"}}";
    QTest::newRow("other user") << "{\"type\":\"auth\",\"data\":{\"appId\":\"bank\",\"userId\":\"ann\",\"token\":\""
                                       + m_bankToken.toLatin1() + "\"}}";
    QTest::newRow("no text") << QByteArray(R"({"type":"auth","data":{"appId":"shop","userId":"ann","token":{"$ne":""}}})");
}

void TestSiege::strangersGetNothing()
{
    QFETCH(QByteArray, message);
    const auto client = attacker();
    QVERIFY(client);
    client->sendFrame(message);
    QVERIFY(!client->nextMessage(u"auth_error"_s).isEmpty());
    // Not even what others get in the meantime.
    const int before = m_sent;
    QVERIFY(waitUntil([&] { return m_sent > before + 10; }));
    client->sendFrame(R"({"type":"check_status"})");
    QVERIFY(!client->nextMessage(u"auth_error"_s).isEmpty());
    QVERIFY(!client->received().contains("honest"));
}

void TestSiege::othersGetNothingOfOurs_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::newRow("history before an id of ours")
        << QByteArray(R"({"type":"history","data":{"before":"honest-1","appId":"shop"}})");
    QTest::newRow("history by another name") << QByteArray(R"({"type":"request_history","data":{"appId":"shop","limit":1000}})");
    QTest::newRow("filter") << QByteArray(R"({"type":"filter","data":{"appId":"shop","search":"honest"}})");
    QTest::newRow("since") << QByteArray(R"({"type":"auth","data":{"appId":"bank","since":"1"}})");
    QTest::newRow("clear") << QByteArray(R"({"type":"clear","data":{"appId":"shop"}})");
    QTest::newRow("command") << QByteArray(R"({"type":"command","data":{"type":"stop","appId":"shop","data":{"appId":"shop"}}})");
    QTest::newRow("logs") << QByteArray(
        R"({"type":"logs","data":{"logs":[{"level":"info","message":"forged","appId":"shop","userId":"till","id":"1"}]}})");
    QTest::newRow("figures") << QByteArray(R"({"type":"send_metrics","data":{"appId":"shop","metrics":{"a":1}}})");
    QTest::newRow("sign in anew") << QByteArray(R"({"type":"auth","data":{"appId":"shop"}})");
}

void TestSiege::othersGetNothingOfOurs()
{
    QFETCH(QByteArray, message);
    const int first = m_sent;
    const auto client = attacker(m_bankToken);
    QVERIFY(client);
    client->sendFrame(message);
    QVERIFY(waitUntil([&] { return m_sent > first + 10; }));
    client->sendFrame(R"({"type":"check_status"})");
    QByteArray all;
    while (const auto frame = client->nextFrame()) {
        all += frame->payload;
        if (frame->payload.contains("status_response"))
            break;
    }
    QVERIFY2(!all.contains("honest"), all.constData());
    QVERIFY(m_viewer.isOpen() && m_producer.isOpen());
    for (Client* honest : {&m_viewer, &m_producer}) {
        for (const QString& type : {u"clear"_s, u"command"_s, u"app_metrics"_s})
            QCOMPARE(honest->count(type), 0);
    }
    for (const QByteArray path :
         {"/api/apps/shop/logs", "/api/apps/shop/counts", "/api/apps/shop/metrics", "/api/apps/bank%2f..%2fshop/logs"}) {
        const QByteArray answer = answerTo("GET " + path + " HTTP/1.1\r\nHost: " + host() + "\r\nAuthorization: Bearer "
                                           + m_bankToken.toLatin1() + "\r\n\r\n");
        QVERIFY2(answer.startsWith("HTTP/1.1 401") && !answer.contains("honest"), answer.constData());
    }
}

void TestSiege::oddRequestsAreRefused_data()
{
    QTest::addColumn<QByteArray>("request"); // its head without Host and the empty line
    QTest::addColumn<int>("status");
    const QByteArray get = "GET / HTTP/1.1\r\n";
    const QByteArray post = "POST / HTTP/1.1\r\n";
    for (const char* path :
         {"/../../etc/passwd", "/assets/../../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/..\\..\\etc\\passwd", "/assets/%00",
          "/%c0%ae%c0%ae/etc/passwd", "file:///etc/passwd", "*"})
        QTest::newRow(path) << "GET " + QByteArray(path) + " HTTP/1.1\r\n" << 404;
    // What stands where another server's name does is not looked at: all that is asked here is asked of us.
    QTest::newRow("another server's page") << QByteArray("GET http://evil.example/ HTTP/1.1\r\n") << 200;
    QTest::newRow("another server's file") << QByteArray("GET //etc/passwd HTTP/1.1\r\n") << 404;
    QTest::newRow("two lengths") << get + "Content-Length: 0\r\nContent-Length: 30\r\n" << 400;
    QTest::newRow("length and chunks") << post + "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n" << 400;
    QTest::newRow("chunks and length") << post + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n" << 400;
    QTest::newRow("two encodings") << post + "Transfer-Encoding: xchunked\r\nTransfer-Encoding: chunked\r\n" << 400;
    QTest::newRow("chunks before HTTP/1.1") << QByteArray("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n") << 400;
    QTest::newRow("signed length") << post + "Content-Length: +5\r\n" << 400;
    QTest::newRow("negative length") << post + "Content-Length: -1\r\n" << 400;
    QTest::newRow("lines that end with LF") << QByteArray("GET / HTTP/1.1\nX: y\n") << 400;
    QTest::newRow("one line that ends with LF") << get + "X: y\n" << 400;
    QTest::newRow("CR in a value") << get + "X: a\rHost: evil.example\r\n" << 400;
    QTest::newRow("NUL in a value") << get + "X: a" + QByteArray(1, '\0') + "b\r\n" << 400;
    QTest::newRow("space before colon") << get + "X : y\r\n" << 400;
    QTest::newRow("folded line") << get + "X: y\r\n z\r\n" << 400;
    QTest::newRow("second host") << get + "Host: evil.example\r\n" << 400;
    QTest::newRow("no colon") << get + "nonsense\r\n" << 400;
    QTest::newRow("many fields") << get + QByteArray("a:\r\n").repeated(10'000) << 431;
    QTest::newRow("one long field") << get + "X: " + QByteArray(100'000, 'x') + "\r\n" << 431;
    QTest::newRow("long target") << "GET /" + QByteArray(100'000, 'x') + " HTTP/1.1\r\n" << 431;
}

void TestSiege::oddRequestsAreRefused()
{
    QFETCH(QByteArray, request);
    const QByteArray answer = answerTo(request + "Host: " + host() + "\r\n\r\n");
    QVERIFY2(answer.startsWith("HTTP/1.1 "), answer.constData());
    QTEST(answer.mid(9, 3).toInt(), "status");
    QVERIFY(!answer.contains("root:"));
}

void TestSiege::attackHandshakes()
{
    // Heads that never end, connections that never speak, and ends of one direction.
    std::vector<std::unique_ptr<RawClient>> slow;
    for (int i = 0; i < 60; ++i) {
        auto& client = *slow.emplace_back(std::make_unique<RawClient>());
        QVERIFY(client.connectTo(m_vigie));
        if (i % 3 == 0)
            client.write("GET / HT");
        else if (i % 3 == 1)
            client.write(RawClient::upgradeHead(host()).chopped(2));
        if (i % 4 == 0)
            ::shutdown(int(client.socket().socketDescriptor()), SHUT_WR);
    }
}

void TestSiege::attackFrames()
{
    const QList<QByteArray> bad{masked(0xc1, "{}"),
                                masked(0x83, "{}"),
                                masked(0x09, "x"),
                                masked(0x89, QByteArray(126, 'x')),
                                masked(0x80, "{}"),
                                lyingHead(~quint64(0)),
                                lyingHead(quint64(1) << 63),
                                lyingHead(1'000'000'000),
                                masked(0x81, "\xff\xfe"),
                                masked(0x81, "\xed\xa0\x80"),
                                masked(0x01, "\xc3") + masked(0x80, "\x28"),
                                QByteArray("\x81\x02{}", 4),
                                masked(0x8b, {}),
                                QByteArray("\x81", 1),
                                QByteArray("\x81\xfe\x00", 3)};
    for (const QByteArray& bytes : bad) {
        for (const QString& token : {QString(), m_bankToken}) {
            const auto client = attacker(token);
            QVERIFY(client);
            client->write(bytes);
        }
    }
}

void TestSiege::attackFragments()
{
    const auto client = attacker(m_bankToken);
    QVERIFY(client);
    client->write(masked(0x01, "{"));
    client->write(masked(0x00, " ").repeated(20'000));
    // And one that would be too large in the end.
    const auto large = attacker(m_bankToken);
    QVERIFY(large);
    large->write(masked(0x01, "\""));
    for (int i = 0; i < 40; ++i)
        large->write(masked(0x00, QByteArray(32 * 1024, 'x')));
    QCOMPARE(large->waitForCloseCode(), 1009);
}

void TestSiege::attackPings()
{
    const auto client = attacker(m_bankToken);
    QVERIFY(client);
    client->pauseReading();
    client->write(masked(0x89, QByteArray(125, 'p')).repeated(20'000));
    const auto pongs = attacker(m_bankToken);
    QVERIFY(pongs);
    pongs->write(masked(0x8a, QByteArray(125, 'p')).repeated(5'000));
    QVERIFY(waitUntil([&] { return client->socket().bytesToWrite() < 1'000'000; }));
}

void TestSiege::attackJson()
{
    // Without a level none of them is kept: what is, is memory well spent.
    const QByteArray logs = "{\"type\":\"logs\",\"data\":{\"logs\":[{\"message\":\"x\",\"metadata\":";
    for (const QByteArray& value :
         {QByteArray("[").repeated(100'000), QByteArray("{\"a\":").repeated(100'000),
          "[" + QByteArray("1e999,").repeated(1'000) + "1]", "{\"" + QByteArray(900'000, 'k') + "\":1}",
          "\"" + QByteArray("\\ud800").repeated(10'000) + "\"", "[" + QByteArray("{},").repeated(200'000) + "{}]",
          "{" + QByteArray("\"a\":0,").repeated(100'000) + "\"a\":0}"}) {
        const auto client = attacker(m_bankToken);
        QVERIFY(client);
        client->sendFrame(logs + value + "}]}}");
        client->sendFrame(R"({"type":"check_status"})");
        QVERIFY(!client->nextMessage(u"status_response"_s).isEmpty());
    }
}

void TestSiege::attackCloses()
{
    for (const QByteArray& close :
         {masked(0x88, {}), masked(0x88, "x"), masked(0x88, QByteArray::fromHex("03e7")),
          masked(0x88, QByteArray::fromHex("03e8") + "\xff"),
          masked(0x88, QByteArray::fromHex("03e8")) + masked(0x81, R"({"type":"history"})").repeated(100)}) {
        const auto client = attacker(m_bankToken);
        QVERIFY(client);
        client->write(masked(0x81, R"({"type":"request_metrics"})").repeated(200) + close);
        QVERIFY(client->waitForEnd());
    }
    for (int i = 0; i < 50; ++i) { // gone in the middle of answers
        const auto client = attacker(m_bankToken);
        QVERIFY(client);
        client->write(masked(0x81, R"({"type":"request_history"})").repeated(20));
        client->reset();
    }
}

void TestSiege::attackHeads()
{
    answerTo("GET / HTTP/1.1\r\n" + QByteArray("a:\r\n").repeated(10'000), 300);
    answerTo(QByteArray(200'000, '\r'), 300);
    answerTo(QByteArray(200'000, '\0'), 300);
    answerTo("POST / HTTP/1.1\r\nHost: " + host() + "\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\nffffffff\r\n"
                 + QByteArray(100'000, 'x'),
             300);
}

void TestSiege::attackConnections()
{
    for (int i = 0; i < 400; ++i) {
        RawClient client;
        QVERIFY(client.connectTo(m_vigie));
        if (i % 2 == 0)
            client.write(RawClient::upgradeHead(host()));
        client.reset();
    }
}

void TestSiege::theHonestMissNothing()
{
    const int sockets = m_vigie.socketCount();
    qint64 warm = 0;
    for (int round = 0; round < rounds; ++round) {
        for (const auto attack :
             {&TestSiege::attackHandshakes, &TestSiege::attackFrames, &TestSiege::attackFragments, &TestSiege::attackPings,
              &TestSiege::attackJson, &TestSiege::attackCloses, &TestSiege::attackHeads, &TestSiege::attackConnections}) {
            (this->*attack)();
            if (QTest::currentTestFailed())
                return;
        }
        QVERIFY(waitUntil([&] { return m_vigie.socketCount() == sockets; }, 30'000));
        if (round == 0)
            warm = m_vigie.residentBytes();
    }
    const qint64 after = m_vigie.residentBytes();
    if (isMemoryOurs)
        QVERIFY2(after <= warm * 11 / 10 + stirBytes, qPrintable(u"%1 of %2 bytes"_s.arg(after).arg(warm)));

    m_sending.stop();
    QVERIFY(m_producer.isOpen() && m_viewer.isOpen());
    // All there ever was, from the first test on, and nothing that others have written.
    QJsonArray seen;
    QVERIFY(waitUntil([&] {
        for (const QJsonValue& entry : m_viewer.takeEntries())
            seen.append(entry);
        return seen.size() >= m_sent;
    }, 30'000));
    QVERIFY(m_sent > 200);
    for (int i = 0; i < m_sent; ++i)
        QCOMPARE(seen[i]["message"_L1].toString(), u"honest %1"_s.arg(i));
    QCOMPARE(seen.size(), m_sent);
    QCOMPARE(m_viewer.count(u"gap"_s), 0);
}

QTEST_GUILESS_MAIN(TestSiege)
#include "tst_siege.moc"
