// SPDX-License-Identifier: GPL-3.0-or-later
// OTLP/HTTP against a whole server, with an archive that writes when the test says so.
#include "core/token.h"
#include "deflated.h"
#include "hub/hub.h"
#include "intake/intake.h"
#include "manualarchive.h"
#include "otlpbytes.h"
#include "rawpeer.h"
#include "server/server.h"
#include "testmain.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>
#include <memory>
#include <vector>

using namespace vigie;
using namespace Qt::StringLiterals;
namespace pb = vigie::test::pb;

namespace {

const QByteArray json = R"({"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"shop"}}]},
    "scopeLogs":[{"logRecords":[{"timeUnixNano":"1796031410141000000","severityNumber":9,"body":{"stringValue":"till opened"}}]}]}]})";

QByteArray chunked(const QByteArray& body)
{
    QByteArray out;
    for (qsizetype at = 0; at < body.size(); at += 100) {
        const QByteArray chunk = body.mid(at, 100);
        out += QByteArray::number(chunk.size(), 16) + "\r\n" + chunk + "\r\n";
    }
    return out + "0\r\n\r\n";
}

quint16 freePort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

} // namespace

class TestOtlpRoutes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void aBatchIsTaken_data();
    void aBatchIsTaken();
    void theAnswerWaitsForTheDisk();
    void whatIsSentAgainIsARepeat();
    void recordsWithoutATimeAreTheirSenders();
    void whileTheStoreOpensItIs503();
    void whileTheDiskIsBehindItIs503();
    void whoMayNotWriteIsToldSo_data();
    void whoMayNotWriteIsToldSo();
    void whoGuessesIsNeverToldToWaitForLong();
    void aTokenForOneApplicationIsForNoOther();
    void otherPathsAre404_data();
    void otherPathsAre404();
    void otherMethodsAre405();
    void whatCannotBeReadIs400_data();
    void whatCannotBeReadIs400();
    void bodiesAreBounded();
    void partOfABatchIsRefused();
    void figuresAreTaken();
    void deniedFiguresAreTold();
    void anUnnamedProgramIsNoted();
    void aConnectionIsKeptForMuch();
    void theUsualPortTakesNothingElse();
    void theUsualPortMayBeTaken();

private:
    void start(bool hasArchive = false, bool isOpen = true, qint64 memoryBytes = 256'000'000);
    QByteArray post(const QByteArray& body, const QByteArray& type = "application/json", const QByteArray& path = "/v1/logs",
                    const QByteArray& fields = "Authorization: Bearer writer\r\n") const
    {
        return head(type, path, fields + "Content-Length: " + QByteArray::number(body.size()) + "\r\n") + body;
    }
    QByteArray head(const QByteArray& type, const QByteArray& path, const QByteArray& fields) const
    {
        return "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(m_port) + "\r\nContent-Type: " + type + "\r\n"
            + fields + "\r\n";
    }
    void addGrant(const char* token, Role role, const char* app = "")
    {
        Grant grant;
        grant.id = std::int64_t(m_table->grants.size()) + 1;
        grant.hash = hashOfToken(token);
        grant.userId = "ann";
        grant.role = role;
        grant.appId = app;
        m_table->grants.push_back(grant);
    }
    /// Of the source's note with that reason; 0: there is none.
    std::uint64_t noted(const std::string& sourceId, const std::string& reason)
    {
        for (const SourceState& source : m_intake->board().sources()) {
            for (const SourceNote& note : source.notes) {
                if (source.id == sourceId && note.reason == reason)
                    return note.count;
            }
        }
        return 0;
    }

    ManualArchive m_archive;
    std::unique_ptr<Hub> m_hub;
    std::unique_ptr<Intake> m_intake;
    std::unique_ptr<Server> m_server;
    std::shared_ptr<AccessTable> m_table;
    std::vector<LogBatchPtr> m_taken;
    quint16 m_port = 0;
    quint16 m_otlpPort = 0;
};

void TestOtlpRoutes::init()
{
    m_taken.clear();
    m_table = std::make_shared<AccessTable>();
    addGrant("writer", Role::Producer);
    addGrant("reader", Role::Viewer);
    addGrant("shops", Role::Producer, "shop");
}

