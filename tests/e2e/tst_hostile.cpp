// SPDX-License-Identifier: GPL-3.0-or-later
// Violations of the protocol are refused or disconnected, at no cost to others.
#include "harness.h"
#include "testmain.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QTimer>
#include <memory>
#include <vector>

using namespace vigie::e2e;
using namespace Qt::StringLiterals;

namespace {

/// Whether the answer has a body as long as its head says.
bool isWhole(const QByteArray& answer)
{
    static const QRegularExpression length(u"\r\ncontent-length: (\\d+)\r\n"_s, QRegularExpression::CaseInsensitiveOption);
    const qsizetype head = answer.indexOf("\r\n\r\n");
    const QRegularExpressionMatch said = length.match(QString::fromLatin1(answer.left(head + 2)));
    return head >= 0 && said.hasMatch() && answer.size() >= head + 4 + said.captured(1).toInt();
}

} // namespace

class TestHostile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void deadlines();
    void tooLargeAMessage();
    void badFrames_data();
    void badFrames();
    void oddButAllowedFrames();
    void badText();
    void badHeads_data();
    void badHeads();
    void origins();
    void http_data();
    void http();
    void twoRequestsOnOneConnection();
    void otherSitesAskForNothing();
    void everyAnswerIsGuarded_data();
    void everyAnswerIsGuarded();
    void secondRequestIsLookedAtLikeTheFirst_data();
    void secondRequestIsLookedAtLikeTheFirst();
    void manyConnectionsDropped();
    void theServerIsAsBefore();
    void cleanupTestCase();

private:
    QByteArray host() const { return "127.0.0.1:" + QByteArray::number(m_vigie.port()); }
    /// The server's answer to these bytes, which are `answers` requests, up to its close.
    QByteArray answerTo(const QByteArray& bytes, int answers = 1);

    VigieProcess m_vigie;
    Client m_guest; // connected throughout
    int m_sockets = 0;
};

void TestHostile::initTestCase()
{
    QVERIFY(m_vigie.start({u"--allow-origin"_s, u"http://localhost:5173"_s}));
    {
        Client first; // what is opened only once is open by now
        QVERIFY(first.signIn(m_vigie, u"shop"_s, u"first"_s));
        answerTo("GET / HTTP/1.1\r\nHost: " + host() + "\r\nConnection: close\r\n\r\n");
    }
    QVERIFY(m_guest.signIn(m_vigie, u"shop"_s, u"guest"_s));
    const auto connections = [this] {
        m_guest.send(u"request_metrics"_s);
        return m_guest.takePayload(u"metrics"_s)["activeConnections"_L1].toInt();
    };
    QTRY_COMPARE(connections(), 1);
    // Some files are opened at first use: after one list of processes, all are.
    m_guest.send(u"subscribe"_s, QJsonObject{{u"detail"_s, true}});
    QVERIFY(waitUntil([this] { return m_guest.takePayload(u"metrics_detail"_s).contains("processes"_L1); }));
    m_guest.send(u"subscribe"_s, QJsonObject{{u"detail"_s, false}});
    m_sockets = m_vigie.socketCount();
}

void TestHostile::cleanupTestCase()
{
    QCOMPARE(m_vigie.stop(), 0);
    QCOMPARE(m_vigie.err(), QByteArray());
}

QByteArray TestHostile::answerTo(const QByteArray& bytes, int answers)
{
    RawClient client;
    if (!client.connectTo(m_vigie))
        return "no connection";
    client.write(bytes);
    waitUntil([&] {
        const QByteArray& came = client.received();
        return came.count("HTTP/1.1 ") >= answers && came.indexOf("\r\n\r\n", came.lastIndexOf("HTTP/1.1 ")) >= 0;
    });
    // Some connections stay open for another request; a complete answer is enough.
    client.waitForEnd(300);
    return client.readToEnd(0);
}

