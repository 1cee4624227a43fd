// SPDX-License-Identifier: GPL-3.0-or-later
// What a session's client sends to be kept: when it is taken, and when that is acknowledged.
#include "logbatches.h"
#include "sessionfixture.h"
#include "manualarchive.h"
#include "testmain.h"

#include <QTest>

using namespace vigie;
using namespace vigie::test;
using namespace Qt::StringLiterals;

class TestProducer : public SessionFixture
{
    Q_OBJECT

private Q_SLOTS:
    void acknowledgementsFollowTheDiskInOrder();
    void withoutAStoreTheyComeAtOnce();
    void onlyWhoWaitsForTheDiskWaitsWhileItFails();
    void figuresWaitForTheRecorder();
    void figuresStayBehindEntries();
    void whatWasReadIsTakenWhenItsSenderGoes();

private:
    /// Counts what is given to the store.
    void watchStore();
    QString lastAcknowledged() { return m_peer->take(u"logs_ack"_s)["payload"_L1].toObject()["lastId"_L1].toString(); }

    ManualArchive m_archive;
    qint64 m_unwritten = 0;
    QStringList m_stored;
};

namespace {

QByteArray entry(const QByteArray& id, bool ack)
{
    return R"({"type":"logs","data":{"logs":[{"id":")" + id + R"(","level":"info","message":"m"}])"
           + (ack ? R"(,"ack":true}})" : "}}");
}

const QByteArray figures = R"({"type":"send_metrics","data":{"metrics":{"requests":1}}})";

} // namespace

void TestProducer::watchStore()
{
    m_unwritten = 0;
    m_stored.clear();
    m_hub->setArchive(&m_archive);
    connect(m_hub.get(), &Hub::logsToStore, this, [this](const LogBatchPtr& batch) {
        m_unwritten += qint64(batch->heldBytes());
        m_stored += idsOf(*batch);
    });
}

void TestProducer::acknowledgementsFollowTheDiskInOrder()
{
    watchStore();
    connectSignedIn();
    for (const char* id : {"1", "2", "3"})
        m_peer->sendText(entry(id, true));
    QVERIFY(settle());
    QCOMPARE(m_stored, (QStringList{u"1"_s, u"2"_s, u"3"_s}));
    // Two are on disk; what comes next is the answer to a question.
    m_hub->noteStored(0, 2);
    QCOMPARE(lastAcknowledged(), u"1"_s);
    QCOMPARE(lastAcknowledged(), u"2"_s);
    m_peer->sendText(askStatus);
    for (auto frame = m_peer->takeFrame(); frame && !frame->payload.contains("status_response"); frame = m_peer->takeFrame())
        QVERIFY(!frame->payload.contains("logs_ack"));
    m_hub->noteStored(0, 3);
    QCOMPARE(lastAcknowledged(), u"3"_s);
    m_session.reset();
}

void TestProducer::withoutAStoreTheyComeAtOnce()
{
    connectSignedIn();
    m_peer->sendText(entry("1", true));
    QCOMPARE(lastAcknowledged(), u"1"_s);
}

void TestProducer::onlyWhoWaitsForTheDiskWaitsWhileItFails()
{
    watchStore();
    m_hub->acceptLogs(batchOfMebibytes(u"0"_s, 65));
    m_hub->noteStoreState({false, u"full"_s, {}});
    connectSignedIn();
    m_peer->sendText(entry("1", false));
    QTRY_COMPARE(m_hub->lastSequence("shop"), std::uint64_t(2));
    QCOMPARE(m_stored, QStringList{u"0"_s}); // shown, not kept
    m_peer->sendText(entry("2", true));
    QTRY_VERIFY(m_connection->isPaused());
    QCOMPARE(m_hub->lastSequence("shop"), std::uint64_t(2));
    QVERIFY(m_memory->held() > 0);
    m_hub->noteStoreState({true, {}, {}});
    m_hub->noteStored(m_unwritten, 0);
    QCOMPARE(m_stored, (QStringList{u"0"_s, u"2"_s}));
    QVERIFY(!m_connection->isPaused());
    m_session.reset();
}

void TestProducer::figuresWaitForTheRecorder()
{
    m_hub->setMetricArchive(&m_archive);
    connectSignedIn();
    QSignalSpy accepted(m_hub.get(), &Hub::appMetricsAccepted);
    const AppMetrics many{"other", "ann", 1, QByteArray(9 * 1024 * 1024, ' ')};
    m_hub->acceptAppMetrics(many);
    m_peer->sendText(figures);
    QTRY_VERIFY(m_connection->isPaused());
    QCOMPARE(accepted.size(), 1);
    m_hub->noteRecorded(many.heldBytes());
    QCOMPARE(accepted.size(), 2);
    QVERIFY(!m_connection->isPaused());
    QVERIFY(settle());
    m_session.reset();
    m_hub->setMetricArchive(nullptr);
}

void TestProducer::figuresStayBehindEntries()
{
    watchStore();
    connectSignedIn();
    QStringList order;
    connect(m_hub.get(), &Hub::logsAccepted, this, [&order](const LogBatchPtr& batch) { order += idsOf(*batch); });
    connect(m_hub.get(), &Hub::appMetricsAccepted, this, [&order] { order += u"figures"_s; });
    m_peer->send(RawPeer::frame(RawPeer::Text, entry("1", false)) + RawPeer::frame(RawPeer::Text, figures)
                 + RawPeer::frame(RawPeer::Text, entry("2", true)));
    QVERIFY(settle());
    QCOMPARE(order, (QStringList{u"1"_s, u"figures"_s, u"2"_s}));
    m_session.reset();
}

void TestProducer::whatWasReadIsTakenWhenItsSenderGoes()
{
    watchStore();
    connectSignedIn();
    m_peer->send(RawPeer::frame(RawPeer::Text, entry("1", false)) + RawPeer::frame(RawPeer::Text, entry("2", false))
                 + RawPeer::frame(RawPeer::Close, QByteArray::fromHex("03e8")));
    QVERIFY(hasEnded());
    QCOMPARE(m_stored, (QStringList{u"1"_s, u"2"_s}));
    m_session.reset();
    QCOMPARE(m_memory->held(), 0);
}

VIGIE_TEST(TestProducer)
#include "tst_producer.moc"
