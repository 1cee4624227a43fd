// SPDX-License-Identifier: GPL-3.0-or-later
// Entries that are posted: who may, what is answered, and what the board of sources says of it.
#include "core/token.h"
#include "hub/hub.h"
#include "intake/intake.h"
#include "manualarchive.h"
#include "rawpeer.h"
#include "server/server.h"
#include "testmain.h"

#include <QSignalSpy>
#include <QTest>
#include <memory>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestLogsRoute : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void theBoardKnowsWhoPosts();
    void theBoardKnowsWhoMayNot();
    void theBoardKnowsWhoMayNotSignIn();
    void entriesComeBeforeTheBodyEnds();
    void aLastLineIsNotHeldBack();
    void whatBreaksOffIsKept();
    void whatWasRefusedIsNotTakenLater();
    void anEmptyCompressedBodyIsBroken();
    void aProducersUserIsItsTokens();
    void oneApplicationTooManyIsRefused();
    void aDiskThatTakesNothingIsTold_data();
    void aDiskThatTakesNothingIsTold();

private:
    void start(int maxApps = 100);
    QByteArray post(const QByteArray& body, const QByteArray& fields, const QByteArray& app = "shop") const;
    /// The board's source with this id; one without an id: there is none.
    SourceState source(const std::string& id) const;

    std::unique_ptr<Hub> m_hub;
    std::unique_ptr<Intake> m_intake;
    ServerConfig m_config;
    std::unique_ptr<Server> m_server;
    std::shared_ptr<AccessTable> m_table;
    quint16 m_port = 0;
};

namespace {

Grant grant(std::int64_t id, const QByteArray& token, const std::string& userId, Role role)
{
    Grant made;
    made.id = id;
    made.hash = hashOfToken(token);
    made.userId = userId;
    made.role = role;
    return made;
}

const QByteArray asProducer = "Authorization: Bearer sends\r\n";
const QByteArray asAdmin = "Authorization: Bearer rules\r\n";
const QByteArray asViewer = "Authorization: Bearer reads\r\n";
const QByteArray asLines = "Content-Type: application/x-ndjson\r\n";

} // namespace

void TestLogsRoute::init()
{
    m_config = {};
    m_config.port = 0;
    m_config.requiresToken = true;
    m_table = std::make_shared<AccessTable>();
    m_table->grants = {grant(1, "reads", "ann", Role::Viewer), grant(2, "sends", "till", Role::Producer),
                       grant(3, "rules", "boss", Role::Admin)};
}

void TestLogsRoute::start(int maxApps)
{
    m_hub = std::make_unique<Hub>(maxApps);
    m_intake = std::make_unique<Intake>(*m_hub);
    m_server = std::make_unique<Server>(m_config, *m_hub, *m_intake);
    m_server->setAccess({m_table, {}});
    QSignalSpy listening(m_server.get(), &Server::listenStateChanged);
    m_server->start();
    QCOMPARE(listening.size(), 1);
    m_port = listening[0][0].value<ListenState>().port;
}

void TestLogsRoute::cleanup()
{
    m_server.reset();
    m_intake.reset();
    m_hub.reset();
}