void TestHostile::deadlines()
{
    // In parallel: one sends its head byte by byte, one sends nothing, one connects but does not sign in.
    QElapsedTimer clock;
    clock.start();
    RawClient dripping;
    RawClient silent;
    RawClient stranger;
    QVERIFY(dripping.connectTo(m_vigie));
    QVERIFY(silent.connectTo(m_vigie));
    QVERIFY(stranger.connectTo(m_vigie));
    QVERIFY(stranger.handshake());
    QTimer drip;
    connect(&drip, &QTimer::timeout, &dripping, [&dripping] { dripping.write("G"); });
    drip.start(500);
    QVERIFY(dripping.waitForEnd());
    QVERIFY(clock.elapsed() >= 4'500);
    QVERIFY(dripping.readToEnd().startsWith("HTTP/1.1 408 "));
    QVERIFY(silent.readToEnd().startsWith("HTTP/1.1 408 "));
    QVERIFY(!stranger.nextMessage(u"auth_error"_s).isEmpty());
    QVERIFY(clock.elapsed() >= 9'500);
    QCOMPARE(stranger.waitForCloseCode(), 1008);
}

void TestHostile::tooLargeAMessage()
{
    // As one frame, in fragments, and only announced. Repeated, because after masking by chance, the bytes behind the head may
    // look like any frame, even a close.
    for (int i = 0; i < 64; ++i) {
        RawClient whole;
        QVERIFY(whole.connectTo(m_vigie));
        QVERIFY(whole.handshake());
        whole.sendFrame(QByteArray(1024 * 1024 + 1, ' '));
        QCOMPARE(whole.waitForCloseCode(), 1009);
    }

    RawClient fragments;
    QVERIFY(fragments.connectTo(m_vigie));
    QVERIFY(fragments.handshake());
    for (int i = 0; i < 5; ++i)
        fragments.sendFrame(QByteArray(256 * 1024, ' '), i == 0 ? 1 : 0, false);
    QCOMPARE(fragments.waitForCloseCode(), 1009);

    const qint64 before = m_vigie.residentBytes();
    RawClient liar;
    QVERIFY(liar.connectTo(m_vigie));
    QVERIFY(liar.handshake());
    liar.write(QByteArray::fromHex("81ff00000000ffffffff11223344"));
    QCOMPARE(liar.waitForCloseCode(), 1009);
    QVERIFY(m_vigie.residentBytes() - before < 32 * 1024 * 1024);

    // The largest that is allowed.
    Client client;
    QVERIFY(client.signIn(m_vigie, u"large"_s, u"ann"_s));
    const QString head = uR"({"type":"logs","data":{"level":"a","message":")"_s;
    const QString tail = uR"("}})"_s;
    client.sendText(head + QString(1024 * 1024 - head.size() - tail.size(), u'x') + tail);
    QVERIFY(client.waitFor(u"logs"_s));
    QCOMPARE(client.takeEntries()[0]["message"_L1].toString().size(), 1024 * 1024 - head.size() - tail.size());
}

void TestHostile::badFrames_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("code");
    QTest::newRow("RSV1") << RawClient::frame(0xc1, "{}") << 1002;
    QTest::newRow("RSV3") << RawClient::frame(0x91, "{}") << 1002;
    QTest::newRow("reserved opcode 3") << RawClient::frame(0x83, "{}") << 1002;
    QTest::newRow("continuation of nothing") << RawClient::frame(0x80, "{}") << 1002;
    QTest::newRow("fragmented ping") << RawClient::frame(0x09, "x") << 1002;
    QTest::newRow("ping too long") << RawClient::frame(0x89, QByteArray(126, 'x')) << 1002;
    QTest::newRow("text within text") << RawClient::frame(0x01, "{") + RawClient::frame(0x81, "}") << 1002;
    QTest::newRow("length not minimal") << QByteArray::fromHex("81fe00020000000030303030").left(10) << 1002;
    QTest::newRow("length with its top bit") << QByteArray::fromHex("81ffffffffffffffffff00000000") << 1002;
    QTest::newRow("unmasked") << QByteArray("\x81\x02{}", 4) << 1002;
    QTest::newRow("unmasked behind a ping") << RawClient::frame(0x89, "x") + QByteArray("\x81\x02{}", 4) << 1002;
    QTest::newRow("unmasked ping") << QByteArray("\x89\x00", 2) << 1002;
    QTest::newRow("unmasked in between") << RawClient::frame(0x81, R"({"type":"check_status"})") + QByteArray("\x81\x02{}", 4)
                                         << 1002;
    QTest::newRow("invalid UTF-8") << RawClient::frame(0x81, "{\"type\":\"\xff\xfe\"}") << 1007;
    QTest::newRow("UTF-8 of a surrogate") << RawClient::frame(0x81, "\xed\xa0\x80") << 1007;
}

