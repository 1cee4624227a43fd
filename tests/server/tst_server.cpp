// SPDX-License-Identifier: GPL-3.0-or-later
// The deadlines of a session, shortened, with peers at byte level.
#include "hub/hub.h"
#include "intake/intake.h"
#include "server/server.h"
#include "testmain.h"

#include <QDeadlineTimer>
#include <QSignalSpy>
#include <QTcpSocket>
#include <QTest>
#include <arpa/inet.h>
#include <memory>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace vigie;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// A client that sends only what the test says, as bytes.
class RawPeer
{
public:
    explicit RawPeer(quint16 port)
    {
        socket.connectToHost(QHostAddress::LocalHost, port);
        socket.write("GET /?appId=shop&userId=ann HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(port)
                     + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                       "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        QObject::connect(&socket, &QTcpSocket::readyRead, &socket, [this] { received += socket.readAll(); });
    }

    /// A short text message, masked with 0.
    void send(const QByteArray& text)
    {
        socket.write(QByteArray("\x81", 1) + char(0x80 | text.size()) + QByteArray(4, '\0') + text);
    }
    /// Waits for `connect`, then signs in.
    bool signIn()
    {
        return QTest::qWaitFor([this] { return received.contains("connect"); })
            && (send(R"({"type":"auth"})"), QTest::qWaitFor([this] { return received.contains("auth_success"); }));
    }

    bool isClosed() const { return socket.state() == QAbstractSocket::UnconnectedState; }
    /// The two bytes of a close code behind a close frame's head.
    bool gotClose(int code) const
    {
        return received.contains(QByteArray(1, char(code >> 8)) + char(code & 0xff)) && received.contains('\x88');
    }

    QTcpSocket socket;
    QByteArray received;
};

} // namespace

class TestServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void whoDoesNotSignInIsSentAway();
    void whoNeverAnswersPingsIsDropped();
    void whoAnswersPingsStays();
    void unfinishedMessageEndsTheSession();
    void unfinishedFragmentsEndTheSession();
    void whoNeverReadsIsClosed();
    void stopTellsEveryClient();
    void whoAsksWhileItStopsIsToldToComeBack();
    void oneTooManyIsRefused();
    void oneTooManyOfAnAddressIsRefused();
    void bothPortsCountTogether_data();
    void bothPortsCountTogether();
    void aBurstOfConnectionsWaitsInLine();
    void portInUseIsSaid();

private:
    void start()
    {
        m_server = std::make_unique<Server>(m_config, m_hub, m_intake);
        QSignalSpy listening(m_server.get(), &Server::listenStateChanged);
        m_server->start();
        QCOMPARE(listening.size(), 1);
        m_state = listening[0][0].value<ListenState>();
        QVERIFY2(m_state.listening, qPrintable(m_state.error));
    }

    Hub m_hub;
    Intake m_intake{m_hub};
    ServerConfig m_config;
    std::unique_ptr<Server> m_server;
    ListenState m_state;
};

void TestServer::init()
{
    m_config = {};
    m_config.port = 0;
}

void TestServer::cleanup()
{
    m_server.reset();
}

void TestServer::whoDoesNotSignInIsSentAway()
{
    m_config.limits.authDeadline = 1s;
    start();
    RawPeer peer(m_state.port);
    QTRY_VERIFY(peer.isClosed());
    QVERIFY(peer.received.contains("auth_error"));
    QVERIFY(peer.gotClose(1008));
}

