// SPDX-License-Identifier: GPL-3.0-or-later
// Requests and answers over real connections: their order, their heads, and when the connection ends.
#include "httptestserver.h"
#include "rawpeer.h"
#include "server/http/httpconnection.h"
#include "testmain.h"

using namespace vigie;
using namespace Qt::StringLiterals;

class TestHttpServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void routesAreFound_data();
    void routesAreFound();
    void prefixMayStay();
    void answersComeInOrder();
    void pipelineIsReadOnOnceAnswered();
    void answersAfterTheEndGoNowhere();
    void goneIsToldToWhoAsks();
    void headGetsNoBody();
    void smallBodiesArePassedOver_data();
    void smallBodiesArePassedOver();
    void largeBodiesAreRefused_data();
    void largeBodiesAreRefused();
    void brokenRequestsEndTheConnection_data();
    void brokenRequestsEndTheConnection();
    void whoSaysCloseIsClosed_data();
    void whoSaysCloseIsClosed();
    void continueComesInItsTurn();
    void doorIsAskedEachTime();
    void largeAnswersAreWhole();
    void theLastAnswerWaitsForItsReader();

private:
    static QByteArray get(const QByteArray& path, const QByteArray& fields = {})
    {
        return "GET " + path + " HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n";
    }
    /// The bodies of answers that have come, parted by "|".
    static QByteArray bodies(const QByteArray& answers);

    std::unique_ptr<HttpTestServer> m_server;
    std::unique_ptr<RawPeer> m_peer;
    std::vector<HttpRequestPtr> m_waiting; // of "/slow/…"
};

void TestHttpServer::init()
{
    m_server = std::make_unique<HttpTestServer>();
    m_server->http.get(u"/quick"_s, [](const HttpRequestPtr& request, const QString&) { request->answer(plainAnswer("quick")); });
    m_server->http.get(u"/slow/<arg>"_s, [this](const HttpRequestPtr& request, const QString&) { m_waiting.push_back(request); });
    m_server->http.get(u"/<arg>/tail"_s,
                       [](const HttpRequestPtr& request, const QString& arg) { request->answer(plainAnswer(arg.toUtf8())); });
    m_server->http.options(u"/quick"_s, [](const HttpRequestPtr& request, const QString&) { request->answer({204, {}, {}}); });
    m_peer = std::make_unique<RawPeer>(m_server->serverPort());
}

void TestHttpServer::cleanup()
{
    m_waiting.clear();
    m_peer.reset();
    m_server.reset();
}

QByteArray TestHttpServer::bodies(const QByteArray& answers)
{
    QByteArrayList all;
    qsizetype at = 0;
    while (at < answers.size()) {
        const qsizetype head = answers.indexOf("\r\n\r\n", at) + 4;
        const qsizetype field = answers.indexOf("Content-Length: ", at) + 16;
        if (head < 4)
            return "unfinished";
        const qsizetype size = field < 16 || field > head ? 0 : answers.mid(field, answers.indexOf('\r', field) - field).toInt();
        all += answers.mid(head, size);
        at = head + size;
    }
    return all.join('|');
}

void TestHttpServer::routesAreFound_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("as it is") << QByteArray("/quick") << QByteArray("quick");
    QTest::newRow("with a query") << QByteArray("/quick?a=b/c#d") << QByteArray("quick");
    QTest::newRow("of a whole address") << QByteArray("http://a:1/quick?x") << QByteArray("quick");
    QTest::newRow("another's case") << QByteArray("/Quick") << QByteArray("There is no such page.\n");
    QTest::newRow("longer") << QByteArray("/quick/") << QByteArray("There is no such page.\n");
    QTest::newRow("argument") << QByteArray("/shop/tail") << QByteArray("shop");
    QTest::newRow("argument of parts") << QByteArray("/shop/tail/tail") << QByteArray("shop/tail");
    QTest::newRow("argument in code") << QByteArray("/%C3%A9%2fx%20y/tail") << QByteArray("é/x y");
    QTest::newRow("argument with a plus") << QByteArray("/a+b/tail") << QByteArray("a+b");
    QTest::newRow("argument of dots") << QByteArray("/../tail") << QByteArray("..");
    QTest::newRow("no argument") << QByteArray("//tail") << QByteArray("There is no such page.\n");
    QTest::newRow("neither") << QByteArray("/tail") << QByteArray("There is no such page.\n");
    QTest::newRow("the server") << QByteArray("*") << QByteArray("There is no such page.\n");
}

