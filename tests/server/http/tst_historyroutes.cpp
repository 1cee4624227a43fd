// SPDX-License-Identifier: GPL-3.0-or-later
// Questions for history over HTTP that wait for their answers, with an archive that gives them when the test says so.
#include "core/token.h"
#include "figures/framebuilder.h"
#include "hub/hub.h"
#include "intake/intake.h"
#include "logbatches.h"
#include "manualarchive.h"
#include "rawpeer.h"
#include "server/server.h"
#include "testmain.h"

#include <QSignalSpy>
#include <QTest>
#include <functional>
#include <memory>
#include <vector>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestHistoryRoutes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void soManyWaitOnAConnection_data() { routes(); }
    void soManyWaitOnAConnection();
    void soManyWaitOfAPeer();
    void soManyWaitOnBothRoads();
    void whoHasGoneStillWaits();
    void searchesOfWhoHasGoneAreStopped_data();
    void searchesOfWhoHasGoneAreStopped();
    void revokedMeanwhileIsRefused_data() { routes(); }
    void revokedMeanwhileIsRefused();
    void whoGuessesIsToldWhenToComeAgain();
    void aPlusInATimeIsOne();
    void dotsAreNoApplication();
    void seriesAreToldOfTheNewestLook();
    void applicationsAreNamedToWhoMayReadThem();

private:
    static void routes();
    void start();
    /// With a token that reads.
    QByteArray get(const QByteArray& path) const;
    std::size_t waiting() const { return m_archive.waiting.size(); }

    ManualArchive m_archive;
    std::unique_ptr<Hub> m_hub;
    std::unique_ptr<Intake> m_intake;
    ServerConfig m_config;
    std::unique_ptr<Server> m_server;
    std::shared_ptr<AccessTable> m_table;
    quint16 m_port = 0;
};

void TestHistoryRoutes::routes()
{
    QTest::addColumn<QByteArray>("path");
    for (const QByteArray path :
         {"/api/apps/shop/logs", "/api/apps/shop/counts", "/api/apps/shop/metrics", "/api/metrics", "/api/processes"})
        QTest::newRow(path.constData()) << path;
}

void TestHistoryRoutes::init()
{
    m_config = {};
    m_config.port = 0;
    m_config.requiresToken = true;
    m_config.inForce.historyRequestsAtOnce = 3;
    m_table = std::make_shared<AccessTable>();
    Grant grant;
    grant.id = 1;
    grant.hash = hashOfToken("secret");
    grant.userId = "ann";
    grant.appId = "shop";
    m_table->grants.push_back(grant);
}

void TestHistoryRoutes::start()
{
    m_hub = std::make_unique<Hub>();
    m_intake = std::make_unique<Intake>(*m_hub);
    m_hub->setArchive(&m_archive);
    m_hub->setMetricArchive(&m_archive);
    m_server = std::make_unique<Server>(m_config, *m_hub, *m_intake);
    m_server->setAccess({m_table, {}});
    QSignalSpy listening(m_server.get(), &Server::listenStateChanged);
    m_server->start();
    QCOMPARE(listening.size(), 1);
    m_port = listening[0][0].value<ListenState>().port;
}

void TestHistoryRoutes::cleanup()
{
    m_server.reset();
    m_intake.reset();
    m_hub.reset();
    m_archive.stops.clear();
    m_archive.waiting.clear(); // answers that come after the server has gone
}

QByteArray TestHistoryRoutes::get(const QByteArray& path) const
{
    return "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(m_port)
        + "\r\nAuthorization: Bearer secret\r\n\r\n";
}

void TestHistoryRoutes::soManyWaitOnAConnection()
{
    QFETCH(QByteArray, path);
    start();
    RawPeer peer(m_port);
    peer.send(get(path).repeated(5));
    QTRY_COMPARE(waiting(), std::size_t(3));
    // Another of the same machine is served, and so is this one once it has its answers.
    RawPeer other(m_port);
    other.send(get(path));
    QTRY_COMPARE(waiting(), std::size_t(4));
    m_archive.answerAll();
    // The refusals come in their turn.
    QTRY_COMPARE(peer.received().count("\"code\":\"too_many_requests\""), 2);
    QCOMPARE(peer.received().count("HTTP/1.1 429 "), 2);
    QCOMPARE(peer.received().count("\r\nRetry-After: 1\r\n"), 2);
    QCOMPARE(peer.received().count("HTTP/1.1 200 "), 3);
    QVERIFY(peer.received().lastIndexOf("HTTP/1.1 200 ") < peer.received().indexOf("HTTP/1.1 429 "));
    QTRY_COMPARE(other.received().count("HTTP/1.1 200 "), 1);
    peer.send(get(path));
    QTRY_COMPARE(waiting(), std::size_t(1));
}