void TestOtlpRoutes::start(bool hasArchive, bool isOpen, qint64 memoryBytes)
{
    ServerConfig config;
    config.port = isOpen ? 0 : freePort();
    config.otlpPort = m_otlpPort = freePort();
    config.memoryBytes = memoryBytes;
    config.requiresToken = true;
    m_hub = std::make_unique<Hub>();
    m_intake = std::make_unique<Intake>(*m_hub);
    if (hasArchive)
        m_hub->setArchive(&m_archive);
    connect(m_hub.get(), &Hub::logsAccepted, this, [this](const LogBatchPtr& batch) { m_taken.push_back(batch); });
    m_server = std::make_unique<Server>(config, *m_hub, *m_intake);
    m_server->setAccess({m_table, {}});
    QSignalSpy listening(m_server.get(), &Server::listenStateChanged);
    m_server->prepare();
    QVERIFY(listening.empty());
    m_port = config.port;
    if (!isOpen)
        return;
    m_server->start();
    QCOMPARE(listening.size(), 1);
    m_port = listening[0][0].value<ListenState>().port;
}

void TestOtlpRoutes::cleanup()
{
    m_server.reset();
    m_intake.reset();
    m_hub.reset();
}

void TestOtlpRoutes::aBatchIsTaken_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("answer");
    const QByteArray proto = pb::request("shop", pb::bytes(2, pb::fixed64(1, 1'796'031'410'141'000'000) + pb::number(2, 9)
                                                                  + pb::bytes(5, pb::text("till opened"))));
    QTest::newRow("JSON") << QByteArray("application/json; charset=utf-8") << QByteArray() << json << QByteArray("{}");
    QTest::newRow("protobuf") << QByteArray("application/x-protobuf") << QByteArray() << proto << QByteArray();
    QTest::newRow("gzip") << QByteArray("application/json") << QByteArray("Content-Encoding: gzip\r\n")
                          << test::deflated(json, test::gzipBits) << QByteArray("{}");
    QTest::newRow("protobuf by gzip") << QByteArray("application/x-protobuf") << QByteArray("Content-Encoding: gzip\r\n")
                                      << test::deflated(proto, test::gzipBits) << QByteArray();
    QTest::newRow("zstd") << QByteArray("application/json") << QByteArray("Content-Encoding: zstd\r\n") << test::zstd(json) << QByteArray("{}");
}

void TestOtlpRoutes::aBatchIsTaken()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, fields);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, answer);
    start();
    RawPeer peer(m_port);
    peer.send(head(type, "/v1/logs", fields + "Authorization: Bearer writer\r\nTransfer-Encoding: chunked\r\n") + chunked(body));
    QTRY_VERIFY(peer.received().contains("\r\n\r\n"));
    QVERIFY2(peer.received().startsWith("HTTP/1.1 200 "), peer.received().constData());
    QVERIFY(peer.received().contains("Content-Type: " + type.left(type.indexOf(';') < 0 ? type.size() : type.indexOf(';')) + "\r\n"));
    QVERIFY(peer.received().endsWith("\r\n\r\n" + answer));
    QCOMPARE(m_taken.size(), std::size_t(1));
    QCOMPARE(m_taken[0]->appId(), "shop");
    QCOMPARE(m_taken[0]->message(0), "till opened");
    QCOMPARE(m_taken[0]->level(0), "info");
    QCOMPARE(m_taken[0]->userId(0), "ann");
    const auto sources = m_intake->board().sources();
    QCOMPARE(sources.size(), std::size_t(1));
    QCOMPARE(sources[0].id, "otlp:shop@127.0.0.1");
    QCOMPARE(sources[0].entries, std::uint64_t(1));
    // The connection is kept.
    peer.send(post(json));
    QTRY_COMPARE(peer.received().count("HTTP/1.1 200 "), 2);
}

