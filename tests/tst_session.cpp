// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/token.h"
#include "hub/hub.h"
#include "logbatches.h"
#include "patientarchive.h"
#include "rawpeer.h"
#include "server/acknowledgements.h"
#include "server/fanout.h"
#include "server/joinrequests.h"
#include "server/metricsfeed.h"
#include "server/openquestions.h"
#include "server/session.h"

#include <QJsonArray>
#include <QPointer>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>
#include <QWebSocket>
#include <QWebSocketServer>
#include <algorithm>
#include <memory>

using namespace vigie;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QByteArray signIn = R"({"type":"auth","data":{"appId":"shop","userId":"ann"}})";
const QByteArray askStatus = R"({"type":"check_status"})";

} // namespace

/// One session on a real connection, with the client's end in the same thread. The clock is ours.
class TestSession : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void saysConnectAtOnce();
    void strangerIsSentAway();
    void whoSignedInStays();
    void oneSignInIsNotedOnce();
    void aTokenIsInUseAsLongAsItsSession();
    void silentPeerIsPingedAndDropped();
    void pongKeepsAPeer();
    void anyByteKeepsAPeer();
    void unfinishedFrameEnds();
    void unfinishedMessageEnds();
    void busyPeerIsNotTakenForAnUnfinishedOne();
    void peerThatTakesNothingEnds();
    void peerThatTakesSlowlyStays();
    void unreadAnswersEnd();
    void unreadPongsEnd();
    void pongDoesNotCutAnAnswer();
    void tooLongMessageEnds_data();
    void tooLongMessageEnds();
    void beforeSignInMessagesAreShort_data();
    void beforeSignInMessagesAreShort();
    void onceSignedInTheyMayBeLong();
    void whatWaitsIsCounted();
    void binaryIsReadAsText();
    void brokenMessageChangesNothing();
    void refusedAuthLeavesTheOldOne();
    void closeSaysWhy();
    void nothingIsDoneAfterClose();
    void whoSendsTooMuchIsReadLaterAndLosesNothing();
    void framesThatAreNoMessagesAreReadLaterToo_data();
    void framesThatAreNoMessagesAreReadLaterToo();
    void questionsForHistoryAreFewAtATime();
    void questionsOfWhoHasGoneAreDropped();
    void whoReadsNothingGetsNoMoreWhileMemoryIsShort();
    void entriesThatCannotBeTakenWaitWithTheirSender();
    void whoGoesWhileItWaitsForTheDiskIsMissed();
    void oneApplicationTooManyIsRefused();
    void whoFailsTooOftenIsSentAway();
    void theOwnerSeesWhoItIs();