QByteArray TestLogsRoute::post(const QByteArray& body, const QByteArray& fields, const QByteArray& app) const
{
    return "POST /api/apps/" + app + "/logs HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(m_port) + "\r\n" + fields
        + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

SourceState TestLogsRoute::source(const std::string& id) const
{
    for (const SourceState& state : m_intake->board().sources()) {
        if (state.id == id)
            return state;
    }
    return {};
}

void TestLogsRoute::theBoardKnowsWhoPosts()
{
    start();
    RawPeer peer(m_port);
    peer.send(post("{\"message\":\"a\"}\n{\"message\":\"b\"}\n", asProducer + asLines).repeated(2));
    QTRY_COMPARE(peer.received().count("\"accepted\":2,"), 2);
    peer.send(post("[1,{\"message\":\"c\"}]", asProducer + "Content-Type: application/json\r\n"));
    QTRY_VERIFY(peer.received().contains("\"refusedCount\":1"));
    const SourceState state = source("http:shop@127.0.0.1");
    QCOMPARE(state.kind, SourceKind::Http);
    QCOMPARE(state.name, "127.0.0.1");
    QCOMPARE(state.appId, "shop");
    QCOMPARE(state.status, SourceStatus::Waiting); // for the next
    QCOMPARE(state.entries, 5);
    QCOMPARE(state.notes.size(), 1);
    QCOMPARE(state.notes[0].reason, "not_an_object");
    QCOMPARE(state.notes[0].example, "1");
    peer.send(post("x", asProducer + "User-Agent: vigie log\r\n", "till") + post("x", asProducer + "User-Agent: curl/8.1 (x)\r\n", "bank"));
    QTRY_COMPARE(source("http:bank@127.0.0.1").name, "127.0.0.1 (curl/8.1)");
    QCOMPARE(source("http:till@127.0.0.1").name, "127.0.0.1 (vigie log)");
}

void TestLogsRoute::theBoardKnowsWhoMayNot()
{
    start();
    RawPeer peer(m_port);
    peer.send(post("x", {}));
    QTRY_VERIFY(peer.received().contains("HTTP/1.1 401 "));
    RawPeer viewer(m_port);
    viewer.send(post("x", asViewer));
    QTRY_VERIFY(viewer.received().contains("HTTP/1.1 403 "));
    const SourceState state = source("http:@127.0.0.1");
    QCOMPARE(state.notes.size(), 2);
    QCOMPARE(state.notes[0].reason, "no_token");
    QCOMPARE(state.notes[0].kind, SourceNote::Kind::Refused);
    QCOMPARE(state.notes[0].example, "shop");
    QCOMPARE(state.notes[1].reason, "not_allowed");
    QVERIFY(source("http:shop@127.0.0.1").id.empty());
}

void TestLogsRoute::theBoardKnowsWhoMayNotSignIn()
{
    start();
    RawPeer peer(m_port);
    peer.send(RawPeer::upgradeRequest(m_port));
    QVERIFY(peer.takeUpgrade());
    peer.sendText(R"({"type":"auth","data":{"appId":"shop","userId":"ann"}})");
    QTRY_VERIFY(!source("websocket:@127.0.0.1").notes.empty());
    const SourceState state = source("websocket:@127.0.0.1");
    QCOMPARE(state.notes[0].reason, "no_token");
    QCOMPARE(state.notes[0].example, "shop");
}

void TestLogsRoute::entriesComeBeforeTheBodyEnds()
{
    start();
    QSignalSpy accepted(m_hub.get(), &Hub::logsAccepted);
    RawPeer peer(m_port);
    const QByteArray whole = post("{\"message\":\"a\"}\n{\"message\":\"b\"}\n", asProducer + asLines);
    peer.send(whole.chopped(5));
    QTRY_COMPARE(accepted.size(), 1);
    QVERIFY(peer.received().isEmpty());
    QCOMPARE(source("http:shop@127.0.0.1").status, SourceStatus::Following);
    peer.send(whole.last(5));
    QTRY_VERIFY(peer.received().contains("\"accepted\":2,"));
}

void TestLogsRoute::aLastLineIsNotHeldBack()
{
    start();
    QSignalSpy accepted(m_hub.get(), &Hub::logsAccepted);
    RawPeer peer(m_port);
    peer.send(post("one\ntwo\nthree", asProducer).chopped(5)); // and it stays open
    const auto count = [&] {
        std::size_t entries = 0;
        for (const QList<QVariant>& batch : accepted)
            entries += batch[0].value<LogBatchPtr>()->size();
        return entries;
    };
    QTRY_COMPARE(count(), 2);
    QVERIFY(peer.received().isEmpty());
    QVERIFY(!peer.isClosed());
}

void TestLogsRoute::whatBreaksOffIsKept()
{
    start();
    QSignalSpy accepted(m_hub.get(), &Hub::logsAccepted);
    RawPeer peer(m_port);
    peer.send(post("one\ntwo\nthree", asProducer).chopped(5));
    QTRY_COMPARE(source("http:shop@127.0.0.1").status, SourceStatus::Following);
    peer.socket.abort();
    QTRY_COMPARE(source("http:shop@127.0.0.1").entries, 2);
    QTRY_COMPARE(source("http:shop@127.0.0.1").status, SourceStatus::Waiting);
    QCOMPARE(accepted.last()[0].value<LogBatchPtr>()->message(0), "two");
}

void TestLogsRoute::whatWasRefusedIsNotTakenLater()
{
    m_config.idleDeadline = std::chrono::milliseconds(600);
    start();
    ManualArchive archive;
    m_hub->setArchive(&archive);
    StoredCatalog opening;
    opening.idsFollow = true; // until then entries wait
    m_hub->restore(std::move(opening));
    QSignalSpy accepted(m_hub.get(), &Hub::logsAccepted);
    RawPeer peer(m_port);
    peer.send(post("x", asAdmin));
    QTRY_VERIFY(peer.received().contains("HTTP/1.1 503 "));
    StoredIds last;
    last.isLast = true;
    m_hub->restoreIds(std::move(last));
    m_intake->callWaiting();
    RawPeer next(m_port);
    next.send(post("y", asAdmin)); // which would come after it
    QTRY_COMPARE(accepted.size(), 1);
    const LogBatchPtr taken = accepted[0][0].value<LogBatchPtr>();
    QVERIFY2(taken->message(0) == "y", std::string(taken->message(0)).c_str());
    m_server.reset(); // before what it asks
    m_intake.reset();
    m_hub.reset();
}

void TestLogsRoute::anEmptyCompressedBodyIsBroken()
{
    start();
    for (const QByteArray coding : {"gzip", "zstd"}) {
        RawPeer peer(m_port);
        peer.send(post({}, asProducer + "Content-Encoding: " + coding + "\r\n"));
        QTRY_VERIFY(peer.received().startsWith("HTTP/1.1 400 "));
    }
    RawPeer plain(m_port);
    plain.send(post({}, asProducer));
    QTRY_VERIFY(plain.received().contains("\"accepted\":0,"));
}

void TestLogsRoute::aProducersUserIsItsTokens()
{
    start();
    QSignalSpy accepted(m_hub.get(), &Hub::logsAccepted);
    RawPeer peer(m_port);
    const QByteArray line = R"({"level":"info","message":"a","userId":"someone"})";
    peer.send(post(line, asProducer + asLines));
    QTRY_COMPARE(accepted.size(), 1);
    QCOMPARE(accepted[0][0].value<LogBatchPtr>()->userId(0), "till");
    peer.send(post(line, asAdmin + asLines));
    QTRY_COMPARE(accepted.size(), 2);
    QCOMPARE(accepted[1][0].value<LogBatchPtr>()->userId(0), "someone");
}

void TestLogsRoute::oneApplicationTooManyIsRefused()
{
    start(1);
    RawPeer peer(m_port);
    peer.send(post("x", asAdmin));
    QTRY_VERIFY(peer.received().contains("\"accepted\":1,"));
    peer.send(post("x", asAdmin, "bank"));
    QTRY_VERIFY(peer.received().contains("\"code\":\"too_many_applications\""));
}

void TestLogsRoute::aDiskThatTakesNothingIsTold_data()
{
    QTest::addColumn<bool>("isOpened");
    QTest::newRow("opened") << true; // and entries are taken
    QTest::newRow("not opened") << false; // so that they wait
}

void TestLogsRoute::aDiskThatTakesNothingIsTold()
{
    QFETCH(bool, isOpened);
    m_config.idleDeadline = std::chrono::milliseconds(600);
    start();
    ManualArchive archive;
    m_hub->setArchive(&archive);
    if (isOpened)
        m_hub->restore({});
    RawPeer peer(m_port);
    peer.send(post("x", asAdmin));
    QTRY_VERIFY(peer.received().contains("HTTP/1.1 503 "));
    QVERIFY(peer.received().contains("\r\nRetry-After: 1\r\n"));
    QVERIFY(peer.received().contains("\"code\":\"busy\""));
    m_server.reset(); // before what it asks
    m_intake.reset();
    m_hub.reset();
}

VIGIE_TEST(TestLogsRoute)
#include "tst_logsroute.moc"