void TestOtlpRoutes::theAnswerWaitsForTheDisk()
{
    start(true);
    m_hub->restore({});
    m_hub->restoreIds({});
    QSignalSpy tickets(m_hub.get(), &Hub::ticketDrawn);
    RawPeer peer(m_port);
    peer.send(post(json));
    QTRY_COMPARE(tickets.size(), 1);
    QCOMPARE(peer.received(), QByteArray());
    m_hub->noteStored(qint64(m_taken[0]->heldBytes()), tickets[0][0].toULongLong());
    QTRY_VERIFY(peer.received().startsWith("HTTP/1.1 200 "));
}

void TestOtlpRoutes::whatIsSentAgainIsARepeat()
{
    start();
    for (int i = 0; i < 2; ++i) {
        RawPeer peer(m_port);
        peer.send(post(json));
        QTRY_VERIFY(peer.received().startsWith("HTTP/1.1 200 "));
    }
    QCOMPARE(m_taken.size(), std::size_t(1));
    QCOMPARE(noted("otlp:shop@127.0.0.1", "repeat"), std::uint64_t(1));
}

void TestOtlpRoutes::recordsWithoutATimeAreTheirSenders()
{
    Grant other;
    other.id = 9;
    other.hash = hashOfToken("other");
    other.userId = "bob";
    other.role = Role::Producer;
    m_table->grants.push_back(other);
    start();
    QByteArray untimed = json;
    untimed.replace(R"("timeUnixNano":"1796031410141000000",)", "");
    for (const QByteArray token : {"writer", "other", "writer"}) {
        RawPeer peer(m_port);
        peer.send(post(untimed, "application/json", "/v1/logs", "Authorization: Bearer " + token + "\r\n"));
        QTRY_VERIFY(peer.received().startsWith("HTTP/1.1 200 "));
    }
    QCOMPARE(m_taken.size(), std::size_t(2));
    QCOMPARE(m_taken[1]->userId(0), "bob");
    QCOMPARE(noted("otlp:shop@127.0.0.1", "repeat"), std::uint64_t(1)); // sent again by the same
}

void TestOtlpRoutes::whileTheStoreOpensItIs503()
{
    start(false, false);
    RawPeer peer(m_port);
    peer.send(post(json));
    QTRY_VERIFY(peer.received().startsWith("HTTP/1.1 503 "));
    QVERIFY(peer.received().contains("\r\nRetry-After: 1\r\n"));
    RawPeer viewer(m_port);
    viewer.send(RawPeer::upgradeRequest(m_port));
    QTRY_VERIFY(viewer.received().startsWith("HTTP/1.1 503 "));
    QVERIFY(m_taken.empty());
    m_server->start();
    RawPeer later(m_port);
    later.send(post(json));
    QTRY_VERIFY(later.received().startsWith("HTTP/1.1 200 "));
}

void TestOtlpRoutes::whileTheDiskIsBehindItIs503()
{
    start(true);
    m_hub->restore({});
    m_hub->restoreIds({});
    RawPeer slow(m_port);
    slow.send(post(json));
    QTRY_VERIFY(slow.received().startsWith("HTTP/1.1 503 "));
    QVERIFY(slow.received().contains("\r\nRetry-After: 1\r\n"));
    QVERIFY(slow.received().endsWith("is not on disk yet\"}"));
    QCOMPARE(m_taken.size(), std::size_t(1)); // when it is sent again it is a repeat
}

void TestOtlpRoutes::whoMayNotWriteIsToldSo_data()
{
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<QString>("reason");
    QTest::newRow("no token") << QByteArray() << QByteArray("401") << u"no_token"_s;
    QTest::newRow("a wrong one") << QByteArray("Authorization: Bearer wrong\r\n") << QByteArray("401") << u"not_allowed"_s;
    QTest::newRow("a reader's") << QByteArray("Authorization: Bearer reader\r\n") << QByteArray("403") << u"not_allowed"_s;
}

void TestOtlpRoutes::whoMayNotWriteIsToldSo()
{
    QFETCH(QByteArray, fields);
    QFETCH(QByteArray, status);
    QFETCH(QString, reason);
    start();
    RawPeer peer(m_port);
    peer.send(post(json, "application/json", "/v1/logs", fields));
    QTRY_VERIFY(peer.received().startsWith("HTTP/1.1 " + status + " "));
    QTRY_VERIFY(peer.received().contains("\"message\":\""));
    QVERIFY(m_taken.empty());
    QCOMPARE(noted("otlp@127.0.0.1", reason.toStdString()), std::uint64_t(1));
}