private:
    /// Does the handshake and makes the session.
    void connectPeer(const SessionLimits& limits = {});
    /// connectPeer(), and the peer signs in.
    void connectSignedIn(const SessionLimits& limits = {});
    /// Waits until the session has answered all that was sent before.
    bool settle();
    bool hasEnded() { return QTest::qWaitFor([this] { return m_endedSpy->size() > 0; }, 30'000); }

    std::unique_ptr<Hub> m_hub;
    Doorkeeper m_door{OpenTo::Everybody};
    JoinRequests m_joins{JoinRequests::Config()};
    ExcessCounts m_excesses;
    std::unique_ptr<OpenQuestions> m_questions;
    std::unique_ptr<MemoryBudget> m_memory;
    std::unique_ptr<Fanout> m_fanout;
    std::unique_ptr<MetricsFeed> m_metrics;
    std::unique_ptr<Acknowledgements> m_acks;
    std::unique_ptr<Decoder> m_decoder;
    QByteArray m_trouble;
    std::unique_ptr<SessionContext> m_context;
    std::unique_ptr<QTcpServer> m_listener;
    std::unique_ptr<QWebSocketServer> m_handshakes;
    std::unique_ptr<RawPeer> m_peer;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<QSignalSpy> m_endedSpy;
    QPointer<QTcpSocket> m_socket; // the session's end
    QPointer<QWebSocket> m_webSocket;
};

void TestSession::init()
{
    m_hub = std::make_unique<Hub>();
    m_excesses = {};
    m_questions = std::make_unique<OpenQuestions>(8, false);
    m_memory = std::make_unique<MemoryBudget>(256 * 1024 * 1024);
    m_fanout = std::make_unique<Fanout>(*m_hub, *m_memory);
    m_metrics = std::make_unique<MetricsFeed>(*m_hub, [] { return 1; });
    m_acks = std::make_unique<Acknowledgements>(*m_hub);
    m_decoder = std::make_unique<Decoder>();
    m_listener = std::make_unique<QTcpServer>();
    m_handshakes = std::make_unique<QWebSocketServer>(u"test"_s, QWebSocketServer::NonSecureMode);
    QVERIFY(m_listener->listen(QHostAddress::LocalHost));
}

void TestSession::cleanup()
{
    m_endedSpy.reset();
    m_session.reset();
    m_peer.reset();
    m_handshakes.reset();
    m_listener.reset();
    m_context.reset();
    m_metrics.reset();
    m_fanout.reset();
}

void TestSession::connectPeer(const SessionLimits& limits)
{
    m_context.reset(
        new SessionContext{*m_hub, m_door, *m_fanout, *m_metrics, *m_acks, m_joins, *m_decoder, *m_questions, m_excesses,
                           *m_memory, limits, m_trouble});
    m_peer = std::make_unique<RawPeer>(m_listener->serverPort());
    m_peer->send(RawPeer::upgradeRequest(m_listener->serverPort()));
    QTRY_VERIFY(m_listener->hasPendingConnections());
    m_socket = m_listener->nextPendingConnection();
    new Arrivals(m_socket);
    m_handshakes->handleConnection(m_socket);
    QTRY_VERIFY(m_handshakes->hasPendingConnections());
    m_webSocket = m_handshakes->nextPendingConnection();
    m_session = std::make_unique<Session>(1, m_webSocket, m_socket, *m_context, AuthRequest{}, 0ms);
    m_endedSpy = std::make_unique<QSignalSpy>(m_session.get(), &Session::ended);
    QVERIFY(m_peer->takeUpgrade());
}

void TestSession::connectSignedIn(const SessionLimits& limits)
{
    connectPeer(limits);
    m_peer->sendText(signIn);
    QVERIFY(!m_peer->take(u"metrics"_s).isEmpty());
}

bool TestSession::settle()
{
    m_peer->sendText(askStatus);
    return !m_peer->take(u"status_response"_s).isEmpty();
}

void TestSession::saysConnectAtOnce()
{
    connectPeer();
    const auto frame = m_peer->takeFrame();
    QVERIFY(frame);
    QCOMPARE(frame->payload, QByteArray(R"({"payload":{},"type":"connect"})"));
}

void TestSession::strangerIsSentAway()
{
    connectPeer();
    m_session->tick(9'999ms);
    m_peer->sendText(askStatus);
    QCOMPARE(m_peer->take(u"auth_error"_s)["payload"_L1].toObject().keys(), QStringList{u"message"_s});

    m_session->tick(10'000ms);
    QVERIFY(!m_peer->take(u"auth_error"_s).isEmpty());
    QCOMPARE(m_peer->takeClose(), 1008);
}

void TestSession::whoSignedInStays()
{
    connectSignedIn();
    m_session->tick(10'000ms);
    m_session->tick(19'000ms);
    QVERIFY(settle());
}

void TestSession::oneSignInIsNotedOnce()
{
    // Who could fill the audit with himself could push out of it what he has done.
    QSignalSpy noted(&m_door, &Doorkeeper::noted);
    connectSignedIn();
    for (int i = 0; i < 5; ++i)
        m_peer->sendText(signIn);
    QVERIFY(settle());
    QCOMPARE(noted.size(), 1);
    m_peer->sendText(R"({"type":"auth","data":{"appId":"bank"}})");
    QVERIFY(settle());
    QCOMPARE(noted.size(), 2);
}

void TestSession::aTokenIsInUseAsLongAsItsSession()
{
    auto table = std::make_shared<AccessTable>();
    Grant grant;
    grant.id = 7;
    grant.hash = hashOfToken("s3cret");
    grant.userId = "ann";
    grant.appId = "shop";
    table->grants.push_back(grant);
    m_door.setTable(table);
    QSignalSpy used(&m_door, &Doorkeeper::tokenUsed);
    connectPeer();
    m_peer->sendText(R"({"type":"auth","data":{"token":"s3cret"}})");
    QVERIFY(!m_peer->take(u"auth_success"_s).isEmpty());
    QCOMPARE(used.size(), 1);
    // As if that were more than a minute ago.
    m_door.noteUse(7, QDateTime::currentMSecsSinceEpoch() - 70'000);
    used.clear();
    m_session->tick(1'000ms);
    m_session->tick(2'000ms);
    QCOMPARE(used.size(), 1);
    QCOMPARE(used.first().first().toLongLong(), 7);
    m_door.setTable(std::make_shared<AccessTable>());
}

void TestSession::silentPeerIsPingedAndDropped()
{
    connectSignedIn();
    m_session->tick(0ms); // the sign-in was heard here
    m_session->tick(19'999ms);
    m_session->tick(20'000ms);
    auto ping = m_peer->takeControl();
    QVERIFY(ping);
    QCOMPARE(ping->opcode, int(RawPeer::Ping));
    m_session->tick(39'999ms);
    m_session->tick(40'000ms);
    ping = m_peer->takeControl();
    QVERIFY(ping);
    QCOMPARE(ping->opcode, int(RawPeer::Ping));
    m_session->tick(59'999ms);
    QCOMPARE(m_endedSpy->size(), 0);
    m_session->tick(60'000ms);
    QVERIFY(hasEnded());
    QVERIFY(m_peer->waitClosed());
}

void TestSession::pongKeepsAPeer()
{
    connectSignedIn();
    QSignalSpy pong(m_webSocket, &QWebSocket::pong);
    m_session->tick(0ms);
    for (Session::Time now = 20'001ms; now <= 200'000ms; now += 20'001ms) {
        m_session->tick(now);
        const auto ping = m_peer->takeControl();
        QVERIFY(ping);
        QCOMPARE(ping->opcode, int(RawPeer::Ping));
        m_peer->send(RawPeer::frame(RawPeer::Pong, ping->payload));
        QVERIFY(pong.wait());
        m_session->tick(now + 1ms);
    }
    QVERIFY(settle());
}

void TestSession::anyByteKeepsAPeer()
{
    connectSignedIn();
    for (Session::Time now = 0ms; now <= 200'000ms; now += 19'000ms) {
        m_session->tick(now);
        QVERIFY(settle());
    }
    QCOMPARE(m_endedSpy->size(), 0);
}

void TestSession::unfinishedFrameEnds()
{
    connectSignedIn();
    m_peer->send(RawPeer::frame(RawPeer::Text, askStatus).chopped(1));
    QTRY_VERIFY(m_socket->bytesAvailable() > 0);
    m_session->tick(1'000ms);
    m_session->tick(30'999ms);
    QVERIFY(!m_session->isClosing());
    m_session->tick(31'000ms);
    QCOMPARE(m_peer->takeClose(), 1008);
}

void TestSession::unfinishedMessageEnds()
{
    connectSignedIn();
    QSignalSpy frame(m_webSocket, &QWebSocket::textFrameReceived);
    const int notFinal = 0;
    m_peer->send(RawPeer::frame(RawPeer::Text, R"({"type":)", notFinal));
    QVERIFY(frame.wait());
    m_session->tick(1'000ms);
    // More frames of the same message are no new beginning.
    m_peer->send(RawPeer::frame(RawPeer::Continuation, " ", notFinal));
    QVERIFY(frame.wait());
    m_session->tick(20'000ms);
    m_session->tick(31'000ms);
    QCOMPARE(m_peer->takeClose(), 1008);
}

void TestSession::busyPeerIsNotTakenForAnUnfinishedOne()
{
    connectSignedIn();
    // At every tick a message is under way, and each time it is another.
    const QByteArray frame = RawPeer::frame(RawPeer::Text, askStatus);
    m_peer->send(frame.first(10));
    for (Session::Time now = 0ms; now <= 60'000ms; now += 10'000ms) {
        QTRY_VERIFY(m_socket->bytesAvailable() > 0);
        m_session->tick(now);
        m_peer->send(frame.sliced(10) + frame.first(10));
        QVERIFY(!m_peer->take(u"status_response"_s).isEmpty());
    }
    QCOMPARE(m_endedSpy->size(), 0);
    m_peer->send(frame.sliced(10));
    QVERIFY(!m_peer->take(u"status_response"_s).isEmpty());
}

void TestSession::peerThatTakesNothingEnds()
{
    m_hub->acceptLogs(largeBatch());
    connectSignedIn();
    m_peer->stopReading();
    m_socket->setSocketOption(QAbstractSocket::SendBufferSizeSocketOption, 64 * 1024);
    m_session->tick(1'000ms); // until then there is nothing to take
    m_peer->sendText(R"({"type":"history","data":{"limit":64}})");
    QTRY_VERIFY(m_socket->bytesToWrite() > 0);
    // What the kernel takes at first is over soon.
    qint64 before = 0;
    QVERIFY(QTest::qWaitFor([&] { return std::exchange(before, m_socket->bytesToWrite()) == m_socket->bytesToWrite(); }));
    m_session->tick(1'000ms);
    m_session->tick(60'999ms);
    QVERIFY(!m_session->isClosing());
    m_session->tick(61'000ms);
    // It cannot be told, as it does not read.
    m_session->tick(63'500ms);
    QVERIFY(hasEnded());
}

void TestSession::peerThatTakesSlowlyStays()
{
    m_hub->acceptLogs(largeBatch());
    connectSignedIn();
    m_peer->stopReading();
    m_socket->setSocketOption(QAbstractSocket::SendBufferSizeSocketOption, 64 * 1024);
    m_peer->sendText(R"({"type":"history","data":{"limit":64}})");
    QTRY_VERIFY(m_socket->bytesToWrite() > 0);
    for (Session::Time now = 0ms; now <= 300'000ms; now += 50'000ms) {
        QSignalSpy taken(m_socket, &QTcpSocket::bytesWritten);
        m_peer->socket.setReadBufferSize(m_peer->socket.readBufferSize() + 256 * 1024);
        QVERIFY(taken.size() > 0 || taken.wait());
        m_session->tick(now);
    }
    m_peer->startReading();
    QCOMPARE(m_peer->take(u"history"_s)["payload"_L1].toArray().size(), 64);
}

void TestSession::unreadAnswersEnd()
{
    m_hub->acceptLogs(largeBatch());
    SessionLimits limits;
    limits.unsentBytes = 16 * 1024 * 1024;
    connectSignedIn(limits);
    m_peer->stopReading();
    qint64 most = 0;
    for (int i = 0; i < 20; ++i)
        m_peer->sendText(R"({"type":"history","data":{"limit":64}})");
    // Past its limit it was refused at once; what the kernel still takes comes off.
    QTRY_VERIFY((most = std::max(most, m_socket->bytesToWrite())) > limits.unsentBytes - 4 * 1024 * 1024);
    m_session->tick(1'000ms);
    m_session->tick(4'000ms);
    QVERIFY(hasEnded());
    QVERIFY2(most < limits.unsentBytes + 8 * 1024 * 1024, qPrintable(QString::number(most)));
}

void TestSession::unreadPongsEnd()
{
    SessionLimits limits;
    limits.unsentBytes = 1024 * 1024;
    connectSignedIn(limits);
    m_peer->stopReading();
    m_socket->setSocketOption(QAbstractSocket::SendBufferSizeSocketOption, 64 * 1024);
    QByteArray pings;
    for (int i = 0; i < 10'000; ++i)
        pings += RawPeer::frame(RawPeer::Ping, QByteArray(125, 'p'));
    qint64 most = 0;
    const auto isOpen = [this] { return m_socket && m_socket->state() == QAbstractSocket::ConnectedState; };
    for (int i = 0; i < 40 && isOpen(); ++i) { // 50 MB of pongs
        m_peer->send(pings);
        QVERIFY(QTest::qWaitFor([&] {
            most = std::max(most, m_socket ? m_socket->bytesToWrite() : 0);
            return m_peer->socket.bytesToWrite() == 0 || !isOpen();
        }, 30'000));
    }
    m_session->tick(1'000ms);
    m_session->tick(4'000ms);
    QVERIFY(hasEnded());
    QVERIFY2(most < 8 * limits.unsentBytes, qPrintable(QString::number(most)));
}

void TestSession::pongDoesNotCutAnAnswer()
{
    m_hub->acceptLogs(largeBatch());
    connectSignedIn();
    m_socket->setSocketOption(QAbstractSocket::SendBufferSizeSocketOption, 64 * 1024);
    // In one write, so that the session reads all three in one turn: the first answer finds that Qt holds
    // nothing, then Qt holds its pong, and the kernel does not take the second answer whole.
    m_peer->send(RawPeer::frame(RawPeer::Text, askStatus) + RawPeer::frame(RawPeer::Ping, "p")
                 + RawPeer::frame(RawPeer::Text, R"({"type":"history","data":{"limit":64}})"));
    bool pong = false;
    bool whole = false;
    while (!pong || !whole) {
        const auto frame = m_peer->takeFrame();
        QVERIFY(frame);
        // Anything else would be the inside of a frame that was cut.
        QVERIFY(frame->opcode == RawPeer::Pong || !frame->message().isEmpty());
        pong |= frame->opcode == RawPeer::Pong && frame->payload == "p";
        whole |= frame->message()["payload"_L1].toArray().size() == 64;
    }
    QVERIFY(settle());
}

void TestSession::tooLongMessageEnds_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const QByteArray half(600 * 1024, ' ');
    QTest::newRow("one frame") << RawPeer::frame(RawPeer::Text, half + half);
    QTest::newRow("two frames") << RawPeer::frame(RawPeer::Text, half, 0) + RawPeer::frame(RawPeer::Continuation, half);
    // The length alone is enough: nobody waits for 8 EiB.
    QTest::newRow("a head") << QByteArray::fromHex("82ff7fffffffffffffff00000000");
}

void TestSession::tooLongMessageEnds()
{
    QFETCH(QByteArray, bytes);
    connectSignedIn();
    m_peer->send(bytes);
    QCOMPARE(m_peer->takeClose(), 1009);
    QVERIFY(hasEnded());
}

void TestSession::beforeSignInMessagesAreShort_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const QByteArray half(9 * 1024, ' ');
    QTest::newRow("one frame") << RawPeer::frame(RawPeer::Text, half + half);
    QTest::newRow("two frames") << RawPeer::frame(RawPeer::Text, half, 0) + RawPeer::frame(RawPeer::Continuation, half);
    QTest::newRow("a head") << RawPeer::frame(RawPeer::Text, half + half).first(8);
}

void TestSession::beforeSignInMessagesAreShort()
{
    QFETCH(QByteArray, bytes);
    connectPeer();
    m_peer->sendText(askStatus + QByteArray(16 * 1024 - askStatus.size(), ' '));
    QVERIFY(!m_peer->take(u"auth_error"_s).isEmpty());
    m_peer->send(bytes);
    QCOMPARE(m_peer->takeClose(), 1009);
    QVERIFY(hasEnded());
    QCOMPARE(m_excesses.times[std::size_t(Excess::MessageSize)], 1u);
}

void TestSession::onceSignedInTheyMayBeLong()
{
    connectPeer();
    // In one write: the long ones are there, or begin to be, before anybody is signed in.
    const QByteArray entry = R"({"type":"logs","data":{"logs":[{"level":"info","message":"long"}],"ack":true}})";
    const QByteArray padded = entry + QByteArray(1024 * 1024 - entry.size(), ' ');
    m_peer->send(RawPeer::frame(RawPeer::Text, signIn) + RawPeer::frame(RawPeer::Text, padded)
                 + RawPeer::frame(RawPeer::Text, padded.first(600 * 1024), 0)
                 + RawPeer::frame(RawPeer::Continuation, padded.sliced(600 * 1024)));
    QVERIFY(!m_peer->take(u"logs_ack"_s).isEmpty());
    QVERIFY(!m_peer->take(u"logs_ack"_s).isEmpty());
    m_peer->sendText(signIn);
    QVERIFY(!m_peer->take(u"auth_success"_s).isEmpty());
    m_peer->sendText(padded);
    QVERIFY(!m_peer->take(u"logs_ack"_s).isEmpty());
}

void TestSession::whatWaitsIsCounted()
{
    m_hub->acceptLogs(largeBatch());
    connectSignedIn();
    QTRY_COMPARE(m_memory->held(), 0);
    // A frame that has not come whole, and a message that has not.
    const QByteArray frame = RawPeer::frame(RawPeer::Text, QByteArray(100'000, ' '), 0);
    constexpr int headBytes = 14; // which Qt reads at once
    m_peer->send(frame.first(60'000 + headBytes));
    QTRY_COMPARE(m_memory->held(), 60'000);
    m_peer->send(frame.sliced(60'000 + headBytes));
    QTRY_COMPARE(m_memory->held(), 200'000); // Qt keeps it as UTF-16
    m_peer->send(RawPeer::frame(RawPeer::Continuation, askStatus));
    QTRY_COMPARE(m_memory->held(), 0);
    // Answers that are not read.
    m_peer->stopReading();
    m_socket->setSocketOption(QAbstractSocket::SendBufferSizeSocketOption, 64 * 1024);
    m_peer->sendText(R"({"type":"history","data":{"limit":64}})");
    QTRY_VERIFY(m_memory->held() > 1024 * 1024);
    QCOMPARE(m_memory->held(), m_socket->bytesToWrite());
    m_peer->startReading();
    QTRY_COMPARE(m_memory->held(), 0);
    m_peer->send(frame.first(60'000 + headBytes));
    QTRY_COMPARE(m_memory->held(), 60'000);
    m_session.reset();
    QCOMPARE(m_memory->held(), 0);
}

void TestSession::binaryIsReadAsText()
{
    connectPeer();
    m_peer->send(RawPeer::frame(RawPeer::Binary, R"({"type":"auth","data":{"appId":"caf)" "\xc3\xa9" R"(","userId":"ann"}})"));
    QCOMPARE(m_peer->take(u"auth_success"_s)["payload"_L1]["appId"_L1].toString(), u"café"_s);
    m_peer->send(RawPeer::frame(RawPeer::Binary, "{\"type\":\"\xff\"}"));
    QCOMPARE(m_peer->take(u"error"_s)["payload"_L1]["code"_L1].toString(), u"invalid_json"_s);
    QVERIFY(settle());
}

void TestSession::brokenMessageChangesNothing()
{
    connectSignedIn();
    QSignalSpy accepted(m_hub.get(), &Hub::logsAccepted);
    m_peer->sendText(R"({"type":"logs","data":{"logs":[{"level":"info","message":"good"},{"level":7}],"ack":true}})");
    const QJsonObject error = m_peer->take(u"error"_s)["payload"_L1].toObject();
    QCOMPARE(error["code"_L1].toString(), u"invalid_message"_s);
    QCOMPARE(error["requestType"_L1].toString(), u"logs"_s);
    QVERIFY(error["message"_L1].toString().contains("logs[1].level"_L1));
    QVERIFY(settle());
    QCOMPARE(accepted.size(), 0);
}

void TestSession::refusedAuthLeavesTheOldOne()
{
    connectSignedIn();
    m_peer->sendText(R"({"type":"auth","data":{"appId":7}})");
    QCOMPARE(m_peer->take(u"error"_s)["payload"_L1]["requestType"_L1].toString(), u"auth"_s);
    m_peer->sendText(R"({"type":"logs","data":{"logs":[{"level":"info","message":"still here"}]}})");
    QCOMPARE(m_peer->take(u"logs"_s)["payload"_L1][0]["appId"_L1].toString(), u"shop"_s);
}

void TestSession::closeSaysWhy()
{
    connectSignedIn();
    m_session->close(1001, u"bye"_s);
    const auto frame = m_peer->takeControl();
    QVERIFY(frame);
    QCOMPARE(frame->opcode, int(RawPeer::Close));
    QCOMPARE(frame->closeCode(), 1001);
    QCOMPARE(frame->payload.sliced(2), QByteArray("bye"));
    QVERIFY(hasEnded());
}

void TestSession::nothingIsDoneAfterClose()
{
    connectSignedIn();
    m_session->close(1001, u"bye"_s);
    m_session->close(1008, u"not this one"_s);
    QSignalSpy accepted(m_hub.get(), &Hub::logsAccepted);
    m_peer->sendText(R"({"type":"logs","data":{"logs":[{"level":"info","message":"late"}],"ack":true}})");
    m_peer->send(RawPeer::frame(RawPeer::Close, QByteArray::fromHex("03e9")));
    const auto frame = m_peer->takeControl();
    QVERIFY(frame);
    QCOMPARE(frame->opcode, int(RawPeer::Close));
    QCOMPARE(frame->closeCode(), 1001);
    QVERIFY(hasEnded());
    QVERIFY(!m_peer->takeFrame());
    QCOMPARE(accepted.size(), 0);
}

void TestSession::whoSendsTooMuchIsReadLaterAndLosesNothing()
{
    SessionLimits limits;
    limits.limitsLoopback = true;
    limits.messagesPerSecond = 40;
    connectSignedIn(limits);
    constexpr int sent = 100;
    for (int i = 0; i < sent; ++i)
        m_peer->sendText(askStatus);
    QStringList types;
    while (types.count(u"status_response"_s) < sent) {
        const auto frame = m_peer->takeFrame();
        QVERIFY2(frame, qPrintable(QString::number(types.size())));
        types.append(QJsonDocument::fromJson(frame->payload).object()["type"_L1].toString());
    }
    QCOMPARE(types.count(u"error"_s), 1); // it is told, and not each time
    QVERIFY(m_excesses.times[std::size_t(Excess::Messages)] >= 1);
    QCOMPARE(m_excesses.times[std::size_t(Excess::Bytes)], 0u);
}

void TestSession::framesThatAreNoMessagesAreReadLaterToo_data()
{
    QTest::addColumn<double>("messagesPerSecond");
    QTest::addColumn<double>("bytesPerSecond");
    QTest::addColumn<QByteArray>("frame");
    QTest::addColumn<Excess>("excess");
    const QByteArray full(125, 'p');
    QTest::newRow("pings") << 10.0 << 1e9 << RawPeer::frame(RawPeer::Ping, {}) << Excess::Messages;
    QTest::newRow("pongs") << 10.0 << 1e9 << RawPeer::frame(RawPeer::Pong, {}) << Excess::Messages;
    QTest::newRow("fragments") << 10.0 << 1e9 << RawPeer::frame(RawPeer::Continuation, {}, 0) << Excess::Messages;
    QTest::newRow("bytes of pings") << 1e9 << 1'000.0 << RawPeer::frame(RawPeer::Ping, full) << Excess::Bytes;
    QTest::newRow("bytes of pongs") << 1e9 << 1'000.0 << RawPeer::frame(RawPeer::Pong, full) << Excess::Bytes;
    QTest::newRow("bytes of fragments") << 1e9 << 1'000.0 << RawPeer::frame(RawPeer::Continuation, "x", 0) << Excess::Bytes;
}

void TestSession::framesThatAreNoMessagesAreReadLaterToo()
{
    QFETCH(double, messagesPerSecond);
    QFETCH(double, bytesPerSecond);
    QFETCH(QByteArray, frame);
    QFETCH(Excess, excess);
    SessionLimits limits;
    limits.limitsLoopback = true;
    limits.messagesPerSecond = messagesPerSecond;
    limits.receiveBytesPerSecond = bytesPerSecond;
    connectSignedIn(limits);
    const auto isRead = [this] {
        const QList<QSocketNotifier*> notifiers = m_socket->findChildren<QSocketNotifier*>();
        return std::ranges::any_of(notifiers, [](const QSocketNotifier* notifier) {
            return notifier->type() == QSocketNotifier::Read && notifier->isEnabled();
        });
    };
    QVERIFY(isRead());
    m_peer->send(RawPeer::frame(RawPeer::Text, "{", 0) + frame.repeated(20'000));
    QCOMPARE(m_peer->take(u"error"_s)["payload"_L1].toObject()["code"_L1].toString(), u"rate_limited"_s);
    QCOMPARE(m_excesses.times[std::size_t(excess)], 1u);
    QVERIFY(!isRead());
    // Nor is it once others have caught up: what came is worth minutes.
    Q_EMIT m_hub->caughtUp();
    QVERIFY(!isRead());
}

void TestSession::questionsForHistoryAreFewAtATime()
{
    PatientArchive archive;
    m_hub->setArchive(&archive);
    m_questions = std::make_unique<OpenQuestions>(2, false);
    connectSignedIn();
    for (int i = 0; i < 3; ++i)
        m_peer->sendText(R"({"type":"history"})");
    QCOMPARE(m_peer->take(u"error"_s)["payload"_L1].toObject()["code"_L1].toString(), u"too_many_requests"_s);
    QCOMPARE(archive.waiting.size(), std::size_t(2));
    QCOMPARE(m_excesses.times[std::size_t(Excess::HistoryRequests)], 1u);
    // An answer makes room.
    archive.waiting.front()();
    archive.waiting.erase(archive.waiting.begin());
    QVERIFY(!m_peer->take(u"history"_s).isEmpty());
    m_peer->sendText(R"({"type":"history"})");
    QTRY_COMPARE(archive.waiting.size(), std::size_t(2));
    m_session.reset();
    m_hub->setArchive(nullptr);
}

void TestSession::questionsOfWhoHasGoneAreDropped()
{
    PatientArchive archive;
    m_hub->setArchive(&archive);
    m_questions = std::make_unique<OpenQuestions>(1, true);
    connectSignedIn();
    m_peer->sendText(R"({"type":"history"})");
    QTRY_COMPARE(archive.waiting.size(), std::size_t(1));
    QVERIFY(archive.stops.front().stop_possible() && !archive.stops.front().stop_requested());
    m_session.reset();
    QVERIFY(archive.stops.front().stop_requested());
    // Who comes again cannot leave more and more of them behind.
    connectSignedIn();
    m_peer->sendText(R"({"type":"history"})");
    QCOMPARE(m_peer->take(u"error"_s)["payload"_L1].toObject()["code"_L1].toString(), u"too_many_requests"_s);
    archive.waiting.front()();
    archive.waiting.clear();
    m_peer->sendText(R"({"type":"history"})");
    QTRY_COMPARE(archive.waiting.size(), std::size_t(1));
    m_session.reset();
    m_hub->setArchive(nullptr);
}

void TestSession::whoReadsNothingGetsNoMoreWhileMemoryIsShort()
{
    m_hub->acceptLogs(largeBatch());
    connectSignedIn();
    m_peer->stopReading();
    m_socket->setSocketOption(QAbstractSocket::SendBufferSizeSocketOption, 64 * 1024);
    MemoryBudget::Share others(*m_memory);
    const auto refusals = [this] { return m_excesses.times[std::size_t(Excess::Memory)]; };
    for (const bool isShort : {false, true}) {
        others.add(isShort ? m_memory->most() : 0);
        for (int i = 0; i < 2; ++i)
            m_peer->sendText(R"({"type":"history"})");
        QTRY_COMPARE(refusals(), isShort ? 2u : 0u);
        QTRY_VERIFY(m_memory->held() - others.bytes() > 4 * 1024 * 1024); // two answers, less what the kernel took
    }
}

void TestSession::entriesThatCannotBeTakenWaitWithTheirSender()
{
    PatientArchive archive;
    m_hub->setArchive(&archive);
    qint64 unwritten = 0;
    connect(m_hub.get(), &Hub::logsToStore, this, [&](const LogBatchPtr& batch) { unwritten += qint64(batch->heldBytes()); });
    m_hub->acceptLogs(batchOfMebibytes(u"1"_s, 65));
    const QByteArray one = R"({"type":"logs","data":{"logs":[{"id":"2","level":"a","message":"b"}],"ack":true}})";
    // Each that comes would bring one more otherwise.
    connectSignedIn();
    m_peer->sendText(one);
    QTRY_VERIFY(m_memory->held() >= one.size());
    QCOMPARE(m_hub->lastSequence("shop"), std::uint64_t(1));
    m_session.reset();
    QCOMPARE(m_memory->held(), 0);
    connectSignedIn();
    m_peer->sendText(one);
    m_peer->sendText(askStatus);
    QTRY_VERIFY(m_memory->held() >= one.size());
    m_hub->noteStored(unwritten, 0);
    QTRY_COMPARE(m_hub->lastSequence("shop"), std::uint64_t(2));
    QVERIFY(!m_peer->take(u"status_response"_s).isEmpty());
    m_session.reset();
    m_hub->setArchive(nullptr);
}

void TestSession::whoGoesWhileItWaitsForTheDiskIsMissed()
{
    PatientArchive archive;
    m_hub->setArchive(&archive);
    m_hub->acceptLogs(batchOfMebibytes(u"1"_s, 65));
    SessionLimits limits;
    limits.pingInterval = 1'000ms;
    connectSignedIn(limits);
    m_peer->sendText(R"({"type":"logs","data":{"logs":[{"id":"2","level":"a","message":"b"}],"ack":true}})");
    QTRY_VERIFY(m_memory->held() > 0);
    m_peer->socket.abort();
    QTest::qWait(20); // of which it sees nothing
    QCOMPARE(m_endedSpy->size(), 0);
    for (int i = 1; i <= 3 && m_endedSpy->isEmpty(); ++i) {
        m_session->tick(i * 1'000ms);
        QTest::qWait(50);
    }
    QVERIFY(hasEnded());
    m_session.reset();
    m_hub->setArchive(nullptr);
}

void TestSession::oneApplicationTooManyIsRefused()
{
    m_hub->acceptLogs(batchOf("other", numbers(1, 1)));
    for (int i = 1; i < Limits{}.applications; ++i)
        m_hub->acceptCommand({std::to_string(i), "ann", 1, "go", {}});
    connectSignedIn();
    for (const char* message : {R"({"type":"logs","data":{"logs":[{"level":"a","message":"b"}],"ack":true}})",
                                R"({"type":"command","data":{"type":"go"}})"}) {
        m_peer->sendText(message);
        const QJsonObject error = m_peer->take(u"error"_s)["payload"_L1].toObject();
        QCOMPARE(error["code"_L1].toString(), u"too_many_applications"_s);
    }
    QCOMPARE(m_excesses.times[std::size_t(Excess::Applications)], 2u);
    QVERIFY(settle());
}

void TestSession::whoFailsTooOftenIsSentAway()
{
    SessionLimits limits;
    limits.failures = 5;
    connectPeer(limits);
    for (int i = 0; i < 5; ++i)
        m_peer->sendText(askStatus);
    QCOMPARE(m_peer->takeClose(), 4005);
    QCOMPARE(m_excesses.times[std::size_t(Excess::RefusedMessages)], 1u);
}

void TestSession::theOwnerSeesWhoItIs()
{
    connectPeer();
    QVERIFY(!m_session->info(0ms).isSignedIn);
    m_peer->sendText(signIn);
    QVERIFY(!m_peer->take(u"metrics"_s).isEmpty());
    (void)m_session->info(1'000ms);
    QVERIFY(settle());
    const ClientInfo info = m_session->info(3'000ms);
    QVERIFY(info.isSignedIn);
    QCOMPARE(info.id, 1u);
    QCOMPARE(info.userId, "ann");
    QCOMPARE(info.appId, "shop");
    QCOMPARE(info.address, "127.0.0.1");
    QVERIFY(info.network.empty()); // this machine cannot be blocked
    QVERIFY(!info.role);
    QCOMPARE(info.inBytesPerSecond, double(RawPeer::frame(RawPeer::Text, askStatus).size()) / 2);
    QVERIFY(info.outBytesPerSecond > 50);
    QCOMPARE(info.entriesBehind, 0u);
}

QTEST_GUILESS_MAIN(TestSession)
#include "tst_session.moc"