void TestHttpServer::routesAreFound()
{
    QFETCH(QByteArray, target);
    m_peer->send(get(target, "Connection: close\r\n"));
    QTEST(bodies(m_peer->readToEnd()), "body");
}

void TestHttpServer::prefixMayStay()
{
    HttpServer server({}, m_server->memory, u"/vigie"_s, [](const HttpRequest&) { return std::nullopt; },
                      [](LimitHit, const QHostAddress&) {});
    QStringList paths;
    server.setFallback([&](const HttpRequestPtr& request) {
        paths += server.pathOf(*request);
        request->answer(plainAnswer({}));
    });
    m_server->server = &server;
    RawPeer peer(m_server->serverPort());
    peer.send(get("/vigie/api") + get("/api") + get("/vigie") + get("/vigiex", "Connection: close\r\n"));
    QVERIFY(peer.waitClosed());
    QCOMPARE(paths, (QStringList{u"/api"_s, u"/api"_s, u"/vigie"_s, u"/vigiex"_s}));
}

void TestHttpServer::answersComeInOrder()
{
    m_peer->send(get("/slow/1") + get("/quick") + get("/slow/2") + get("/quick"));
    QTRY_COMPARE(m_waiting.size(), std::size_t(2));
    m_waiting[1]->answer(plainAnswer("second"));
    QTest::qWait(20);
    QCOMPARE(m_peer->received(), QByteArray());
    m_waiting[0]->answer(plainAnswer("first"));
    QTRY_COMPARE(bodies(m_peer->received()), QByteArray("first|quick|second|quick"));
    // Each is answered once.
    m_waiting[0]->answer(plainAnswer("again"));
    m_peer->send(get("/quick"));
    QTRY_COMPARE(bodies(m_peer->received()), QByteArray("first|quick|second|quick|quick"));
}

void TestHttpServer::pipelineIsReadOnOnceAnswered()
{
    const std::size_t more = HttpConnection::maxUnanswered + 20;
    m_peer->send(get("/slow/x").repeated(qsizetype(more)) + get("/quick"));
    QTRY_COMPARE(m_waiting.size(), HttpConnection::maxUnanswered);
    QTest::qWait(20);
    QCOMPARE(m_waiting.size(), HttpConnection::maxUnanswered);
    for (std::size_t i = 0; i < more; ++i) {
        QTRY_VERIFY(m_waiting.size() > i);
        m_waiting[i]->answer(plainAnswer(QByteArray::number(qulonglong(i))));
    }
    QTRY_VERIFY(m_peer->received().endsWith("quick"));
    QByteArrayList expected;
    for (std::size_t i = 0; i < more; ++i)
        expected += QByteArray::number(qulonglong(i));
    expected += "quick";
    QCOMPARE(bodies(m_peer->received()), expected.join('|'));
    QVERIFY(m_server->hits.empty());
}

void TestHttpServer::answersAfterTheEndGoNowhere()
{
    m_peer->send(get("/slow/1"));
    QTRY_COMPARE(m_waiting.size(), std::size_t(1));
    QVERIFY(m_waiting[0]->isThere());
    m_peer.reset();
    QTRY_COMPARE(m_server->http.connections(), std::size_t(0));
    QVERIFY(!m_waiting[0]->isThere());
    m_waiting[0]->answer(plainAnswer("late"));
    m_waiting[0]->setBodyPaused(true);
    // Nor after the server's end.
    m_peer = std::make_unique<RawPeer>(m_server->serverPort());
    m_peer->send(get("/slow/2"));
    QTRY_COMPARE(m_waiting.size(), std::size_t(2));
    m_server.reset();
    QVERIFY(!m_waiting[1]->isThere());
    m_waiting[1]->answer(plainAnswer("late"));
}

void TestHttpServer::goneIsToldToWhoAsks()
{
    m_peer->send(get("/slow/1"));
    QTRY_COMPARE(m_waiting.size(), std::size_t(1));
    const std::stop_token gone = m_waiting[0]->gone();
    QVERIFY(gone.stop_possible() && !gone.stop_requested());
    m_peer->socket.abort();
    QTRY_VERIFY(gone.stop_requested());
    QVERIFY(m_waiting[0]->gone().stop_requested());
}

