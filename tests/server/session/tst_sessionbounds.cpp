// SPDX-License-Identifier: GPL-3.0-or-later
// How much a session takes of a peer, and what it says and keeps when that is too much.
#include "logbatches.h"
#include "sessionfixture.h"
#include "manualarchive.h"
#include "testmain.h"

#include <QJsonArray>
#include <QTest>
#include <algorithm>

using namespace vigie;
using namespace vigie::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestSessionBounds : public SessionFixture
{
    Q_OBJECT

private Q_SLOTS:
    void tooLongMessageEnds_data();
    void tooLongMessageEnds();
    void beforeSignInMessagesAreShort_data();
    void beforeSignInMessagesAreShort();
    void onceSignedInTheyMayBeLong();
    void whatWaitsIsCounted();
    void whoSendsTooMuchIsReadLaterAndLosesNothing();
    void framesThatAreNoMessagesAreReadLaterToo_data();
    void framesThatAreNoMessagesAreReadLaterToo();
    void questionsForHistoryAreFewAtATime();
    void whatIsOnDiskIsAskedOfTheDisk();
    void questionsOfWhoHasGoneAreDropped();
    void whoReadsNothingGetsNoMoreWhileMemoryIsShort();
    void entriesThatCannotBeTakenWaitWithTheirSender();
    void whatWaitedForTheDiskCountsOnce();
    void whoWaitsForTheDiskTakesTurns();
    void whoGoesWhileItWaitsForTheDiskIsMissed();
    void oneApplicationTooManyIsRefused();
    void whoFailsTooOftenIsSentAway();
};

void TestSessionBounds::tooLongMessageEnds_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const QByteArray half(600 * 1024, ' ');
    QTest::newRow("one frame") << RawPeer::frame(RawPeer::Text, half + half);
    QTest::newRow("two frames") << RawPeer::frame(RawPeer::Text, half, 0) + RawPeer::frame(RawPeer::Continuation, half);
    // The length alone is enough: nobody waits for 8 EiB.
    QTest::newRow("a head") << QByteArray::fromHex("82ff7fffffffffffffff00000000");
}

void TestSessionBounds::tooLongMessageEnds()
{
    QFETCH(QByteArray, bytes);
    connectSignedIn();
    m_peer->send(bytes);
    QCOMPARE(m_peer->takeClose(), 1009);
    QVERIFY(hasEnded());
}

void TestSessionBounds::beforeSignInMessagesAreShort_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const QByteArray half(9 * 1024, ' ');
    QTest::newRow("one frame") << RawPeer::frame(RawPeer::Text, half + half);
    QTest::newRow("two frames") << RawPeer::frame(RawPeer::Text, half, 0) + RawPeer::frame(RawPeer::Continuation, half);
    QTest::newRow("a head") << RawPeer::frame(RawPeer::Text, half + half).first(8);
}

void TestSessionBounds::beforeSignInMessagesAreShort()
{
    QFETCH(QByteArray, bytes);
    connectPeer();
    m_peer->sendText(askStatus + QByteArray(16 * 1024 - askStatus.size(), ' '));
    QVERIFY(!m_peer->take(u"auth_error"_s).isEmpty());
    m_peer->send(bytes);
    QCOMPARE(m_peer->takeClose(), 1009);
    QVERIFY(hasEnded());
    QCOMPARE(m_limitHits.times[std::size_t(LimitHit::MessageSize)], 1u);
}

void TestSessionBounds::onceSignedInTheyMayBeLong()
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

