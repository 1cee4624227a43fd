// SPDX-License-Identifier: GPL-3.0-or-later
// The bounds of one connection of HTTP. What they keep the whole server from is in e2e/tst_httpbounds.cpp.
#include "httptestserver.h"
#include "rawpeer.h"
#include "testmain.h"

#include <QPointer>

using namespace vigie;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestHttpConnection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { start({}); }
    void cleanup();
    void idlePeerIsCut();
    void idlePeerThatWaitsIsCut();
    void answeredPeerStays();
    void askingOnWithoutReadingIsCut_data();
    void askingOnWithoutReadingIsCut();
    void whatIsUnderWayStays();
    void answersThatComeLaterAreSeen();
    void answersThatAreHeldCount();
    void aLargeAnswerIsNotAskingOn();
    void pipelineGoesOnAsItIsRead();
    void whoHoldsMostIsCut();
    void nothingIsHeldAfterwards();

private:
    void start(HttpServer::Bounds bounds, qint64 memoryBytes = 1'000'000'000);
    static QByteArray get(const QByteArray& path) { return "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n"; }
    bool isCut(LimitHit hit)
    {
        return QTest::qWaitFor([&] { return !m_server->hits.empty() && m_server->http.connections() == 0; }, 30'000)
            && m_server->hits == std::vector{hit};
    }

    std::unique_ptr<HttpTestServer> m_server;
    std::unique_ptr<RawPeer> m_peer;
    std::vector<HttpRequestPtr> m_waiting; // of "/slow"
};

void TestHttpConnection::start(HttpServer::Bounds bounds, qint64 memoryBytes)
{
    m_peer.reset();
    m_server = std::make_unique<HttpTestServer>(bounds, memoryBytes);
    m_server->http.get(u"/slow"_s, [this](const HttpRequestPtr& request, const QString&) { m_waiting.push_back(request); });
    // Far more than the kernel keeps for a peer that does not read.
    m_server->http.get(u"/large"_s, [](const HttpRequestPtr& request, const QString&) {
        request->answer(plainAnswer(QByteArray(16 * 1024 * 1024, 'x')));
    });
    m_server->http.setFallback([](const HttpRequestPtr& request) { request->answer(plainAnswer(QByteArray(1'000, 'y'))); });
    m_peer = std::make_unique<RawPeer>(m_server->serverPort());
}

void TestHttpConnection::cleanup()
{
    m_waiting.clear();
    m_peer.reset();
    m_server.reset();
}

void TestHttpConnection::idlePeerIsCut()
{
    start({16 * 1024, 10ms});
    QVERIFY(isCut(LimitHit::IdleTime));
    QVERIFY(m_peer->waitClosed());
}

void TestHttpConnection::idlePeerThatWaitsIsCut()
{
    start({16 * 1024, 10ms});
    m_peer->send(get("/slow"));
    QVERIFY(isCut(LimitHit::IdleTime));
}

void TestHttpConnection::answeredPeerStays()
{
    // Far more in all than may be unanswered at once.
    const QByteArray request = "GET /" + QByteArray(8 * 1024, 'q') + " HTTP/1.1\r\nHost: a\r\n\r\n";
    for (int i = 1; i <= 100; ++i) {
        m_peer->send(request);
        QTRY_COMPARE(m_peer->received().count("HTTP/1.1 200 OK"), i);
    }
    QVERIFY(m_server->hits.empty());
}

void TestHttpConnection::askingOnWithoutReadingIsCut_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::newRow("small answers") << QByteArray("/");
    QTest::newRow("large ones") << QByteArray("/large");
}

void TestHttpConnection::askingOnWithoutReadingIsCut()
{
    QFETCH(QByteArray, path);
    m_peer->stopReading();
    for (int i = 0; i < 3'000 && m_server->hits.empty(); ++i) {
        m_peer->send(get(path).repeated(20));
        QTest::qWait(0);
    }
    QVERIFY(isCut(LimitHit::Unsent));
}

void TestHttpConnection::whatIsUnderWayStays()
{
    const QByteArray request = "GET /" + QByteArray(16 * 1024 - 100, 'q') + " HTTP/1.1\r\nHost: a\r\n\r\n";
    m_peer->send(request + request.chopped(1));
    QTRY_COMPARE(m_peer->received().count("HTTP/1.1 200 OK"), 1);
    QTest::qWait(20);
    m_peer->send(request.last(1));
    QTRY_COMPARE(m_peer->received().count("HTTP/1.1 200 OK"), 2);
    QVERIFY(m_server->hits.empty());
}

void TestHttpConnection::answersThatComeLaterAreSeen()
{
    start({16 * 1024, 1h, 64 * 1024});
    m_peer->stopReading();
    m_peer->send(get("/slow"));
    QTRY_COMPARE(m_waiting.size(), std::size_t(1));
    QVERIFY(!m_waiting[0]->isOverfull());
    m_waiting[0]->answer(plainAnswer(QByteArray(16 * 1024 * 1024, 'x')));
    QVERIFY(isCut(LimitHit::Unsent));
}

void TestHttpConnection::answersThatAreHeldCount()
{
    start({16 * 1024, 1h, 1024 * 1024});
    m_peer->send(get("/slow").repeated(3));
    QTRY_COMPARE(m_waiting.size(), std::size_t(3));
    m_waiting[1]->answer(plainAnswer(QByteArray(600'000, 'x')));
    QVERIFY(!m_waiting[0]->isOverfull());
    QVERIFY(m_server->memory.held() >= 600'000);
    m_waiting[2]->answer(plainAnswer(QByteArray(600'000, 'x')));
    QVERIFY(isCut(LimitHit::Unsent));
    QCOMPARE(m_server->memory.held(), qint64(0));
}

void TestHttpConnection::aLargeAnswerIsNotAskingOn()
{
    m_peer->stopReading();
    m_peer->send(get("/large"));
    QTest::qWait(50);
    QVERIFY(m_server->hits.empty());
    QCOMPARE(m_server->http.connections(), std::size_t(1));
    m_peer->send(get("/"));
    QVERIFY(isCut(LimitHit::Unsent));
}

void TestHttpConnection::pipelineGoesOnAsItIsRead()
{
    m_peer->stopReading();
    m_peer->send(get("/large").repeated(5) + get("/"));
    QTest::qWait(50);
    QVERIFY(m_server->memory.held() < 2 * 16 * 1024 * 1024); // not five times
    QCOMPARE(m_server->http.connections(), std::size_t(1));
    m_peer->startReading();
    QTRY_COMPARE_WITH_TIMEOUT(m_peer->received().count("HTTP/1.1 200 OK"), 6, 60'000);
    QVERIFY(m_server->hits.empty());
}

void TestHttpConnection::whoHoldsMostIsCut()
{
    start({}, 4 * 1024 * 1024);
    RawPeer modest(m_server->serverPort());
    modest.send(get("/"));
    QTRY_COMPARE(m_server->http.connections(), std::size_t(2));
    m_peer->stopReading();
    m_peer->send(get("/large"));
    QTRY_COMPARE(m_server->hits, std::vector{LimitHit::Memory});
    QTRY_COMPARE(m_server->http.connections(), std::size_t(1));
    modest.send(get("/"));
    QTRY_COMPARE(modest.received().count("HTTP/1.1 200 OK"), 2);
    QVERIFY(!modest.isClosed());
}

void TestHttpConnection::nothingIsHeldAfterwards()
{
    m_peer->send(get("/slow") + get("/").repeated(5) + "GET /half");
    QTRY_COMPARE(m_waiting.size(), std::size_t(1));
    QTRY_VERIFY(m_server->memory.held() >= 5'000);
    m_waiting[0]->answer(plainAnswer("now"));
    QTRY_COMPARE(m_peer->received().count("HTTP/1.1 200 OK"), 6);
    QTRY_COMPARE(m_server->memory.held(), qint64(9)); // the half
    m_peer.reset();
    QTRY_COMPARE(m_server->http.connections(), std::size_t(0));
    QCOMPARE(m_server->memory.held(), qint64(0));
}

VIGIE_TEST(TestHttpConnection)
#include "tst_httpconnection.moc"