void TestHttpServer::headGetsNoBody()
{
    m_peer->send("HEAD /quick HTTP/1.1\r\nHost: a\r\n\r\nHEAD /nothing HTTP/1.1\r\nHost: a\r\n\r\nHEAD /slow/1 HTTP/1.1\r\nHost: a\r\n\r\n"
                 + get("/quick"));
    QTRY_COMPARE(m_waiting.size(), std::size_t(1));
    m_waiting[0]->answer(plainAnswer("slow"));
    QTRY_VERIFY(m_peer->received().endsWith("\r\n\r\nquick"));
    QCOMPARE(m_peer->received().count("\r\n\r\nHTTP/1.1 "), 3); // no head is followed by anything else
    QVERIFY(m_peer->received().startsWith("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nHTTP/1.1 404 Not Found\r\n"));
}

void TestHttpServer::smallBodiesArePassedOver_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("by its length") << QByteArray("Content-Length: 4\r\n\r\nGET ");
    QTest::newRow("none") << QByteArray("Content-Length: 0\r\n\r\n");
    QTest::newRow("in chunks") << QByteArray("Transfer-Encoding: chunked\r\n\r\n4\r\nGET \r\n0\r\n\r\n");
    QTest::newRow("in a coding that nobody knows") << QByteArray("Content-Encoding: x\r\nContent-Length: 4\r\n\r\nGET ");
}

void TestHttpServer::smallBodiesArePassedOver()
{
    QFETCH(QByteArray, body);
    m_peer->send("GET /quick HTTP/1.1\r\nHost: a\r\n" + body + "POST /quick HTTP/1.1\r\nHost: a\r\n" + body + get("/quick"));
    QTRY_VERIFY(m_peer->received().count("HTTP/1.1 ") == 3);
    QCOMPARE(bodies(m_peer->received()), QByteArray("quick|There is no such page.\n|quick"));
}

void TestHttpServer::largeBodiesAreRefused_data()
{
    QTest::addColumn<QByteArray>("rest");
    QTest::newRow("by its length") << QByteArray("Content-Length: 20000\r\n\r\n");
    QTest::newRow("who asks first") << QByteArray("Content-Length: 20000\r\nExpect: 100-continue\r\n\r\n");
    QTest::newRow("in chunks") << QByteArray("Transfer-Encoding: chunked\r\n\r\n") + QByteArray("400\r\n" + QByteArray(1024, 'x') + "\r\n").repeated(20);
    QTest::newRow("a chunk that says nothing") << QByteArray("Transfer-Encoding: chunked\r\n\r\n1;") + QByteArray(20'000, 'x');
}

void TestHttpServer::largeBodiesAreRefused()
{
    QFETCH(QByteArray, rest);
    m_peer->send(get("/slow/1") + "POST /quick HTTP/1.1\r\nHost: a\r\n" + rest);
    QTRY_COMPARE(m_waiting.size(), std::size_t(1));
    m_waiting[0]->answer(plainAnswer("slow"));
    const QByteArray answers = m_peer->readToEnd();
    QVERIFY2(answers.startsWith("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nslowHTTP/1.1 4"), answers.constData());
    QVERIFY(answers.contains("\r\nConnection: close\r\n"));
    QVERIFY(!answers.contains("100 Continue"));
}

void TestHttpServer::brokenRequestsEndTheConnection_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    QTest::newRow("no request") << QByteArray("nonsense\r\n\r\n") << 400;
    QTest::newRow("bytes that no head has") << QByteArray("GET /\n") << 400;
    QTest::newRow("two hosts") << QByteArray("GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n") << 400;
    QTest::newRow("a head without end") << "GET / HTTP/1.1\r\nX: " + QByteArray(20'000, 'x') << 431;
    QTest::newRow("broken chunks") << QByteArray("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n\r\n") << 400;
}

void TestHttpServer::brokenRequestsEndTheConnection()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, status);
    m_peer->send(get("/quick") + bytes + get("/quick").repeated(1'000));
    const QByteArray answers = m_peer->readToEnd();
    QVERIFY2(answers.contains("quickHTTP/1.1 " + QByteArray::number(status) + ' '), answers.constData());
    QCOMPARE(answers.count("HTTP/1.1 "), 2);
}

void TestHttpServer::whoSaysCloseIsClosed_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::newRow("Connection") << QByteArray("GET /quick HTTP/1.1\r\nHost: a\r\nConnection: Close\r\n\r\n");
    QTest::newRow("HTTP/1.0") << QByteArray("GET /quick HTTP/1.0\r\nHost: a\r\n\r\n");
    QTest::newRow("with a body") << QByteArray("GET /quick HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 1\r\n\r\nx");
}