void TestServer::whoNeverAnswersPingsIsDropped()
{
    m_config.limits.pingInterval = 1s;
    start();
    RawPeer peer(m_state.port);
    QVERIFY(peer.signIn());
    peer.received.clear(); // of which any byte may look like a ping
    QTRY_VERIFY_WITH_TIMEOUT(peer.isClosed(), 15'000);
    QCOMPARE(peer.received.count('\x89'), 2); // it was asked twice
}

void TestServer::whoAnswersPingsStays()
{
    m_config.limits.pingInterval = 1s;
    start();
    RawPeer peer(m_state.port);
    QVERIFY(peer.signIn());
    int answered = 0;
    connect(&peer.socket, &QTcpSocket::readyRead, this, [&] {
        for (; answered < peer.received.count('\x89'); ++answered)
            peer.socket.write(QByteArray("\x8a\x80\0\0\0\0", 6));
    });
    QTRY_VERIFY_WITH_TIMEOUT(answered >= 4, 15'000);
    QVERIFY(!peer.isClosed());
}

void TestServer::unfinishedMessageEndsTheSession()
{
    m_config.limits.messageDeadline = 1s;
    start();
    RawPeer peer(m_state.port);
    QVERIFY(peer.signIn());
    peer.socket.write(QByteArray("\x81\xfe\x01\x00\0\0\0\0", 8) + "{\"type"); // 6 of 256 bytes
    QTRY_VERIFY_WITH_TIMEOUT(peer.isClosed(), 15'000);
    QVERIFY(peer.gotClose(1008));
}

void TestServer::unfinishedFragmentsEndTheSession()
{
    m_config.limits.messageDeadline = 1s;
    start();
    RawPeer peer(m_state.port);
    QVERIFY(peer.signIn());
    peer.socket.write(QByteArray("\x01\x81\0\0\0\0{", 7));
    QTRY_VERIFY_WITH_TIMEOUT(peer.isClosed(), 15'000);
    QVERIFY(peer.gotClose(1008));
}

void TestServer::whoNeverReadsIsClosed()
{
    m_config.limits.unreadDeadline = 2s;
    start();
    RawPeer peer(m_state.port);
    QVERIFY(peer.signIn());
    peer.socket.setReadBufferSize(1);
    disconnect(&peer.socket, &QTcpSocket::readyRead, nullptr, nullptr);
    const LogOrigin origin("shop", "ann");
    const QSignalSpy activity(m_server.get(), &Server::activityChanged);
    const auto connections = [&] {
        m_hub.acceptSample(std::make_shared<const Frame>());
        return activity.last()[0].value<Activity>().connections;
    };
    QCOMPARE(connections(), 1);
    for (int i = 0; i < 200; ++i) {
        LogBatch batch("shop");
        batch.append({std::to_string(i), 1, "info", std::string(100'000, 'x'), ""}, origin);
        m_hub.acceptLogs(std::move(batch));
    }
    QTRY_COMPARE_WITH_TIMEOUT(connections(), 0, 15'000);
}

void TestServer::stopTellsEveryClient()
{
    start();
    RawPeer one(m_state.port);
    RawPeer other(m_state.port);
    QTRY_VERIFY(one.received.contains("connect") && other.received.contains("connect"));
    QSignalSpy stopped(m_server.get(), &Server::stopped);
    m_server->stop();
    QTRY_VERIFY(!stopped.isEmpty());
    QTRY_VERIFY(one.isClosed() && other.isClosed());
    QVERIFY(one.gotClose(1001) && other.gotClose(1001));
}

void TestServer::whoAsksWhileItStopsIsToldToComeBack()
{
    m_config.names.origins = {u"http://localhost:5173"_s};
    start();
    const QByteArray request = "GET /api/limits HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(m_state.port)
        + "\r\nOrigin: http://localhost:5173\r\n\r\n";
    QTcpSocket kept; // its connection is there from before
    kept.connectToHost(QHostAddress::LocalHost, m_state.port);
    kept.write(request);
    QTRY_VERIFY(kept.bytesAvailable() > 0);
    QVERIFY(kept.readAll().startsWith("HTTP/1.1 200 "));
    m_server->stop();
    kept.write(request);
    QTRY_VERIFY(kept.bytesAvailable() > 0);
    const QByteArray answer = kept.readAll();
    QVERIFY2(answer.startsWith("HTTP/1.1 503 ") && answer.contains("Retry-After: 1\r\n"), answer.constData());
    QVERIFY2(answer.contains("Access-Control-Allow-Origin: http://localhost:5173\r\n"), answer.constData());
}

void TestServer::oneTooManyIsRefused()
{
    m_config.maxConnections = 1;
    start();
    auto one = std::make_unique<RawPeer>(m_state.port);
    QTRY_VERIFY(one->received.contains("connect"));
    RawPeer other(m_state.port);
    QTRY_VERIFY(other.isClosed());
    QVERIFY(other.received.startsWith("HTTP/1.1 503"));
    one.reset();
    const auto getsIn = [this] {
        RawPeer next(m_state.port);
        return QTest::qWaitFor([&] { return next.received.contains("connect") || next.isClosed(); })
            && next.received.contains("connect");
    };
    QTRY_VERIFY(getsIn());
}

void TestServer::oneTooManyOfAnAddressIsRefused()
{
    m_config.perAddress = {2, 1'000, 1'000, true};
    start();
    auto first = std::make_unique<RawPeer>(m_state.port);
    RawPeer second(m_state.port);
    QTRY_VERIFY(first->received.contains("connect") && second.received.contains("connect"));
    RawPeer third(m_state.port);
    QTRY_VERIFY(third.isClosed());
    QVERIFY2(third.received.startsWith("HTTP/1.1 429 ") && third.received.contains("\r\nRetry-After: "),
             third.received.constData());
    first.reset();
    const auto getsIn = [this] {
        RawPeer next(m_state.port);
        return QTest::qWaitFor([&] { return next.received.contains("connect") || next.isClosed(); })
               && next.received.contains("connect");
    };
    QTRY_VERIFY(getsIn());
}

void TestServer::bothPortsCountTogether_data()
{
    QTest::addColumn<int>("max");
    QTest::addColumn<int>("maxOfAddress");
    QTest::addColumn<QByteArray>("refusal");
    QTest::newRow("of all") << 2 << 100 << QByteArray("HTTP/1.1 503 ");
    QTest::newRow("of an address") << 100 << 2 << QByteArray("HTTP/1.1 429 ");
}

void TestServer::bothPortsCountTogether()
{
    QFETCH(int, max);
    QFETCH(int, maxOfAddress);
    QFETCH(QByteArray, refusal);
    m_config.maxConnections = max;
    m_config.perAddress = {maxOfAddress, 1'000, 1'000, true};
    {
        QTcpServer free;
        QVERIFY(free.listen(QHostAddress::LocalHost));
        m_config.otlpPort = free.serverPort();
    }
    start();
    m_server->listenForOtlp(true);
    const auto isAnswered = [](QTcpSocket& peer, quint16 port) {
        peer.connectToHost(QHostAddress::LocalHost, port);
        peer.write("GET / HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(port) + "\r\n\r\n");
        return QTest::qWaitFor([&peer] { return peer.bytesAvailable() > 0; });
    };
    auto first = std::make_unique<QTcpSocket>();
    QTcpSocket second;
    QTcpSocket third;
    QVERIFY(isAnswered(*first, m_state.port));
    QVERIFY(isAnswered(second, m_config.otlpPort));
    QVERIFY(!second.peek(12).startsWith(refusal));
    QVERIFY(isAnswered(third, m_config.otlpPort));
    QVERIFY2(third.peek(100).startsWith(refusal), third.peek(100).constData());
    first.reset();
    const auto getsIn = [&] {
        QTcpSocket next;
        return isAnswered(next, m_config.otlpPort) && !next.peek(100).startsWith(refusal);
    };
    QTRY_VERIFY(getsIn());
}

void TestServer::aBurstOfConnectionsWaitsInLine()
{
    start();
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(m_state.port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    std::vector<pollfd> peers;
    for (int i = 0; i < 500; ++i) { // while the server is busy with something else
        const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        ::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address);
        peers.push_back({descriptor, POLLOUT, 0});
    }
    // The kernel may take its time, but a connection that it dropped would be there only at the second try.
    const QDeadlineTimer deadline(5s);
    int connected = 0;
    int triedAgain = 0;
    for (pollfd& peer : peers) {
        poll(&peer, 1, int(deadline.remainingTime()));
        connected += peer.revents == POLLOUT ? 1 : 0;
        tcp_info info{};
        socklen_t size = sizeof info;
        const bool isKnown = getsockopt(peer.fd, IPPROTO_TCP, TCP_INFO, &info, &size) == 0;
        triedAgain += isKnown && info.tcpi_total_retrans == 0 ? 0 : 1;
    }
    for (const pollfd& peer : peers)
        ::close(peer.fd);
    QCOMPARE(connected, 500);
    QCOMPARE(triedAgain, 0);
}

void TestServer::portInUseIsSaid()
{
    start();
    Hub hub;
    ServerConfig config;
    config.port = m_state.port;
    Intake intake(hub);
    Server second(config, hub, intake);
    QSignalSpy listening(&second, &Server::listenStateChanged);
    second.start();
    auto state = listening[0][0].value<ListenState>();
    QVERIFY(!state.listening);
    QCOMPARE(state.port, m_state.port);
    QVERIFY(state.error.contains(QString::number(m_state.port)));
    second.listen(0);
    state = listening[1][0].value<ListenState>();
    QVERIFY2(state.listening, qPrintable(state.error));
    RawPeer peer(state.port);
    QTRY_VERIFY(peer.received.contains("connect"));
}

VIGIE_TEST(TestServer)
#include "tst_server.moc"