void TestSessionBounds::whatWaitsIsCounted()
{
    m_hub->acceptLogs(largeBatch());
    connectSignedIn();
    QTRY_COMPARE(m_memory->held(), 0);
    // A frame that has not come whole, and a message that has not.
    const QByteArray frame = RawPeer::frame(RawPeer::Text, QByteArray(100'000, ' '), 0);
    constexpr int headBytes = 14;
    m_peer->send(frame.first(60'000 + headBytes));
    QTRY_COMPARE(m_memory->held(), 60'000);
    m_peer->send(frame.sliced(60'000 + headBytes));
    QTRY_COMPARE(m_memory->held(), 100'000);
    m_peer->send(RawPeer::frame(RawPeer::Continuation, askStatus));
    QTRY_COMPARE(m_memory->held(), 0);
    // Answers that are not read.
    m_peer->stopReading();
    makeSendBufferSmall();
    m_peer->sendText(R"({"type":"history","data":{"limit":64}})");
    QTRY_VERIFY(m_memory->held() > 1024 * 1024);
    QCOMPARE(m_memory->held(), m_connection->unsentBytes());
    m_peer->startReading();
    QTRY_COMPARE(m_memory->held(), 0);
    m_peer->send(frame.first(60'000 + headBytes));
    QTRY_COMPARE(m_memory->held(), 60'000);
    m_session.reset();
    QCOMPARE(m_memory->held(), 0);
}

void TestSessionBounds::whoSendsTooMuchIsReadLaterAndLosesNothing()
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
    QVERIFY(m_limitHits.times[std::size_t(LimitHit::Messages)] >= 1);
    QCOMPARE(m_limitHits.times[std::size_t(LimitHit::Bytes)], 0u);
}

void TestSessionBounds::framesThatAreNoMessagesAreReadLaterToo_data()
{
    QTest::addColumn<double>("messagesPerSecond");
    QTest::addColumn<double>("bytesPerSecond");
    QTest::addColumn<QByteArray>("frame");
    QTest::addColumn<LimitHit>("hit");
    const QByteArray full(125, 'p');
    QTest::newRow("pings") << 10.0 << 1e9 << RawPeer::frame(RawPeer::Ping, {}) << LimitHit::Messages;
    QTest::newRow("pongs") << 10.0 << 1e9 << RawPeer::frame(RawPeer::Pong, {}) << LimitHit::Messages;
    QTest::newRow("fragments") << 10.0 << 1e9 << RawPeer::frame(RawPeer::Continuation, {}, 0) << LimitHit::Messages;
    QTest::newRow("bytes of pings") << 1e9 << 1'000.0 << RawPeer::frame(RawPeer::Ping, full) << LimitHit::Bytes;
    QTest::newRow("bytes of pongs") << 1e9 << 1'000.0 << RawPeer::frame(RawPeer::Pong, full) << LimitHit::Bytes;
    QTest::newRow("bytes of fragments") << 1e9 << 1'000.0 << RawPeer::frame(RawPeer::Continuation, "x", 0) << LimitHit::Bytes;
}

void TestSessionBounds::framesThatAreNoMessagesAreReadLaterToo()
{
    QFETCH(double, messagesPerSecond);
    QFETCH(double, bytesPerSecond);
    QFETCH(QByteArray, frame);
    QFETCH(LimitHit, hit);
    SessionLimits limits;
    limits.limitsLoopback = true;
    limits.messagesPerSecond = messagesPerSecond;
    limits.receiveBytesPerSecond = bytesPerSecond;
    connectSignedIn(limits);
    const auto isRead = [this] { return !m_connection->isPaused(); };
    QVERIFY(isRead());
    m_peer->send(RawPeer::frame(RawPeer::Text, "{", 0) + frame.repeated(20'000));
    QCOMPARE(m_peer->take(u"error"_s)["payload"_L1].toObject()["code"_L1].toString(), u"rate_limited"_s);
    QVERIFY(m_limitHits.times[std::size_t(hit)] >= 1); // more where so much comes in parts, on a busy machine
    QVERIFY(!isRead());
    // Nor is it once others have caught up: what came is worth minutes.
    Q_EMIT m_hub->caughtUp();
    QVERIFY(!isRead());
}

void TestSessionBounds::questionsForHistoryAreFewAtATime()
{
    ManualArchive archive;
    m_hub->setArchive(&archive);
    m_questions = std::make_unique<OpenQuestions>(2, false);
    connectSignedIn();
    for (int i = 0; i < 3; ++i)
        m_peer->sendText(R"({"type":"history"})");
    QCOMPARE(m_peer->take(u"error"_s)["payload"_L1].toObject()["code"_L1].toString(), u"too_many_requests"_s);
    QCOMPARE(archive.waiting.size(), std::size_t(2));
    QCOMPARE(m_limitHits.times[std::size_t(LimitHit::HistoryRequests)], 1u);
    // An answer makes room.
    archive.waiting.front()();
    archive.waiting.erase(archive.waiting.begin());
    QVERIFY(!m_peer->take(u"history"_s).isEmpty());
    m_peer->sendText(R"({"type":"history"})");
    QTRY_COMPARE(archive.waiting.size(), std::size_t(2));
    m_session.reset();
    m_hub->setArchive(nullptr);
}

void TestSessionBounds::whatIsOnDiskIsAskedOfTheDisk()
{
    ManualArchive archive;
    m_hub->setArchive(&archive);
    connectSignedIn();
    m_peer->sendText(R"({"type":"logs","data":{"logs":[{"level":"info","message":"new"}]}})");
    QVERIFY(!m_peer->take(u"logs"_s).isEmpty());
    m_peer->sendText(R"({"type":"history","data":{"limit":1}})"); // memory has it
    QVERIFY(!m_peer->take(u"history"_s).isEmpty());
    m_peer->sendText(R"({"type":"history","data":{"limit":1,"stored":true}})");
    QTRY_COMPARE(archive.asked.size(), 1u);
    QVERIFY(archive.asked.front().storedOnly);
    archive.answerAll();
    QVERIFY(!m_peer->take(u"history"_s).isEmpty());
    m_session.reset();
    m_hub->setArchive(nullptr);
}

void TestSessionBounds::questionsOfWhoHasGoneAreDropped()
{
    ManualArchive archive;
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

void TestSessionBounds::whoReadsNothingGetsNoMoreWhileMemoryIsShort()
{
    m_hub->acceptLogs(largeBatch());
    connectSignedIn();
    m_peer->stopReading();
    makeSendBufferSmall();
    MemoryBudget::Share others(*m_memory);
    const auto refusals = [this] { return m_limitHits.times[std::size_t(LimitHit::Memory)]; };
    for (const bool isShort : {false, true}) {
        others.add(isShort ? m_memory->max() : 0);
        for (int i = 0; i < 2; ++i)
            m_peer->sendText(R"({"type":"history"})");
        QTRY_COMPARE(refusals(), isShort ? 2u : 0u);
        QTRY_VERIFY(m_memory->held() - others.bytes() > 4 * 1024 * 1024); // two answers, less what the kernel took
    }
}

void TestSessionBounds::entriesThatCannotBeTakenWaitWithTheirSender()
{
    ManualArchive archive;
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

void TestSessionBounds::whatWaitedForTheDiskCountsOnce()
{
    ManualArchive archive;
    m_hub->setArchive(&archive);
    SessionLimits limits;
    limits.limitsLoopback = true;
    limits.messagesPerSecond = 60;
    connectSignedIn(limits);
    m_peer->sendText(R"({"type":"subscribe","data":{"logs":false}})"); // or it would be cut for what it does not read
    QVERIFY(settle());
    m_hub->acceptLogs(batchOfMebibytes(u"first"_s, 63));
    for (int i = 0; i < 50; ++i) {
        m_hub->acceptLogs(batchOfMebibytes(u"big %1"_s.arg(i), 2));
        const std::uint64_t last = m_hub->lastSequence("shop");
        QVERIFY(sendAndWait(RawPeer::frame(RawPeer::Text, R"({"type":"logs","data":{"level":"a","message":"b"}})")));
        QCOMPARE(m_hub->lastSequence("shop"), last);
        m_hub->noteStored(2 << 20, 0);
        QCOMPARE(m_hub->lastSequence("shop"), last + 1);
    }
    QCOMPARE(m_limitHits.times[std::size_t(LimitHit::Messages)], 0u);
    m_session.reset();
    m_hub->setArchive(nullptr);
}

void TestSessionBounds::whoWaitsForTheDiskTakesTurns()
{
    ManualArchive archive;
    m_hub->setArchive(&archive);
    QStringList order;
    connect(m_hub.get(), &Hub::logsToStore, this, [&order](const LogBatchPtr& batch) { order += idsOf(*batch); });
    m_hub->acceptLogs(batchOfMebibytes(u"0"_s, 65));
    const auto entry = [](const QByteArray& id) {
        return RawPeer::frame(RawPeer::Text, R"({"type":"logs","data":{"level":"a","message":"b","id":")" + id + "\"}}");
    };
    connectSignedIn();
    const std::unique_ptr<RawPeer> peerOfFirst = std::move(m_peer);
    const std::unique_ptr<Session> first = std::move(m_session);
    connectSignedIn();
    const QByteArray two = entry("first 1") + entry("first 2");
    peerOfFirst->send(two);
    QTRY_VERIFY(m_memory->held() >= two.size());
    const qint64 heldOfFirst = m_memory->held();
    m_peer->send(entry("second 1"));
    QTRY_VERIFY(m_memory->held() > heldOfFirst);
    QCOMPARE(order, QStringList{u"0"_s});
    // The disk makes room for one at a time.
    for (int taken = 2; taken <= 4; ++taken) {
        for (int bytes = 2 << 20; bytes > 0 && order.size() < taken; --bytes)
            m_hub->noteStored(1, 0);
        QCOMPARE(order.size(), taken);
    }
    QCOMPARE(order, (QStringList{u"0"_s, u"first 1"_s, u"second 1"_s, u"first 2"_s}));
    m_session.reset();
    m_hub->setArchive(nullptr);
}

void TestSessionBounds::whoGoesWhileItWaitsForTheDiskIsMissed()
{
    ManualArchive archive;
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

void TestSessionBounds::oneApplicationTooManyIsRefused()
{
    m_hub->acceptLogs(batchOf("other", numbers(1, 1)));
    for (int i = 1; i < Limits{}.applications; ++i)
        m_hub->acceptCommand({std::to_string(i), "ann", 1, "go", {}}, [](const AppCommand&) { return 0; });
    connectSignedIn();
    for (const char* message : {R"({"type":"logs","data":{"logs":[{"level":"a","message":"b"}],"ack":true}})",
                                R"({"type":"command","data":{"type":"go"}})"}) {
        m_peer->sendText(message);
        const QJsonObject error = m_peer->take(u"error"_s)["payload"_L1].toObject();
        QCOMPARE(error["code"_L1].toString(), u"too_many_applications"_s);
    }
    QCOMPARE(m_limitHits.times[std::size_t(LimitHit::Applications)], 2u);
    QVERIFY(settle());
}

void TestSessionBounds::whoFailsTooOftenIsSentAway()
{
    SessionLimits limits;
    limits.failures = 5;
    connectPeer(limits);
    for (int i = 0; i < 5; ++i)
        m_peer->sendText(askStatus);
    QCOMPARE(m_peer->takeClose(), 4005);
    QCOMPARE(m_limitHits.times[std::size_t(LimitHit::RefusedMessages)], 1u);
}

VIGIE_TEST(TestSessionBounds)
#include "tst_sessionbounds.moc"