void TestHostile::badFrames()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, code);
    RawClient client;
    QVERIFY(client.connectTo(m_vigie));
    QVERIFY(client.handshake());
    QVERIFY(client.signIn("hostile", "eve"));
    client.write(bytes);
    QCOMPARE(client.waitForCloseCode(), code);
    client.sendFrame(QByteArray::fromHex("03e8"), 8);
    QVERIFY(client.waitForEnd());
}

void TestHostile::oddButAllowedFrames()
{
    RawClient client;
    QVERIFY(client.connectTo(m_vigie));
    QVERIFY(client.handshake());
    // A byte at a time, in fragments with a ping between, and binary.
    for (const char byte : RawClient::frame(0x81, R"({"type":"auth","data":{"appId":"odd","userId":"é"}})"))
        client.write(QByteArray(1, byte));
    QVERIFY(!client.nextMessage(u"auth_success"_s).isEmpty());
    client.sendFrame("{\"type\":\"check", 1, false);
    client.sendFrame("are you there", 9);
    std::optional<RawClient::Frame> frame;
    do
        frame = client.nextFrame();
    while (frame && frame->opcode == 1);
    QVERIFY(frame);
    QCOMPARE(frame->opcode, 10);
    QCOMPARE(frame->payload, QByteArray("are you there"));
    client.sendFrame("", 0, false);
    client.sendFrame("_status\"}", 0, true);
    QVERIFY(!client.nextMessage(u"status_response"_s).isEmpty());
    client.sendFrame(R"({"type":"check_status"})", 2);
    QVERIFY(!client.nextMessage(u"status_response"_s).isEmpty());
    client.sendFrame("nobody asked", 10);
    client.sendFrame(R"({"type":"check_status"})", 2, false);
    client.sendFrame("", 0, true);
    QVERIFY(!client.nextMessage(u"status_response"_s).isEmpty());
    client.sendFrame(QByteArray::fromHex("03e8"), 8);
    QCOMPARE(client.waitForCloseCode(), 1000);
}

