// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/token.h"
#include "logbatches.h"
#include "sessionfixture.h"
#include "testmain.h"

#include <QTest>

using namespace vigie;
using namespace vigie::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestSession : public SessionFixture
{
    Q_OBJECT

private Q_SLOTS:
    void saysConnectAtOnce();
    void strangerIsSentAway();
    void whoSignedInStays();
    void oneSignInIsNotedOnce();
    void aTokenIsInUseAsLongAsItsSession();
    void binaryIsReadAsText();
    void brokenMessageChangesNothing();
    void brokenEntryTakesNoOtherWithIt();
    void entriesThatComeTogetherAreOneBatch();
    void entriesBeforeACloseAreTaken();
    void refusedAuthLeavesTheOldOne();
    void whoSignsInAgainMissesNothing();
    void closeSaysWhy();
    void nothingIsDoneAfterClose();
    void theOwnerSeesWhoItIs();
    void nobodyIsAdmittedByDefault();
    void theBoardKnowsWhoSends();
};

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
    QSignalSpy noted(&m_authenticator, &Authenticator::noted);
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
    m_authenticator.setTable(table);
    QSignalSpy used(&m_authenticator, &Authenticator::tokenUsed);
    connectPeer();
    m_peer->sendText(R"({"type":"auth","data":{"token":"s3cret"}})");
    QVERIFY(!m_peer->take(u"auth_success"_s).isEmpty());
    QCOMPARE(used.size(), 1);
    // As if that were more than a minute ago.
    m_authenticator.noteUse(7, QDateTime::currentMSecsSinceEpoch() - 70'000);
    used.clear();
    m_session->tick(1'000ms);
    m_session->tick(2'000ms);
    QCOMPARE(used.size(), 1);
    QCOMPARE(used.first().first().toLongLong(), 7);
    m_authenticator.setTable(std::make_shared<AccessTable>());
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
    m_peer->sendText(R"({"type":"logs","data":{"logs":[{"level":"info","message":"good"}],"ack":7}})");
    const QJsonObject error = m_peer->take(u"error"_s)["payload"_L1].toObject();
    QCOMPARE(error["code"_L1].toString(), u"invalid_message"_s);
    QCOMPARE(error["requestType"_L1].toString(), u"logs"_s);
    QVERIFY(settle());
    QCOMPARE(accepted.size(), 0);
}

void TestSession::brokenEntryTakesNoOtherWithIt()
{
    connectSignedIn();
    QSignalSpy accepted(m_hub.get(), &Hub::logsAccepted);
    m_peer->sendText(R"({"type":"logs","data":{"logs":[{"level":"info","message":"good"},{"level":7}],"ack":true}})");
    const QJsonObject error = m_peer->take(u"error"_s)["payload"_L1].toObject();
    QCOMPARE(error["code"_L1].toString(), u"entries_refused"_s);
    QCOMPARE(error["message"_L1].toString(), u"1 of 2 entries was refused: logs[1]: message is missing"_s);
    const QJsonObject ack = m_peer->take(u"logs_ack"_s)["payload"_L1].toObject();
    QCOMPARE(ack["count"_L1].toInt(), 1);
    QCOMPARE(ack["refused"_L1].toArray(), error["refused"_L1].toArray());
    QVERIFY(settle());
    QCOMPARE(accepted.size(), 1);
}

void TestSession::entriesThatComeTogetherAreOneBatch()
{
    connectSignedIn();
    QStringList batches;
    connect(m_hub.get(), &Hub::logsAccepted, this, [&](const LogBatchPtr& batch) { batches += idsOf(*batch).join(u' '); });
    const auto entry = [](const QByteArray& id, const QByteArray& more = {}) {
        return RawPeer::frame(RawPeer::Text, R"({"type":"logs","data":{"logs":[{"id":")" + id + R"(","level":"a","message":"b"}])"
                                                 + more + "}}");
    };
    // Who wants to know of one waits for nobody else's, and the order stays.
    m_peer->send(entry("1") + entry("2") + RawPeer::frame(RawPeer::Text, R"({"type":"logs","data":{"logs":[{"level":7}]}})")
                 + entry("3") + entry("4", R"(,"ack":true)") + entry("5"));
    QVERIFY(!m_peer->take(u"logs_ack"_s).isEmpty());
    QVERIFY(settle());
    QCOMPARE(batches, (QStringList{u"1 2 3"_s, u"4"_s, u"5"_s}));
}

void TestSession::entriesBeforeACloseAreTaken()
{
    connectSignedIn();
    QSignalSpy accepted(m_hub.get(), &Hub::logsAccepted);
    m_peer->send(RawPeer::frame(RawPeer::Text, R"({"type":"logs","data":{"level":"a","message":"b"}})")
                 + RawPeer::frame(RawPeer::Close, QByteArray::fromHex("03e8")));
    QVERIFY(!m_peer->take(u"logs"_s).isEmpty()); // its own echo, before the close is answered
    QCOMPARE(m_peer->takeClose(), 1000);
    QCOMPARE(accepted.size(), 1);
}

void TestSession::refusedAuthLeavesTheOldOne()
{
    connectSignedIn();
    m_peer->sendText(R"({"type":"auth","data":{"appId":7}})");
    QCOMPARE(m_peer->take(u"error"_s)["payload"_L1]["requestType"_L1].toString(), u"auth"_s);
    m_peer->sendText(R"({"type":"logs","data":{"logs":[{"level":"info","message":"still here"}]}})");
    QCOMPARE(m_peer->take(u"logs"_s)["payload"_L1][0]["appId"_L1].toString(), u"shop"_s);
}

void TestSession::whoSignsInAgainMissesNothing()
{
    connectSignedIn();
    m_peer->stopReading();
    makeSendBufferSmall();
    m_hub->acceptLogs(largeBatch());
    m_hub->acceptLogs(batchOf("shop", numbers(64, 79))); // of which it is told only when it has read
    QVERIFY(sendAndWait(RawPeer::frame(RawPeer::Text, signIn)));
    m_hub->acceptLogs(batchOf("shop", numbers(80, 80)));
    m_peer->startReading();
    QStringList ids;
    while (!ids.contains(u"80"_s)) {
        const QJsonObject logs = m_peer->take(u"logs"_s);
        QVERIFY2(!logs.isEmpty(), qPrintable(ids.join(u' ')));
        for (const QJsonValue entry : logs["payload"_L1].toArray())
            ids.append(entry["id"_L1].toString());
    }
    QCOMPARE(ids, idsOf(numbers(0, 80)));
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

void TestSession::nobodyIsAdmittedByDefault()
{
    for (const Permission permission : {Permission::Read, Permission::Write, Permission::Operate, Permission::Administer})
        QVERIFY(!Admission().may(permission));
    connectPeer();
    QVERIFY(!m_session->admission());
    m_peer->sendText(signIn);
    QVERIFY(!m_peer->take(u"auth_success"_s).isEmpty());
    QVERIFY(m_session->admission() && m_session->admission()->may(Permission::Read));
    // What ends with the connection is still told by it.
    m_session->close(1001, u"bye"_s);
    QCOMPARE(m_session->admission()->userId, "ann");
    m_session.reset();
    // Who is sent away before was nobody.
    connectPeer();
    m_session->close(1001, u"bye"_s);
    QVERIFY(!m_session->admission());
}

void TestSession::theBoardKnowsWhoSends()
{
    connectSignedIn();
    QVERIFY(m_intake->board().sources().empty()); // it only looks on
    m_peer->sendText(R"({"type":"logs","data":{"logs":[{"level":"info","message":"a"},{"level":5,"message":6}],"ack":true}})");
    QVERIFY(!m_peer->take(u"logs_ack"_s).isEmpty());
    const std::vector<SourceState> sources = m_intake->board().sources();
    QCOMPARE(sources.size(), 1);
    QCOMPARE(sources[0].kind, SourceKind::WebSocket);
    QCOMPARE(sources[0].id, "websocket:shop@127.0.0.1");
    QCOMPARE(sources[0].status, SourceStatus::Following);
    QCOMPARE(sources[0].entries, 1);
    QCOMPARE(sources[0].notes.size(), 1);
    QCOMPARE(sources[0].notes[0].reason, "malformed");
}

VIGIE_TEST(TestSession)
#include "tst_session.moc"