void TestHistoryRoutes::soManyWaitOfAPeer()
{
    m_config.inForce.limitsLoopback = true;
    start();
    RawPeer first(m_port);
    RawPeer second(m_port);
    first.send(get("/api/metrics").repeated(2));
    QTRY_COMPARE(waiting(), std::size_t(2));
    second.send(get("/api/processes").repeated(2));
    QTRY_COMPARE(waiting(), std::size_t(3));
    m_archive.answerAll();
    QTRY_COMPARE(second.received().count("HTTP/1.1 429 "), 1);
    second.send(get("/api/processes"));
    QTRY_COMPARE(waiting(), std::size_t(1));
}

void TestHistoryRoutes::soManyWaitOnBothRoads()
{
    m_config.inForce.limitsLoopback = true;
    start();
    RawPeer viewer(m_port);
    viewer.send(RawPeer::upgradeRequest(m_port));
    QVERIFY(viewer.takeUpgrade());
    viewer.sendText(R"({"type":"auth","data":{"appId":"shop","userId":"ann","token":"secret"}})");
    for (int i = 0; i < 3; ++i)
        viewer.sendText(R"({"type":"history"})");
    QTRY_COMPARE(waiting(), std::size_t(3));
    RawPeer request(m_port);
    request.send(get("/api/metrics"));
    QTRY_COMPARE(request.received().count("HTTP/1.1 429 "), 1);
}

void TestHistoryRoutes::whoHasGoneStillWaits()
{
    m_config.inForce.limitsLoopback = true;
    start();
    {
        RawPeer gone(m_port);
        gone.send(get("/api/apps/shop/logs").repeated(3));
        QTRY_COMPARE(waiting(), std::size_t(3));
    }
    RawPeer next(m_port);
    next.send(get("/api/metrics"));
    QTRY_COMPARE(next.received().count("HTTP/1.1 429 "), 1);
    m_archive.answerAll();
    next.send(get("/api/metrics"));
    QTRY_COMPARE(waiting(), std::size_t(1));
}

void TestHistoryRoutes::searchesOfWhoHasGoneAreStopped_data()
{
    QTest::addColumn<QByteArray>("path");
    for (const QByteArray path : {"/api/apps/shop/logs", "/api/apps/shop/counts"})
        QTest::newRow(path.constData()) << path;
}

void TestHistoryRoutes::searchesOfWhoHasGoneAreStopped()
{
    QFETCH(QByteArray, path);
    start();
    {
        RawPeer gone(m_port);
        gone.send(get(path));
        QTRY_COMPARE(m_archive.stops.size(), std::size_t(1));
        QVERIFY(m_archive.stops[0].stop_possible() && !m_archive.stops[0].stop_requested());
    }
    QTRY_VERIFY(m_archive.stops[0].stop_requested());
}

void TestHistoryRoutes::revokedMeanwhileIsRefused()
{
    QFETCH(QByteArray, path);
    start();
    RawPeer peer(m_port);
    peer.send(get(path));
    QTRY_COMPARE(waiting(), std::size_t(1));
    auto revoked = std::make_shared<AccessTable>(*m_table);
    revoked->grants[0].revokedMs = 1;
    m_server->setAccess({revoked, {}});
    m_archive.answerAll();
    QTRY_VERIFY(peer.received().contains("\r\n\r\n"));
    QVERIFY2(peer.received().startsWith("HTTP/1.1 401 "), peer.received().constData());
    QVERIFY(peer.received().contains("\"code\":\"token_revoked\""));
}