void TestHostile::badText()
{
    Client client;
    QVERIFY(client.signIn(m_vigie, u"hostile"_s, u"eve"_s));
    client.socket().sendBinaryMessage("{\"type\":\"logs\",\"data\":{\"level\":\"a\",\"message\":\"\xff\"}}");
    QCOMPARE(client.takePayload(u"error"_s)["code"_L1].toString(), u"invalid_json"_s);
    client.socket().sendBinaryMessage(QByteArray(1000, '\0'));
    QCOMPARE(client.takePayload(u"error"_s)["code"_L1].toString(), u"invalid_json"_s);
    client.socket().sendBinaryMessage(QByteArray(500'000, '['));
    QCOMPARE(client.takePayload(u"error"_s)["code"_L1].toString(), u"invalid_json"_s);
    QVERIFY(client.sync());
}

void TestHostile::badHeads_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<QByteArray>("status");
    const QByteArray get = "GET / HTTP/1.1\r\n";
    QTest::newRow("garbage") << QByteArray("\x16\x03\x01\x02hello\r\n\r\n") << QByteArray("400");
    QTest::newRow("not HTTP") << QByteArray("HELO there\r\n\r\n") << QByteArray("400");
    QTest::newRow("no colon") << get + "Host: HOST\r\nnonsense\r\n\r\n" << QByteArray("400");
    QTest::newRow("two Hosts") << get + "Host: HOST\r\nHost: HOST\r\n\r\n" << QByteArray("400");
    QTest::newRow("20 KiB") << get + "Host: HOST\r\nX: " + QByteArray(20 * 1024, 'x') << QByteArray("431");
    QTest::newRow("20 KiB behind it") << "POST / HTTP/1.1\r\nHost: HOST\r\nContent-Length: 100000\r\n\r\n"
                                             + QByteArray(20 * 1024, 'x')
                                      << QByteArray("413");
    QTest::newRow("foreign Host") << get + "Host: evil.example\r\n\r\n" << QByteArray("421");
    QTest::newRow("foreign Host, our port") << get + "Host: evil.example:PORT\r\n\r\n" << QByteArray("421");
    QTest::newRow("our Host, another port") << get + "Host: 127.0.0.1:1\r\n\r\n" << QByteArray("421");
    QTest::newRow("no Host") << get + "\r\n" << QByteArray("421");
    QTest::newRow("foreign upgrade") << RawClient::upgradeHead("evil.example") << QByteArray("421");
    QTest::newRow("upgrade of another version")
        << get + "Host: HOST\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                 "Sec-WebSocket-Version: 7\r\n\r\n"
        << QByteArray("400");
    QTest::newRow("upgrade without a key")
        << get + "Host: HOST\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\r\n"
        << QByteArray(); // closed without a word
}

void TestHostile::badHeads()
{
    QFETCH(QByteArray, head);
    QFETCH(QByteArray, status);
    head.replace("HOST", host()).replace("PORT", QByteArray::number(m_vigie.port()));
    RawClient client;
    QVERIFY(client.connectTo(m_vigie));
    client.write(head);
    QVERIFY(client.waitForEnd());
    const QByteArray answer = client.readToEnd();
    QVERIFY2(status.isEmpty() ? answer.isEmpty() : answer.startsWith("HTTP/1.1 " + status + ' '), answer.constData());
}

void TestHostile::origins()
{
    const auto statusFor = [this](const QByteArray& origin) {
        RawClient client;
        client.connectTo(m_vigie);
        client.write(RawClient::upgradeHead(host(), "Origin: " + origin + "\r\n"));
        client.waitForText("\r\n\r\n");
        client.socket().disconnectFromHost();
        return client.readToEnd().mid(9, 3);
    };
    QCOMPARE(statusFor("http://evil.example"), QByteArray("403"));
    QCOMPARE(statusFor("null"), QByteArray("403"));
    QCOMPARE(statusFor("http://localhost:5174"), QByteArray("403"));
    QCOMPARE(statusFor("http://localhost:5173.evil.example"), QByteArray("403"));
    QCOMPARE(statusFor("http://" + host()), QByteArray("101"));
    QCOMPARE(statusFor("http://localhost:5173"), QByteArray("101"));
    QCOMPARE(statusFor("http://" + host() + "\r\nOrigin: http://evil.example"), QByteArray("400"));
}

void TestHostile::http_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("status");
    QTest::newRow("page") << QByteArray("GET /") << QByteArray("200");
    QTest::newRow("no such page") << QByteArray("GET /nope") << QByteArray("404");
    QTest::newRow("page's head") << QByteArray("HEAD /") << QByteArray("200");
    QTest::newRow("up and out, hidden") << QByteArray("GET /assets/%2e%2e/%2e%2e/icons/vigie.svg") << QByteArray("404");
    QTest::newRow("a folder") << QByteArray("GET /assets/") << QByteArray("404");
    QTest::newRow("list of files") << QByteArray("GET /web.qrc") << QByteArray("404");
    QTest::newRow("DELETE") << QByteArray("DELETE /index.html") << QByteArray("405");
    QTest::newRow("up and out") << QByteArray("GET /../../etc/passwd") << QByteArray("404");
    QTest::newRow("POST") << QByteArray("POST /") << QByteArray("404");
}

void TestHostile::http()
{
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, status);
    const QByteArray answer =
        answerTo(request + " HTTP/1.1\r\nHost: " + host() + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    QVERIFY2(answer.startsWith("HTTP/1.1 " + status + ' '), answer.constData());
    QVERIFY2(answer.toLower().contains("\r\ncontent-security-policy: default-src 'none'"), answer.constData());
    QCOMPARE(answer.contains("<html"), status == "200" && request.startsWith("GET"));
    QCOMPARE(answer.contains("\r\nAllow: GET, HEAD\r\n"), status == "405");
    QVERIFY(!answer.contains("root:"));
}

void TestHostile::twoRequestsOnOneConnection()
{
    const QByteArray request = " HTTP/1.1\r\nHost: " + host() + "\r\n\r\n";
    RawClient client;
    QVERIFY(client.connectTo(m_vigie));
    client.write("GET /" + request);
    QVERIFY(client.waitForText("text/html"));
    client.write("GET /nope" + request);
    QVERIFY(client.waitForText("HTTP/1.1 404 "));
    QVERIFY(client.waitForText("There is no such page."));
}

void TestHostile::otherSitesAskForNothing()
{
    const auto statusOf = [this](const QByteArray& path, const QByteArray& fields) {
        return answerTo("GET " + path + " HTTP/1.1\r\nHost: " + host() + "\r\n" + fields + "\r\n").mid(9, 3);
    };
    for (const QByteArray site : {"cross-site", "same-site"}) {
        const QByteArray field = "Sec-Fetch-Site: " + site + "\r\n";
        QCOMPARE(statusOf("/api/metrics", field), QByteArray("403"));
        QCOMPARE(statusOf("/", field), QByteArray("200")); // a link to the page may stand anywhere
        QCOMPARE(statusOf("/api/metrics", field + "Origin: http://localhost:5173\r\n"), QByteArray("200")); // the owner allowed it
    }
    QCOMPARE(statusOf("/api/metrics", "Sec-Fetch-Site: same-origin\r\n"), QByteArray("200"));
    QCOMPARE(statusOf("/api/metrics", "Sec-Fetch-Site: none\r\n"), QByteArray("200"));
}

void TestHostile::everyAnswerIsGuarded_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<bool>("isData"); // or else a file of the page's
    QTest::addColumn<int>("answers"); // of which the last is looked at
    const QByteArray ours = " HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n";
    QTest::newRow("page") << "GET /" + ours << false << 1;
    QTest::newRow("no such page") << "GET /nope" + ours << false << 1;
    for (const QByteArray path : {"/api/apps/shop/logs", "/api/apps/shop/counts", "/api/apps/shop/metrics", "/api/metrics",
                                  "/api/processes", "/api/limits", "/api/metrics?nonsense=1"})
        QTest::newRow(path.constData()) << "GET " + path + ours << true << 1;
    QTest::newRow("a question beforehand") << "OPTIONS /api/metrics" + ours << true << 1;
    QTest::newRow("foreign host") << QByteArray("GET /api/metrics HTTP/1.1\r\nHost: evil.example\r\n\r\n") << true << 1;
    QTest::newRow("foreign host later")
        << QByteArray("HEAD / HTTP/1.1\r\nHost: HOST\r\n\r\nGET /api/metrics HTTP/1.1\r\nHost: evil.example\r\n\r\n")
        << true << 2;
    QTest::newRow("no request") << QByteArray("nonsense\r\n\r\n") << true << 1;
}