void TestHttpServer::whoSaysCloseIsClosed()
{
    QFETCH(QByteArray, request);
    m_peer->send(request + get("/quick"));
    const QByteArray answers = m_peer->readToEnd();
    QCOMPARE(answers, QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nquick"));
}

void TestHttpServer::continueComesInItsTurn()
{
    const QByteArray post = "POST /quick HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n";
    m_peer->send(post);
    QTRY_COMPARE(m_peer->received(), QByteArray("HTTP/1.1 100 Continue\r\n\r\n"));
    m_peer->send("abc" + get("/slow/1") + post);
    QTRY_COMPARE(m_waiting.size(), std::size_t(1));
    QTRY_VERIFY(m_peer->received().endsWith("no such page.\n"));
    m_waiting[0]->answer(plainAnswer("slow"));
    QTRY_VERIFY(m_peer->received().endsWith("slowHTTP/1.1 100 Continue\r\n\r\n"));
    m_peer->send("abc");
    QTRY_VERIFY(m_peer->received().endsWith("no such page.\n"));
    // Who does not wait for it is not told.
    m_peer->send(post + "abc" + post + "abc" + get("/quick"));
    QTRY_VERIFY(m_peer->received().endsWith("quick"));
    QCOMPARE(m_peer->received().count("100 Continue"), 2);
}

void TestHttpServer::doorIsAskedEachTime()
{
    QList<QByteArray> asked;
    HttpServer server({}, m_server->memory, {},
                      [&](const HttpRequest& request) -> std::optional<HttpAnswer> {
                          asked += request.head().target;
                          if (request.path() == "/shut"_L1)
                              return HttpAnswer::refusal(403, "no");
                          return std::nullopt;
                      },
                      [](LimitHit, const QHostAddress&) {});
    server.get(u"/shut"_s, [](const HttpRequestPtr&, const QString&) { QFAIL("came in"); });
    server.setFallback([](const HttpRequestPtr& request) { request->answer(plainAnswer("open")); });
    m_server->server = &server;
    RawPeer peer(m_server->serverPort());
    peer.send(get("/1") + get("/shut") + get("/2"));
    QTRY_COMPARE(bodies(peer.received()), QByteArray("open|no\n|open"));
    QCOMPARE(asked, (QList<QByteArray>{"/1", "/shut", "/2"}));
}

void TestHttpServer::largeAnswersAreWhole()
{
    const QByteArray large(8 * 1024 * 1024, 'x');
    m_peer->stopReading();
    m_peer->send(get("/slow/1") + get("/quick"));
    QTRY_COMPARE(m_waiting.size(), std::size_t(1));
    m_waiting[0]->answer(plainAnswer(large));
    m_peer->startReading();
    QTRY_VERIFY(m_peer->received().endsWith("quick"));
    QCOMPARE(bodies(m_peer->received()), large + "|quick");
    QCOMPARE(m_server->memory.held(), qint64(0));
}

void TestHttpServer::theLastAnswerWaitsForItsReader()
{
    const QByteArray large(16 * 1024 * 1024, 'x'); // more than the kernel keeps
    m_peer->stopReading();
    m_peer->send(get("/slow/1", "Connection: close\r\n"));
    QTRY_COMPARE(m_waiting.size(), std::size_t(1));
    m_waiting[0]->answer(plainAnswer(large));
    QTest::qWait(2'500); // longer than a connection is seen out
    m_peer->startReading();
    QCOMPARE(bodies(m_peer->readToEnd()).size(), large.size());
    QTRY_COMPARE(m_server->http.connections(), std::size_t(0));
}

VIGIE_TEST(TestHttpServer)
#include "tst_httpserver.moc"