void TestHistoryRoutes::whoGuessesIsToldWhenToComeAgain()
{
    m_config.failedSignIns = 0;
    start();
    RawPeer peer(m_port);
    const QByteArray guess = get("/api/metrics").replace("secret", "guessed");
    peer.send(guess + guess);
    QTRY_COMPARE(peer.received().count("HTTP/1.1 429 "), 1);
    const QByteArray refusal = peer.received().sliced(peer.received().indexOf("HTTP/1.1 429 "));
    const qsizetype value = refusal.indexOf("\r\nRetry-After: ");
    QVERIFY2(value > 0, refusal.constData());
    QVERIFY(refusal.mid(value + 15, refusal.indexOf("\r\n", value + 2) - value - 15).toInt() >= 1);
}

void TestHistoryRoutes::aPlusInATimeIsOne()
{
    start();
    for (const QByteArray path :
         {"/api/apps/shop/logs?from=", "/api/apps/shop/counts?from=", "/api/metrics?from=", "/api/processes?at="}) {
        for (const QByteArray plus : {"+", "%2B", "%20"}) {
            RawPeer peer(m_port);
            peer.send(get(path + "2026-01-31T13:00:00" + plus + "01:00"));
            QTRY_COMPARE(waiting(), std::size_t(1)); // it is a question
            m_archive.answerAll();
            QCOMPARE(waiting(), std::size_t(0));
        }
    }
}

void TestHistoryRoutes::dotsAreNoApplication()
{
    start();
    for (const QByteArray dots : {".", "..", "%2e%2E"}) {
        RawPeer peer(m_port);
        peer.send(get("/api/apps/" + dots + "/logs"));
        QTRY_VERIFY2(peer.received().contains("must not be"), peer.received().constData());
        QVERIFY2(peer.received().startsWith("HTTP/1.1 400 "), peer.received().constData());
    }
}

void TestHistoryRoutes::seriesAreToldOfTheNewestLook()
{
    static constexpr SeriesKind heat{"heat", Unit::Celsius, "Heat"};
    start();
    const auto answerTo = [this](const QByteArray& request) {
        RawPeer peer(m_port);
        peer.send(request);
        [&] { QTRY_VERIFY(peer.received().contains("\r\n\r\n{")); }();
        return peer.received();
    };
    QVERIFY(answerTo(get("/api/series")).endsWith(R"({"series":[]})")); // nothing was looked at yet
    auto frame = std::make_shared<Frame>();
    FrameBuilder builder;
    builder.begin(*frame);
    builder.add(heat, 40);
    builder.end();
    m_hub->acceptSample(frame);
    QVERIFY(answerTo(get("/api/series")).contains("\"unit\":\"°C\""));
    QVERIFY(answerTo(get("/api/series").replace("secret", "guessed")).startsWith("HTTP/1.1 401 "));
    QVERIFY(answerTo(get("/api/series?at=1")).startsWith("HTTP/1.1 400 "));
    m_hub->setMetricArchive(nullptr); // it needs no history
    QVERIFY(answerTo(get("/api/series")).startsWith("HTTP/1.1 200 "));
}

void TestHistoryRoutes::applicationsAreNamedToWhoMayReadThem()
{
    Grant ofAny;
    ofAny.id = 2;
    ofAny.hash = hashOfToken("wide");
    ofAny.userId = "bob";
    m_table->grants.push_back(ofAny);
    start();
    const auto answerTo = [this](const QByteArray& token, const QByteArray& path = "/api/apps") {
        RawPeer peer(m_port);
        peer.send(get(path).replace("secret", token));
        [&] { QTRY_VERIFY(peer.received().contains("\r\n\r\n{")); }();
        return peer.received();
    };
    QVERIFY(answerTo("wide").endsWith(R"({"apps":[]})")); // nobody has sent anything
    for (const char* const app : {"shop", "bank", "\"a\""})
        m_hub->acceptLogs(batchOf(app, numbers(1, 1)));
    QVERIFY(answerTo("wide").endsWith("{\"apps\":[\"\\\"a\\\"\",\"bank\",\"shop\"]}"));
    QVERIFY(answerTo("secret").endsWith(R"({"apps":["shop"]})")); // a token for one application learns of no other
    QVERIFY(answerTo("guessed").startsWith("HTTP/1.1 401 "));
    QVERIFY(answerTo("wide", "/api/apps?limit=1").startsWith("HTTP/1.1 400 "));
}

VIGIE_TEST(TestHistoryRoutes)
#include "tst_historyroutes.moc"