void TestHostile::everyAnswerIsGuarded()
{
    QFETCH(QByteArray, head);
    QFETCH(bool, isData);
    QFETCH(int, answers);
    const QByteArray all = answerTo(head.replace("HOST", host()), answers);
    QCOMPARE(int(all.count("HTTP/1.1 ")), answers);
    const QByteArray answer = all.mid(all.lastIndexOf("HTTP/1.1 ")).toLower();
    QVERIFY2(answer.contains("\r\nx-content-type-options: nosniff\r\n"), answer.constData());
    QVERIFY2(answer.contains("\r\nreferrer-policy: no-referrer\r\n"), answer.constData());
    QVERIFY2(answer.contains("frame-ancestors 'none'"), answer.constData());
    QVERIFY2(answer.contains("\r\ncache-control: no-store\r\n") == isData, answer.constData());
}

void TestHostile::secondRequestIsLookedAtLikeTheFirst_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("status");
    const QByteArray evil = "Origin: http://evil.example\r\n";
    for (const QByteArray path : {"/", "/nope", "/api/metrics", "/api/apps/shop/logs", "/api/processes"}) {
        const auto row = [&](const char* what) -> QTestData& { return QTest::addRow("%s: %s", path.constData(), what); };
        row("ours") << "GET " + path + " HTTP/1.1\r\nHost: HOST\r\nOrigin: http://HOST\r\n"
                    << QByteArray(path == "/nope" ? "404" : "200");
        row("foreign host") << "GET " + path + " HTTP/1.1\r\nHost: evil.example\r\n" << QByteArray("421");
        row("no host") << "GET " + path + " HTTP/1.1\r\n" << QByteArray("421");
        row("two hosts") << "GET " + path + " HTTP/1.1\r\nHost: HOST\r\nHost: HOST\r\n" << QByteArray("421");
        row("foreign origin") << "GET " + path + " HTTP/1.1\r\nHost: HOST\r\n" + evil << QByteArray("403");
        row("two origins") << "GET " + path + " HTTP/1.1\r\nHost: HOST\r\nOrigin: http://HOST\r\n" + evil << QByteArray("403");
        row("a form of another origin") << "POST " + path + " HTTP/1.1\r\nHost: HOST\r\nContent-Length: 0\r\n" + evil
                                        << QByteArray("403");
        row("a question beforehand") << "OPTIONS " + path + " HTTP/1.1\r\nHost: HOST\r\n" + evil << QByteArray("403");
        row("WebSocket") << "GET " + path + " HTTP/1.1\r\nHost: evil.example\r\n" + evil
                + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                  "Sec-WebSocket-Version: 13\r\n"
                         << QByteArray("421");
    }
}

