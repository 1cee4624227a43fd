// SPDX-License-Identifier: GPL-3.0-or-later
// Each limit's counter counts exactly what that limit refuses.
#include "hub/hub.h"
#include "intake/intake.h"
#include "logbatches.h"
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
using namespace std::chrono_literals;

namespace {

/// Peers that exceed limits.
class Peers
{
public:
    Peers(Server& owner, quint16 port) : server(owner), m_port(port) {}

    /// A peer that sends these bytes, with "PORT" replaced.
    RawPeer& connect(QByteArray bytes = {})
    {
        RawPeer& peer = *m_peers.emplace_back(std::make_unique<RawPeer>(m_port));
        peer.send(bytes.replace("PORT", QByteArray::number(m_port)));
        return peer;
    }
    RawPeer& ask(const QByteArray& fields, const QByteArray& more = {})
    {
        return connect("GET / HTTP/1.1\r\n" + fields + "\r\n" + more);
    }
    /// A peer that does the WebSocket handshake and sends these messages.
    RawPeer& open(const QList<QByteArray>& messages = {})
    {
        RawPeer& peer = connect(RawPeer::upgradeRequest(m_port));
        peer.takeUpgrade();
        for (const QByteArray& message : messages)
            peer.sendText(message);
        return peer;
    }

    Server& server;

private:
    quint16 m_port;
    std::vector<std::unique_ptr<RawPeer>> m_peers;
};

using Prepare = std::function<void(ServerConfig&)>;
using Provoke = std::function<void(Peers&)>;

const QByteArray signIn = R"({"type":"auth","data":{"appId":"shop","userId":"ann"}})";
const QByteArray guess = R"({"type":"auth","data":{"appId":"shop","userId":"ann","token":"guess"}})";
const QByteArray ourHost = "Host: 127.0.0.1:PORT\r\n";

/// Requests more than the kernel holds, and reads nothing.
void readNothing(Peers& peers)
{
    RawPeer& peer = peers.open({signIn});
    peer.take(u"auth_success"_s);
    peer.stopReading();
    for (int i = 0; i < 6; ++i)
        peer.sendText(R"({"type":"history","data":{"limit":64}})");
}

} // namespace

Q_DECLARE_METATYPE(Prepare)
Q_DECLARE_METATYPE(Provoke)

class TestLimitHits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void counted_data();
    void counted();
};