void TestOtlpRoutes::whoGuessesIsNeverToldToWaitForLong()
{
    start();
    for (int i = 0; i < 15; ++i) {
        RawPeer peer(m_port);
        peer.send(post(json, "application/json", "/v1/logs", "Authorization: Bearer guess\r\n"));
        QTRY_VERIFY(peer.received().contains("\"message\":\""));
        const QByteArray answer = peer.received();
        const qsizetype field = answer.indexOf("\r\nRetry-After: ");
        QCOMPARE(field >= 0, answer.startsWith("HTTP/1.1 429 "));
        // Where it is more, exporters drop what they have at once.
        const int seconds = field < 0 ? 1 : answer.mid(field + 15, answer.indexOf("\r\n", field + 2) - field - 15).toInt();
        QVERIFY2(seconds >= 1 && seconds <= 8, answer.constData());
    }
    QVERIFY(noted("otlp@127.0.0.1", "too_many_attempts") > 0);
}

void TestOtlpRoutes::aTokenForOneApplicationIsForNoOther()
{
    start();
    RawPeer peer(m_port);
    const QByteArray token = "Authorization: Bearer shops\r\n";
    peer.send(post(json, "application/json", "/v1/logs", token));
    QTRY_COMPARE(peer.received().count("HTTP/1.1 200 "), 1);
    peer.send(post(QByteArray(json).replace("\"shop\"", "\"bank\""), "application/json", "/v1/logs", token));
    QTRY_COMPARE(peer.received().count("HTTP/1.1 40"), 1);
    QCOMPARE(m_taken.size(), std::size_t(1));
}

void TestOtlpRoutes::otherPathsAre404_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("why");
    QTest::newRow("/") << QByteArray("/") << QByteArray("logs go to /v1/logs");
    QTest::newRow("twice") << QByteArray("/v1/logs/v1/logs") << QByteArray("post to /v1/logs: OTEL_EXPORTER_OTLP_ENDPOINT");
    QTest::newRow("elsewhere") << QByteArray("/in/app1/v1/traces") << QByteArray("post to /v1/traces: ");
    QTest::newRow("another") << QByteArray("/x") << QByteArray("logs go to /v1/logs");
}