void TestHostile::secondRequestIsLookedAtLikeTheFirst()
{
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, status);
    RawClient client;
    QVERIFY(client.connectTo(m_vigie));
    client.write("HEAD / HTTP/1.1\r\nHost: " + host() + "\r\n\r\n");
    QVERIFY(client.waitForText("\r\n\r\n"));
    client.forget();
    client.write(request.replace("HOST", host()) + "\r\n");
    QVERIFY(client.waitForText("\r\n\r\n"));
    QVERIFY2(client.received().startsWith("HTTP/1.1 " + status + ' '), client.received().constData());
    if (status != "200") {
        QVERIFY(waitUntil([&client] { return isWhole(client.received()); }));
        QVERIFY2(!client.received().contains("series"), client.received().constData());
    }
}

void TestHostile::manyConnectionsDropped()
{
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 300; ++i) {
        RawClient& client = *clients.emplace_back(std::make_unique<RawClient>());
        QVERIFY(client.connectTo(m_vigie));
        switch (i % 4) { // dropped before a word, within the head, after the handshake, within a frame
        case 1: client.write("GET / HT"); break;
        case 2: QVERIFY(client.handshake()); break;
        case 3:
            QVERIFY(client.handshake());
            client.write(RawClient::frame(0x81, QByteArray(1000, ' ')).left(500));
            break;
        default: break;
        }
        if (i >= 50) // some at once
            clients[i - 50]->reset();
    }
    for (int i = 250; i < 300; ++i) {
        if (i % 2 == 0)
            clients[i]->reset();
        else
            clients[i]->socket().disconnectFromHost();
    }
    QTRY_COMPARE_WITH_TIMEOUT(m_vigie.socketCount(), m_sockets, 15'000);
}

void TestHostile::theServerIsAsBefore()
{
    QVERIFY(m_guest.isOpen());
    QCOMPARE(m_guest.count(u"error"_s), 0); // of all that has come to it
    const auto connections = [this] {
        m_guest.forget();
        m_guest.send(u"request_metrics"_s);
        return m_guest.takePayload(u"metrics"_s)["activeConnections"_L1].toInt();
    };
    QTRY_COMPARE(connections(), 1);
    m_guest.send(u"logs"_s, QJsonObject{{u"logs"_s, entries(u"still here "_s, 1, 1)}});
    QVERIFY(m_guest.waitFor(u"logs"_s));
    QCOMPARE(m_guest.count(u"error"_s), 0);
    QCOMPARE(m_vigie.socketCount(), m_sockets);
}

VIGIE_TEST(TestHostile)
#include "tst_hostile.moc"