void TestLimitHits::counted_data()
{
    QTest::addColumn<LimitHit>("hit");
    QTest::addColumn<Prepare>("prepare");
    QTest::addColumn<Provoke>("provoke");
    int rows = 0;
    const auto row = [&rows](LimitHit hit, const Prepare& prepare, const Provoke& provoke) {
        ++rows;
        QTest::newRow(std::string(limitHitName(hit)).c_str()) << hit << prepare << provoke;
    };
    const auto connectTwice = [](Peers& peers) {
        peers.connect();
        peers.connect();
    };
    const Prepare nothing = [](ServerConfig&) {};
    row(LimitHit::Connections, [](ServerConfig& config) { config.maxConnections = 1; }, connectTwice);
    row(LimitHit::ConnectionsOfAddress, [](ServerConfig& config) { config.perAddress = {1, 100, 100, true}; }, connectTwice);
    row(LimitHit::Handshakes, [](ServerConfig& config) { config.perAddress = {100, 1, 1, true}; }, connectTwice);
    row(LimitHit::BlockedAddress, nothing, [](Peers& peers) {
        auto table = std::make_shared<AccessTable>();
        table->blocks.push_back({"127.0.0.1", "", 0});
        peers.server.setAccess({table, {}});
        peers.connect();
    });
    row(LimitHit::HeadTime, [](ServerConfig& config) { config.headDeadline = 50ms; }, [](Peers& peers) { peers.connect(); });
    row(LimitHit::HeadSize, nothing, [](Peers& peers) { peers.ask(ourHost + "X: " + QByteArray(20'000, 'x')); });
    row(LimitHit::BodySize, nothing,
        [](Peers& peers) { peers.ask(ourHost + "Content-Length: 100000\r\n", QByteArray(20'000, 'x')); });
    row(LimitHit::IdleTime, [](ServerConfig& config) { config.idleDeadline = 50ms; }, [](Peers& peers) { peers.ask(ourHost); });
    row(LimitHit::Host, nothing, [](Peers& peers) { peers.ask("Host: evil.example\r\n"); });
    row(LimitHit::Origin, nothing, [](Peers& peers) { peers.ask(ourHost + "Origin: http://evil.example\r\n"); });
    row(LimitHit::MessageSize, nothing, [](Peers& peers) { peers.open({QByteArray(20'000, ' ')}); });
    row(LimitHit::MessageTime, [](ServerConfig& config) { config.limits.messageDeadline = 1ms; },
        [](Peers& peers) { peers.open().send(RawPeer::frame(RawPeer::Text, signIn).chopped(1)); });
    row(LimitHit::Applications, nothing, [](Peers& peers) { // "shop" is there
        peers.open({R"({"type":"auth","data":{"appId":"bank","userId":"ann"}})",
                    R"({"type":"logs","data":[{"level":"a","message":""}]})"});
    });
    row(LimitHit::BatchSize, [](ServerConfig& config) { config.decode.entriesPerBatch = 1; }, [](Peers& peers) {
        peers.open({signIn, R"({"type":"logs","data":[{"level":"a","message":""},{"level":"a","message":""}]})"});
    });
    row(LimitHit::JsonDepth, nothing, [](Peers& peers) {
        peers.open({signIn, "{\"type\":\"clear\",\"data\":" + QByteArray(40, '[') + QByteArray(40, ']') + '}'});
    });
    row(LimitHit::Filter, [](ServerConfig& config) { config.decode.filterLevels = 1; },
        [](Peers& peers) { peers.open({signIn, R"({"type":"filter","data":{"level":["a","b"]}})"}); });
    row(LimitHit::Messages,
        [](ServerConfig& config) {
            config.limits.limitsLoopback = true;
            config.limits.messagesPerSecond = 1;
        },
        [](Peers& peers) { peers.open({signIn, signIn, signIn}); });
    row(LimitHit::Bytes,
        [](ServerConfig& config) {
            config.limits.limitsLoopback = true;
            config.limits.receiveBytesPerSecond = 50;
        },
        [](Peers& peers) { peers.open({signIn}); });
    row(LimitHit::HistoryRequests, [](ServerConfig& config) { config.inForce.historyRequestsAtOnce = 0; },
        [](Peers& peers) { peers.open({signIn, R"({"type":"history"})"}); });
    row(LimitHit::Unsent, [](ServerConfig& config) { config.limits.unsentBytes = 64 * 1024; }, readNothing);
    row(LimitHit::UnreadTime, [](ServerConfig& config) { config.limits.unreadDeadline = 1s; }, readNothing);
    row(LimitHit::Memory, [](ServerConfig& config) { config.memoryBytes = 1024 * 1024; }, readNothing);
    row(LimitHit::FailedSignIns,
        [](ServerConfig& config) {
            config.requiresToken = true;
            config.failedSignIns = 0;
        },
        [](Peers& peers) { peers.open({guess, guess}); });
    row(LimitHit::SignInTime, [](ServerConfig& config) { config.limits.authDeadline = 1ms; }, [](Peers& peers) { peers.open(); });
    row(LimitHit::RefusedMessages, [](ServerConfig& config) { config.limits.failures = 2; },
        [](Peers& peers) { peers.open({"{}", "{}"}); });
    row(LimitHit::JoinRequests,
        [](ServerConfig& config) {
            config.requiresToken = true;
            config.joins.waiting = 0;
        },
        [](Peers& peers) {
            peers.server.setOpenToRequests(true);
            peers.open({R"({"type":"request_access","data":{"userId":"ann","appId":"shop"}})"});
        });
    QCOMPARE(rows, int(LimitHit::Count_));
}

void TestLimitHits::counted()
{
    QFETCH(LimitHit, hit);
    QFETCH(Prepare, prepare);
    QFETCH(Provoke, provoke);
    Hub hub(1);
    hub.acceptLogs(largeBatch());
    ServerConfig config;
    config.port = 0;
    prepare(config);
    Intake intake(hub);
    Server server(config, hub, intake);
    QSignalSpy listening(&server, &Server::listenStateChanged);
    server.start();
    const auto state = listening.at(0).at(0).value<ListenState>();
    QVERIFY2(state.listening, qPrintable(state.error));
    QSignalSpy told(&server, &Server::limitHitsChanged);
    const auto counts = [&] {
        server.watchClients(true);
        return told.last().at(0).value<LimitHits>();
    };
    QCOMPARE(counts().times, LimitHits{}.times);

    const QSignalSpy noted(&server, &Server::noted);
    Peers peers(server, state.port);
    provoke(peers);
    QTRY_VERIFY_WITH_TIMEOUT(counts().times[std::size_t(hit)] >= 1, 30'000);
    LimitHits others = counts();
    others.times[std::size_t(hit)] = 0;
    QCOMPARE(others.times, LimitHits{}.times);
    // Peers rejected before sign-in are audited, too.
    if (hit == LimitHit::BlockedAddress || hit == LimitHit::Host || hit == LimitHit::Origin) {
        QCOMPARE(noted.size(), 1);
        QCOMPARE(noted[0][0].value<AuditEvent>().address, "127.0.0.1");
    }
}

VIGIE_TEST(TestLimitHits)
#include "tst_limithits.moc"