void TestOtlpRoutes::otherPathsAre404()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, why);
    start();
    for (const QByteArray type : {"application/json", "text/plain"}) {
        RawPeer peer(m_port);
        // Larger than a request for a page may be.
        peer.send(post(QByteArray(type == "application/json" ? 100'000 : 100, ' '), type, path));
        QTRY_VERIFY2(peer.received().startsWith("HTTP/1.1 404 ") && peer.received().contains(why), peer.received().constData());
    }
    QCOMPARE(noted("otlp@127.0.0.1", "wrong_path"), std::uint64_t(1));
    RawPeer large(m_port);
    large.send(post(QByteArray(100'000, ' '), "text/plain", path));
    QTRY_VERIFY(large.received().startsWith("HTTP/1.1 413 "));
}

void TestOtlpRoutes::otherMethodsAre405()
{
    start();
    const QByteArray host = " HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(m_port) + "\r\n\r\n";
    for (const auto& [line, allowed] : {std::pair<QByteArray, QByteArray>("GET /v1/logs", "POST, OPTIONS"), {"PUT /v1/logs", "POST, OPTIONS"}, {"GET /upload", "POST"},
                                        {"DELETE /api/apps/shop/logs", "GET, HEAD, POST, OPTIONS"}, {"DELETE /index.html", "GET, HEAD"}}) {
        RawPeer peer(m_port);
        peer.send(line + host);
        QTRY_VERIFY(peer.received().contains("\r\n\r\n"));
        QVERIFY2(peer.received().startsWith("HTTP/1.1 405 "), peer.received().constData());
        QVERIFY2(peer.received().contains("\r\nAllow: " + allowed + "\r\n"), peer.received().constData());
    }
    RawPeer peer(m_port);
    peer.send(post("x", "text/plain", "/api/shop/log"));
    QTRY_VERIFY(peer.received().contains("entries are posted to /api/apps/NAME/logs"));
    RawPeer elsewhere(m_port);
    elsewhere.send(post("x", "text/plain", "/logs"));
    QTRY_VERIFY(elsewhere.received().startsWith("HTTP/1.1 404 "));
    QTRY_VERIFY(elsewhere.received().contains("entries are posted to /api/apps/NAME/logs"));
}

void TestOtlpRoutes::whatCannotBeReadIs400_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("JSON") << QByteArray("application/json") << QByteArray("{\"resourceLogs\":[")
                          << QByteArray(R"({"code":3,"message":"this is no OTLP request in JSON"})");
    QTest::newRow("protobuf") << QByteArray("application/x-protobuf") << QByteArray("{}")
                              << pb::number(1, 3) + pb::bytes(2, "this is no OTLP request in protobuf");
    QTest::newRow("nothing") << QByteArray("application/json") << QByteArray("x") << QByteArray("in JSON\"}");
}

void TestOtlpRoutes::whatCannotBeReadIs400()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, answer);
    start();
    RawPeer peer(m_port);
    peer.send(post(body, type));
    QTRY_VERIFY(peer.received().endsWith(answer));
    QVERIFY(peer.received().startsWith("HTTP/1.1 400 "));
    QCOMPARE(noted("otlp@127.0.0.1", "malformed"), std::uint64_t(1));
}

void TestOtlpRoutes::bodiesAreBounded()
{
    start();
    RawPeer announced(m_port);
    announced.send(head("application/json", "/v1/logs", "Authorization: Bearer writer\r\nContent-Length: 16777217\r\n"));
    QTRY_VERIFY(announced.received().startsWith("HTTP/1.1 413 "));
    // What unpacks to more.
    const QByteArray bomb = test::zstd(QByteArray(17 * 1024 * 1024, ' '));
    RawPeer packed(m_port);
    packed.send(post(bomb, "application/json", "/v1/logs", "Authorization: Bearer writer\r\nContent-Encoding: zstd\r\n"));
    QTRY_VERIFY(packed.received().startsWith("HTTP/1.1 413 "));
    RawPeer unknown(m_port);
    unknown.send(post("x", "application/json", "/v1/logs", "Authorization: Bearer writer\r\nContent-Encoding: br\r\n"));
    QTRY_VERIFY(unknown.received().startsWith("HTTP/1.1 415 "));
    RawPeer typed(m_port);
    typed.send(post("x", "text/plain"));
    QTRY_VERIFY(typed.received().startsWith("HTTP/1.1 415 "));
    QVERIFY(m_taken.empty());
}

void TestOtlpRoutes::partOfABatchIsRefused()
{
    start();
    RawPeer peer(m_port);
    peer.send(post(QByteArray(json).replace("\"logRecords\":[", "\"logRecords\":[7,")));
    QTRY_VERIFY(peer.received().endsWith(R"({"partialSuccess":{"rejectedLogRecords":"1","errorMessage":"1 malformed"}})"));
    QCOMPARE(m_taken.size(), std::size_t(1));
    QCOMPARE(noted("otlp:shop@127.0.0.1", "malformed"), std::uint64_t(1));
}

void TestOtlpRoutes::figuresAreTaken()
{
    start();
    std::vector<AppMetrics> figures;
    connect(m_hub.get(), &Hub::appMetricsAccepted, this, [&](const AppMetrics& metrics) { figures.push_back(metrics); });
    RawPeer peer(m_port);
    peer.send(post(pb::request("shop", pb::bytes(2, pb::bytes(1, "depth") + pb::bytes(5, pb::bytes(1, pb::real(4, 2.5))))),
                   "application/x-protobuf", "/v1/metrics"));
    QTRY_VERIFY(peer.received().startsWith("HTTP/1.1 200 "));
    QCOMPARE(figures.size(), std::size_t(1));
    QCOMPARE(figures[0].appId, "shop");
    QCOMPARE(figures[0].metricsJson, R"({"depth":2.5})");
}

void TestOtlpRoutes::deniedFiguresAreTold()
{
    start();
    const auto point = [](const char* name) { return pb::bytes(2, pb::bytes(1, name) + pb::bytes(5, pb::bytes(1, pb::real(4, 2.5)))); };
    RawPeer peer(m_port);
    peer.send(post(pb::request("shop", point("depth")) + pb::request("bank", point("till")) + pb::request("bank", point("vault")),
                   "application/x-protobuf", "/v1/metrics", "Authorization: Bearer shops\r\n"));
    QTRY_VERIFY(peer.received().startsWith("HTTP/1.1 200 "));
    const QByteArray body = peer.received().mid(peer.received().indexOf("\r\n\r\n") + 4);
    QVERIFY2(body.startsWith("\x0a") && body.mid(2).startsWith("\x08\x02\x12"), body.toHex()); // 2 of them, and why
    QCOMPARE(noted("otlp:bank@127.0.0.1", "not_allowed"), std::uint64_t(2));
}

void TestOtlpRoutes::anUnnamedProgramIsNoted()
{
    start();
    RawPeer peer(m_port);
    peer.send(post(QByteArray(json).replace("\"shop\"", "\"unknown_service:/usr/bin/node\"")));
    QTRY_VERIFY(peer.received().startsWith("HTTP/1.1 200 "));
    QCOMPARE(m_taken[0]->appId(), "node (unnamed)");
    QCOMPARE(noted("otlp:node (unnamed)@127.0.0.1", "no_service_name"), std::uint64_t(1));
}

void TestOtlpRoutes::aConnectionIsKeptForMuch()
{
    start(false, true, 4'000'000);
    RawPeer peer(m_port);
    for (int i = 0; i < 50; ++i) {
        peer.send(post(QByteArray(json).replace("till opened", QByteArray::number(i) + QByteArray(500'000, 'x'))));
        QTRY_COMPARE(peer.received().count("HTTP/1.1 200 "), i + 1);
    }
}

void TestOtlpRoutes::theUsualPortTakesNothingElse()
{
    start();
    m_server->listenForOtlp(true);
    const quint16 own = std::exchange(m_port, m_otlpPort);
    RawPeer peer(m_port);
    peer.send(post(json));
    QTRY_VERIFY(peer.received().startsWith("HTTP/1.1 200 "));
    RawPeer page(m_port);
    page.send("GET /api/apps HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(m_port) + "\r\nAuthorization: Bearer reader\r\n\r\n");
    QTRY_VERIFY(page.received().startsWith("HTTP/1.1 404 "));
    RawPeer viewer(m_port);
    viewer.send(RawPeer::upgradeRequest(m_port));
    QTRY_VERIFY(viewer.received().startsWith("HTTP/1.1 404 "));
    RawPeer nobody(m_port);
    nobody.send(post(json, "application/json", "/v1/logs", {}));
    QTRY_VERIFY(nobody.received().startsWith("HTTP/1.1 401 "));
    m_server->listenForOtlp(false);
    QTRY_VERIFY(peer.isClosed());
    RawPeer late(m_port);
    QTRY_COMPARE(late.socket.error(), QAbstractSocket::ConnectionRefusedError);
    m_port = own;
    RawPeer still(m_port);
    still.send(post(json));
    QTRY_VERIFY(still.received().startsWith("HTTP/1.1 200 "));
}

void TestOtlpRoutes::theUsualPortMayBeTaken()
{
    start();
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost, m_otlpPort));
    QSignalSpy failed(m_server.get(), &Server::otlpListenFailed);
    m_server->listenForOtlp(true);
    QCOMPARE(failed.size(), 1);
    const auto sources = m_intake->board().sources();
    QCOMPARE(sources.size(), std::size_t(1));
    QCOMPARE(sources[0].id, "otlp");
    QVERIFY(sources[0].status == SourceStatus::Failing);
    QCOMPARE(sources[0].problem, "port_in_use");
    RawPeer peer(m_port);
    peer.send(post(json));
    QTRY_VERIFY(peer.received().startsWith("HTTP/1.1 200 "));
}

VIGIE_TEST(TestOtlpRoutes)
#include "tst_otlproutes.moc"
