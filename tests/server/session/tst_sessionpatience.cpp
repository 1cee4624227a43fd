// SPDX-License-Identifier: GPL-3.0-or-later
// How long a session waits for a peer that is silent, half through, or does not read.
#include "logbatches.h"
#include "sessionfixture.h"
#include "testmain.h"

#include <QJsonArray>
#include <QTest>
#include <algorithm>
#include <utility>

using namespace vigie;
using namespace vigie::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestSessionPatience : public SessionFixture
{
    Q_OBJECT

private Q_SLOTS:
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
};

void TestSessionPatience::silentPeerIsPingedAndDropped()
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

void TestSessionPatience::pongKeepsAPeer()
{
    connectSignedIn();
    m_session->tick(0ms);
    for (Session::Time now = 20'001ms; now <= 200'000ms; now += 20'001ms) {
        m_session->tick(now);
        const auto ping = m_peer->takeControl();
        QVERIFY(ping);
        QCOMPARE(ping->opcode, int(RawPeer::Ping));
        QVERIFY(sendAndWait(RawPeer::frame(RawPeer::Pong, ping->payload)));
        m_session->tick(now + 1ms);
    }
    QVERIFY(settle());
}

void TestSessionPatience::anyByteKeepsAPeer()
{
    connectSignedIn();
    for (Session::Time now = 0ms; now <= 200'000ms; now += 19'000ms) {
        m_session->tick(now);
        QVERIFY(settle());
    }
    QCOMPARE(m_endedSpy->size(), 0);
}

void TestSessionPatience::unfinishedFrameEnds()
{
    connectSignedIn();
    QVERIFY(sendAndWait(RawPeer::frame(RawPeer::Text, askStatus).chopped(1)));
    m_session->tick(1'000ms);
    m_session->tick(30'999ms);
    QCOMPARE(m_limitHits.times[std::size_t(LimitHit::MessageTime)], 0u);
    m_session->tick(31'000ms);
    QCOMPARE(m_peer->takeClose(), 1008);
}

void TestSessionPatience::unfinishedMessageEnds()
{
    connectSignedIn();
    const int notFinal = 0;
    QVERIFY(sendAndWait(RawPeer::frame(RawPeer::Text, R"({"type":)", notFinal)));
    m_session->tick(1'000ms);
    // More frames of the same message are no new beginning.
    QVERIFY(sendAndWait(RawPeer::frame(RawPeer::Continuation, " ", notFinal)));
    m_session->tick(20'000ms);
    m_session->tick(31'000ms);
    QCOMPARE(m_peer->takeClose(), 1008);
}

void TestSessionPatience::busyPeerIsNotTakenForAnUnfinishedOne()
{
    connectSignedIn();
    // At every tick a message is under way, and each time it is another.
    const QByteArray frame = RawPeer::frame(RawPeer::Text, askStatus);
    m_peer->send(frame.first(10));
    for (Session::Time now = 0ms; now <= 60'000ms; now += 10'000ms) {
        QTRY_VERIFY(m_memory->held() > 0);
        m_session->tick(now);
        m_peer->send(frame.sliced(10) + frame.first(10));
        QVERIFY(!m_peer->take(u"status_response"_s).isEmpty());
    }
    QCOMPARE(m_endedSpy->size(), 0);
    m_peer->send(frame.sliced(10));
    QVERIFY(!m_peer->take(u"status_response"_s).isEmpty());
}

void TestSessionPatience::peerThatTakesNothingEnds()
{
    m_hub->acceptLogs(largeBatch());
    connectSignedIn();
    m_peer->stopReading();
    makeSendBufferSmall();
    m_session->tick(1'000ms); // until then there is nothing to take
    m_peer->sendText(R"({"type":"history","data":{"limit":64}})");
    QTRY_VERIFY(m_connection->unsentBytes() > 0);
    // What the kernel takes at first is over soon.
    qint64 before = 0;
    QVERIFY(QTest::qWaitFor([&] { return std::exchange(before, m_connection->unsentBytes()) == m_connection->unsentBytes(); }));
    m_session->tick(1'000ms);
    m_session->tick(60'999ms);
    QCOMPARE(m_limitHits.times[std::size_t(LimitHit::UnreadTime)], 0u);
    m_session->tick(61'000ms);
    // It cannot be told, as it does not read.
    m_session->tick(63'500ms);
    QVERIFY(hasEnded());
}

void TestSessionPatience::peerThatTakesSlowlyStays()
{
    m_hub->acceptLogs(largeBatch());
    connectSignedIn();
    m_peer->stopReading();
    makeSendBufferSmall();
    m_peer->sendText(R"({"type":"history","data":{"limit":64}})");
    QTRY_VERIFY(m_connection->unsentBytes() > 0);
    for (Session::Time now = 0ms; now <= 300'000ms; now += 50'000ms) {
        const qint64 before = m_connection->unsentBytes();
        m_peer->socket.setReadBufferSize(m_peer->socket.readBufferSize() + 256 * 1024);
        QTRY_VERIFY(m_connection->unsentBytes() < before);
        m_session->tick(now);
    }
    m_peer->startReading();
    QCOMPARE(m_peer->take(u"history"_s)["payload"_L1].toArray().size(), 64);
}

void TestSessionPatience::unreadAnswersEnd()
{
    m_hub->acceptLogs(largeBatch());
    SessionLimits limits;
    limits.unsentBytes = 16 * 1024 * 1024;
    connectSignedIn(limits);
    m_peer->stopReading();
    qint64 max = 0;
    for (int i = 0; i < 20; ++i)
        m_peer->sendText(R"({"type":"history","data":{"limit":64}})");
    // Past its limit it was refused at once; what the kernel still takes comes off.
    QTRY_VERIFY((max = std::max(max, m_connection->unsentBytes())) > limits.unsentBytes - 4 * 1024 * 1024);
    m_session->tick(1'000ms);
    m_session->tick(4'000ms);
    QVERIFY(hasEnded());
    QVERIFY2(max < limits.unsentBytes + 8 * 1024 * 1024, qPrintable(QString::number(max)));
}

void TestSessionPatience::unreadPongsEnd()
{
    SessionLimits limits;
    limits.unsentBytes = 1024 * 1024;
    connectSignedIn(limits);
    m_peer->stopReading();
    makeSendBufferSmall();
    QByteArray pings;
    for (int i = 0; i < 10'000; ++i)
        pings += RawPeer::frame(RawPeer::Ping, QByteArray(125, 'p'));
    qint64 max = 0;
    const auto isOpen = [this] { return m_connection->isOpen(); };
    for (int i = 0; i < 40 && isOpen(); ++i) { // 50 MB of pongs
        m_peer->send(pings);
        QVERIFY(QTest::qWaitFor([&] {
            max = std::max(max, m_connection->unsentBytes());
            return m_peer->socket.bytesToWrite() == 0 || !isOpen();
        }, 30'000));
    }
    m_session->tick(1'000ms);
    m_session->tick(4'000ms);
    QVERIFY(hasEnded());
    QVERIFY2(max < 8 * limits.unsentBytes, qPrintable(QString::number(max)));
}

void TestSessionPatience::pongDoesNotCutAnAnswer()
{
    m_hub->acceptLogs(largeBatch());
    connectSignedIn();
    makeSendBufferSmall();
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

VIGIE_TEST(TestSessionPatience)
#include "tst_sessionpatience.moc"
