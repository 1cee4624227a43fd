// SPDX-License-Identifier: GPL-3.0-or-later
#include "oneport.h"
#include "hub/hub.h"
#include "server/fanout/fanout.h"
#include "server/fanout/resumepoints.h"
#include "testmain.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTcpSocket>
#include <QTest>
#include <QtEndian>
#include <deque>
#include <memory>

using namespace vigie;
using namespace Qt::StringLiterals;

namespace {

/// A viewer on a real connection, with the client's end in the same thread.
class Peer
{
public:
    Peer(test::OnePort& listener, Fanout& fanout, const std::string& appId, MemoryBudget& memory)
        : m_fanout(fanout)
    {
        // Small and fixed, so that a client that does not read is noticed early.
        client.setReadBufferSize(1);
        client.connectToHost(QHostAddress::LocalHost, listener.serverPort());
        server = listener.take(memory);
        QVERIFY(server);
        client.setSocketOption(QAbstractSocket::ReceiveBufferSizeSocketOption, 64 * 1024);
        listener.makeSendBufferSmall();
        QVERIFY(client.waitForConnected());
        viewer = std::make_unique<Viewer>(*server);
        viewer->appId = appId;
        viewer->mayRead = viewer->wantsLogs = true;
        m_reader.onTaken = [this] { m_fanout.drained(*viewer); };
        server->setReader(m_reader);
    }

    ~Peer() { m_fanout.leave(*viewer); }

    void startReading()
    {
        client.setReadBufferSize(0);
        QObject::connect(&client, &QTcpSocket::readyRead, &client, [this] { read(); });
        read();
    }

    /// Ids of all entries received, in order; a gap stands as "gap <count>".
    QStringList received;

    QTcpSocket client;
    std::unique_ptr<Connection> server;
    std::unique_ptr<Viewer> viewer;

private:
    test::TestReader m_reader;
    void read()
    {
        m_bytes += client.readAll();
        for (;;) {
            if (m_bytes.size() < 2)
                return;
            quint64 length = static_cast<unsigned char>(m_bytes[1]);
            qsizetype head = 2;
            if (length == 126) {
                head = 4;
                length = m_bytes.size() < head ? 0 : qFromBigEndian<quint16>(m_bytes.constData() + 2);
            } else if (length == 127) {
                head = 10;
                length = m_bytes.size() < head ? 0 : qFromBigEndian<quint64>(m_bytes.constData() + 2);
            }
            if (m_bytes.size() < head + qsizetype(length))
                return;
            take(QJsonDocument::fromJson(m_bytes.mid(head, qsizetype(length))).object());
            m_bytes.remove(0, head + qsizetype(length));
        }
    }

    void take(const QJsonObject& message)
    {
        if (message["type"_L1] == "gap"_L1) {
            const QJsonValue count = message["payload"_L1]["count"_L1];
            received.append(count.isNull() ? u"gap ?"_s : u"gap %1"_s.arg(count.toInteger()));
        }
        if (message["type"_L1] == "stored"_L1)
            received.append(u"stored "_s + message["payload"_L1]["lastId"_L1].toString());
        if (message["type"_L1] == "clear"_L1)
            received.append(u"clear"_s);
        for (const QJsonValue& entry : message["payload"_L1].toArray())
            received.append(entry["id"_L1].toString());
    }

    Fanout& m_fanout;
    QByteArray m_bytes;
};

/// A store that knows at once where an entry is, and reads from there when the test says so.
class LateArchive : public History
{
public:
    void add(const LogBatchPtr& batch) { m_batches.push_back(batch); }
    void moveOn(std::uint64_t by, std::uint32_t epoch)
    {
        for (LogBatchPtr& batch : m_batches)
            batch = std::make_shared<const LogBatch>(batch->movedOn(by, epoch));
    }

    void query(HistoryQuery, std::function<void(HistoryPage)> done) override { done({}); }
    void counts(LogCountsQuery query, std::function<void(LogCounts)> done) override { done(LogCounts(query)); }
    void find(std::string, std::string id, std::function<void(std::optional<std::uint64_t>)> done) override
    {
        for (const LogBatchPtr& batch : m_batches) {
            for (std::size_t i = 0; i < batch->size(); ++i) {
                if (batch->id(i) == id)
                    return done(batch->firstSequence() + i);
            }
        }
        done(std::nullopt);
    }
    void replay(std::string, std::uint64_t after, std::size_t, std::function<void(ReplayPage)> done) override
    {
        ReplayPage page;
        for (const LogBatchPtr& batch : m_batches) {
            for (std::uint32_t i = 0; i < batch->size(); ++i) {
                page.reachedSequence = batch->firstSequence() + i;
                if (page.reachedSequence > after)
                    page.entries.push_back({batch, i});
            }
        }
        replays.push_back([page, done = std::move(done)] { done(page); });
    }

    /// False: nothing was asked.
    bool answer()
    {
        const auto answers = std::exchange(replays, {});
        for (const auto& one : answers)
            one();
        return !answers.empty();
    }

    std::vector<std::function<void()>> replays;

private:
    std::vector<LogBatchPtr> m_batches;
};

QStringList numbers(int from, int to)
{
    QStringList list;
    for (int i = from; i < to; ++i)
        list.append(QString::number(i));
    return list;
}

} // namespace

class TestFanout : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void everyViewerOfTheApplicationGetsEachEntry();
    void filtersAreObeyedFromTheirMomentOn();
    void whoLagsByAChangeOfFilterMissesNothing();
    void whatWasReadBeforeAClearComesNotAfterIt();
    void whatMovesOnWhileItIsReadComesOnceAndWhole();
    void whereToGoOnFromComesBehindWhatWasSent();
    void aCommandIsDeliveredToWhoTakesIt();
    void laggingViewerIsCaughtUpInOrder();
    void laggingViewerIsToldWhatHistoryLost();
    void sinceGoesOnWhereTheClientWas();
    void unknownSinceIsToldAndGetsAllThereIs();
    void whoWantsNoLogsGetsNone();
    void manyUnsentBytesAreCongestion();
    void congestionOfWhoNeverReadsEnds();
    void oneSlowViewerIsNoCongestion_data();
    void oneSlowViewerIsNoCongestion();
    void whoLagsIsToldOfAClear();
    void muchThatPassesNoFilterIsReadInManyTurns();
    void manyViewersKeepWithinTheMemory_data();
    void manyViewersKeepWithinTheMemory();

private:
    /// Viewers of "shop", live, that do not read yet.
    std::vector<std::unique_ptr<Peer>> join(int count, MemoryBudget& memory)
    {
        std::vector<std::unique_ptr<Peer>> peers;
        for (int i = 0; i < count; ++i) {
            peers.push_back(std::make_unique<Peer>(m_listener, *m_fanout, "shop", memory));
            m_fanout->join(*peers.back()->viewer, std::nullopt);
        }
        return peers;
    }

    void send(int count, std::size_t messageBytes = 20, const char* level = "info")
    {
        sendTogether(count, 1, messageBytes, level);
    }

    /// In batches of `inBatch`.
    void sendTogether(int count, int inBatch, std::size_t messageBytes, const char* level = "info")
    {
        const std::string message(messageBytes, 'x');
        for (int sent = 0; sent < count; sent += inBatch) {
            LogBatch batch("shop");
            for (int i = 0; i < inBatch; ++i)
                batch.append({std::to_string(m_next++), 1, level, message, ""}, m_origin);
            m_hub->acceptLogs(std::move(batch));
        }
    }

    LogOrigin m_origin{"shop", "ann"};
    test::OnePort m_listener;
    MemoryBudget m_memory{256 * 1024 * 1024};
    std::unique_ptr<Hub> m_hub;
    std::unique_ptr<Fanout> m_fanout;
    int m_next = 0;
};

void TestFanout::init()
{
    m_next = 0;
    m_hub = std::make_unique<Hub>();
    m_fanout = std::make_unique<Fanout>(*m_hub, m_memory);
    QVERIFY(m_listener.isListening() || m_listener.listen(QHostAddress::LocalHost));
}

void TestFanout::cleanup()
{
    m_fanout.reset();
    m_hub.reset();
}

void TestFanout::everyViewerOfTheApplicationGetsEachEntry()
{
    std::deque<Peer> peers;
    for (int i = 0; i < 100; ++i)
        peers.emplace_back(m_listener, *m_fanout, i % 10 == 0 ? "other" : "shop", m_memory);
    for (Peer& peer : peers) {
        m_fanout->join(*peer.viewer, std::nullopt);
        peer.startReading();
    }
    for (int i = 0; i < 200; ++i) {
        send(10);
        QCoreApplication::processEvents();
    }
    for (Peer& peer : peers) {
        if (peer.viewer->appId == "shop")
            QTRY_COMPARE(peer.received, numbers(0, 2000));
        else
            QVERIFY(peer.received.isEmpty());
    }
}

void TestFanout::manyUnsentBytesAreCongestion()
{
    const std::vector<std::unique_ptr<Peer>> peers = join(24, m_memory);
    QVERIFY(!m_fanout->isCongested("shop"));
    send(12, 250'000); // 3 MB a viewer: none is lagging
    QVERIFY(m_fanout->isCongested("shop"));
    QVERIFY(!m_fanout->isCongested("bank"));
    QSignalSpy ended(m_fanout.get(), &Fanout::uncongested);
    for (const auto& peer : peers)
        peer->startReading();
    QVERIFY(ended.wait());
    QVERIFY(!m_fanout->isCongested("shop"));
    for (const auto& peer : peers) {
        QTRY_COMPARE(peer->received, numbers(0, 12));
        QCOMPARE(peer->viewer->state, Viewer::State::Live);
    }
}

void TestFanout::congestionOfWhoNeverReadsEnds()
{
    const std::vector<std::unique_ptr<Peer>> peers = join(12, m_memory);
    QSignalSpy ended(m_fanout.get(), &Fanout::uncongested);
    for (int rounds = 1; peers.front()->viewer->state == Viewer::State::Live; ++rounds) {
        QVERIFY(rounds < 20);
        send(5, 250'000);
        if (m_fanout->isCongested("shop"))
            QVERIFY(ended.wait());
    }
    // All lag now: nobody is written to, and nobody holds a producer up.
    send(20, 250'000);
    QVERIFY(!m_fanout->isCongested("shop"));
}

void TestFanout::oneSlowViewerIsNoCongestion_data()
{
    QTest::addColumn<int>("memoryMiB");
    QTest::newRow("usual memory") << 256;
    QTest::newRow("least memory") << 16;
}

void TestFanout::oneSlowViewerIsNoCongestion()
{
    QFETCH(int, memoryMiB);
    const MemoryBudget memory(memoryMiB * qint64(1024 * 1024));
    m_fanout = std::make_unique<Fanout>(*m_hub, memory);
    Peer slow(m_listener, *m_fanout, "shop", m_memory);
    m_fanout->join(*slow.viewer, std::nullopt);
    while (slow.viewer->state == Viewer::State::Live) {
        send(1, 250'000);
        QVERIFY(!m_fanout->isCongested("shop"));
    }
}

void TestFanout::filtersAreObeyedFromTheirMomentOn()
{
    Peer peer(m_listener, *m_fanout, "shop", m_memory);
    m_fanout->join(*peer.viewer, std::nullopt);
    peer.startReading();
    send(1);
    m_fanout->setFilter(*peer.viewer, LogFilter{{"error"}, {}, {}, {}});
    send(1);
    send(1, 20, "ERROR");
    m_fanout->setFilter(*peer.viewer, {});
    send(1);
    QTRY_COMPARE(peer.received, (QStringList{u"0"_s, u"2"_s, u"3"_s}));
}

void TestFanout::whoLagsByAChangeOfFilterMissesNothing()
{
    // The entry that is too much for it must still wait when the filter changes, as it does right after a long flush.
    for (int attempt = 0; attempt < 50; ++attempt) {
        cleanup();
        init();
        Peer peer(m_listener, *m_fanout, "shop", m_memory);
        m_fanout->join(*peer.viewer, std::nullopt);
        sendTogether(100, 100, 50'000);
        QVERIFY(peer.viewer->out.unsentBytes() > ViewerBudget::maxOfViewer);
        QCOMPARE(peer.viewer->state, Viewer::State::Live);
        send(1);
        if (peer.viewer->state != Viewer::State::Live)
            continue;
        m_fanout->setFilter(*peer.viewer, LogFilter{{"info"}, {}, {}, {}});
        QCOMPARE(peer.viewer->state, Viewer::State::Lagging);
        send(1);
        send(1, 20, "error");
        peer.startReading();
        QTRY_COMPARE(peer.viewer->state, Viewer::State::Live);
        send(1);
        QTRY_COMPARE(peer.received, numbers(0, 102) + QStringList{u"103"_s});
        return;
    }
    QFAIL("no entry ever waited");
}

void TestFanout::whatWasReadBeforeAClearComesNotAfterIt()
{
    LateArchive archive;
    connect(m_hub.get(), &Hub::logsToStore, this, [&archive](const LogBatchPtr& batch) { archive.add(batch); });
    m_hub->setArchive(&archive);
    sendTogether(2'000, 100, 20); // of which memory holds the newer half
    Peer peer(m_listener, *m_fanout, "shop", m_memory);
    peer.startReading();
    m_fanout->join(*peer.viewer, "9");
    QVERIFY(archive.replays.size() == 1);
    m_hub->clear({"shop", "ann"});
    QVERIFY(archive.answer());
    QCOMPARE(peer.viewer->state, Viewer::State::Live);
    send(2);
    QTRY_COMPARE(peer.received, (QStringList{u"clear"_s, u"gap 1990"_s, u"2000"_s, u"2001"_s}));
    m_hub->setArchive(nullptr);
}

void TestFanout::whatMovesOnWhileItIsReadComesOnceAndWhole()
{
    LateArchive archive;
    connect(m_hub.get(), &Hub::logsToStore, this, [&archive](const LogBatchPtr& batch) { archive.add(batch); });
    m_hub->setArchive(&archive);
    sendTogether(2'000, 100, 20); // of which memory holds the newer half
    Peer live(m_listener, *m_fanout, "shop", m_memory);
    Peer peer(m_listener, *m_fanout, "shop", m_memory);
    for (Peer* one : {&live, &peer})
        one->startReading();
    m_fanout->join(*live.viewer, std::nullopt);
    m_fanout->join(*peer.viewer, "9");
    QVERIFY(archive.replays.size() == 1);
    send(1);
    // An archive with 500 others opens.
    archive.moveOn(500, 1);
    m_hub->restore({1, {{"shop", 500, "other", 500, 0}}, {}, false});
    send(1);
    QVERIFY(archive.answer());
    QCOMPARE(archive.replays.size(), 1u); // asked again
    while (peer.viewer->state != Viewer::State::Live)
        QVERIFY(archive.answer());
    send(1);
    QTRY_COMPARE(peer.received, numbers(10, 2'003));
    QTRY_COMPARE(live.received, numbers(2'000, 2'003));
    m_hub->setArchive(nullptr);
}

void TestFanout::whereToGoOnFromComesBehindWhatWasSent()
{
    // Right after a long flush the next entry waits, and may be on disk before it is sent.
    LateArchive archive;
    for (int attempt = 0; attempt < 20; ++attempt) {
        cleanup();
        init();
        m_hub->setArchive(&archive);
        Peer peer(m_listener, *m_fanout, "shop", m_memory);
        peer.startReading();
        m_fanout->join(*peer.viewer, std::nullopt);
        sendTogether(100, 100, 20'000);
        send(1);
        m_hub->noteStored(0, 0, std::make_shared<const std::vector<StoredPlace>>(std::vector<StoredPlace>{{"shop", 101, "100"}}));
        ResumePoints points(*m_hub, *m_fanout);
        points.greet(*peer.viewer);
        QTRY_COMPARE(peer.received.size(), 102);
        QCOMPARE(peer.received, numbers(0, 101) + QStringList{u"stored 100"_s});
        m_hub->setArchive(nullptr);
    }
}

void TestFanout::aCommandIsDeliveredToWhoTakesIt()
{
    const AppCommand command{"shop", "ann", 1, "restart", {}};
    QCOMPARE(m_fanout->deliver(command), 0);
    const std::vector<std::unique_ptr<Peer>> peers = join(4, m_memory);
    QCOMPARE(m_fanout->deliver(command), 0); // of whom nobody is a producer
    for (int producer = 0; producer < 3; ++producer)
        peers[std::size_t(producer)]->viewer->isProducer = true;
    QCOMPARE(m_fanout->deliver(command), 3);
    // One reads nothing, and one is about to close.
    while (peers[0]->viewer->out.unsentBytes() <= ViewerBudget::maxOfViewer)
        peers[0]->viewer->out.send(QByteArray(1024 * 1024, 'x'));
    peers[1]->viewer->out.seal();
    QCOMPARE(m_fanout->deliver(command), 1);
    QCOMPARE(m_fanout->producerCount("shop"), 3);
}

void TestFanout::laggingViewerIsCaughtUpInOrder()
{
    Peer slow(m_listener, *m_fanout, "shop", m_memory);
    Peer quick(m_listener, *m_fanout, "shop", m_memory);
    m_fanout->join(*slow.viewer, std::nullopt);
    m_fanout->join(*quick.viewer, std::nullopt);
    quick.startReading();
    // Within what history holds, and more than a viewer may have unsent.
    for (int i = 0; i < 90; ++i) {
        send(10, 12'000);
        QTRY_COMPARE(quick.received.size(), m_next);
    }
    QCOMPARE(slow.viewer->state, Viewer::State::Lagging);
    QVERIFY(slow.viewer->out.unsentBytes() < ViewerBudget::maxOfViewer + 1024 * 1024);
    slow.startReading();
    QTRY_COMPARE(slow.received, numbers(0, m_next));
    QCOMPARE(slow.viewer->state, Viewer::State::Live);
    send(5);
    QTRY_COMPARE(slow.received, numbers(0, m_next));
}

void TestFanout::laggingViewerIsToldWhatHistoryLost()
{
    Peer slow(m_listener, *m_fanout, "shop", m_memory);
    Peer quick(m_listener, *m_fanout, "shop", m_memory);
    m_fanout->join(*slow.viewer, std::nullopt);
    m_fanout->join(*quick.viewer, std::nullopt);
    quick.startReading();
    for (int i = 0; i < 300; ++i) {
        send(10, 4'000);
        QTRY_COMPARE(quick.received.size(), m_next);
    }
    slow.startReading();
    QTRY_VERIFY(!slow.received.isEmpty() && slow.received.last() == QString::number(m_next - 1));
    // Entries before, one gap with the exact count, and the rest to the end.
    const qsizetype place = slow.received.indexOf(QRegularExpression(u"gap .*"_s));
    QVERIFY(place > 0);
    const int missing = slow.received[place].mid(4).toInt();
    QCOMPARE(slow.received.mid(0, place), numbers(0, int(place)));
    QCOMPARE(slow.received.mid(place + 1), numbers(int(place) + missing, m_next));
}

void TestFanout::sinceGoesOnWhereTheClientWas()
{
    send(50);
    Peer peer(m_listener, *m_fanout, "shop", m_memory);
    peer.startReading();
    m_fanout->join(*peer.viewer, "19");
    send(10);
    QTRY_COMPARE(peer.received, numbers(20, 60));
}

void TestFanout::unknownSinceIsToldAndGetsAllThereIs()
{
    send(5);
    Peer peer(m_listener, *m_fanout, "shop", m_memory);
    peer.startReading();
    m_fanout->join(*peer.viewer, "never seen");
    send(1);
    QTRY_COMPARE(peer.received, QStringList{u"gap ?"_s} + numbers(0, 6));
}

void TestFanout::whoWantsNoLogsGetsNone()
{
    Peer peer(m_listener, *m_fanout, "shop", m_memory);
    peer.startReading();
    m_fanout->join(*peer.viewer, std::nullopt);
    m_fanout->setWantsLogs(*peer.viewer, false);
    send(3);
    m_fanout->setWantsLogs(*peer.viewer, true);
    send(2);
    QTRY_COMPARE(peer.received, numbers(3, 5));
}

void TestFanout::whoLagsIsToldOfAClear()
{
    MemoryBudget memory(2 * 1024 * 1024);
    m_fanout = std::make_unique<Fanout>(*m_hub, memory);
    const std::vector<std::unique_ptr<Peer>> peers = join(40, memory);
    sendTogether(400, 100, 5'000);
    QVERIFY(memory.held() > 1024 * 1024);
    m_hub->clear({"shop", "ann"});
    for (const auto& peer : peers) {
        peer->startReading();
        QTRY_VERIFY(peer->received.contains(u"clear"_s));
    }
}

void TestFanout::muchThatPassesNoFilterIsReadInManyTurns()
{
    MemoryBudget memory(4 * 1024 * 1024);
    m_fanout = std::make_unique<Fanout>(*m_hub, memory);
    MemoryBudget::Share others(memory);
    others.add(3 * 1024 * 1024); // so that pages are small
    const std::vector<std::unique_ptr<Peer>> peers = join(80, memory);
    sendTogether(400, 100, 5'000);
    Peer late(m_listener, *m_fanout, "shop", memory);
    late.viewer->filter.levels = {"error"};
    m_fanout->join(*late.viewer, "0");
    QCOMPARE(late.viewer->state, Viewer::State::CatchingUp); // it has had its turn, and not come to the end
    {
        Peer gone(m_listener, *m_fanout, "shop", memory);
        gone.viewer->filter.levels = {"error"};
        m_fanout->join(*gone.viewer, "0");
    }
    QTRY_COMPARE(late.viewer->state, Viewer::State::Live);
    late.startReading();
    send(1, 20, "error");
    QTRY_COMPARE(late.received, numbers(400, 401));
}

void TestFanout::manyViewersKeepWithinTheMemory_data()
{
    QTest::addColumn<int>("inBatch");
    QTest::newRow("one a batch") << 1;
    QTest::newRow("many a batch") << 100;
    QTest::newRow("all in one") << 400;
}

void TestFanout::manyViewersKeepWithinTheMemory()
{
    QFETCH(int, inBatch);
    int exceeded = 0;
    MemoryBudget memory(4 * 1024 * 1024, [&exceeded] { ++exceeded; });
    m_fanout = std::make_unique<Fanout>(*m_hub, memory);
    const std::vector<std::unique_ptr<Peer>> peers = join(40, memory);
    // 2 MB for each, and the kernel takes a part of that.
    sendTogether(400, inBatch, 5'000);
    m_fanout->flush("shop");
    QVERIFY(memory.held() > 1024 * 1024);
    for (const auto& peer : peers)
        peer->startReading();
    for (const auto& peer : peers)
        QTRY_COMPARE(peer->received, numbers(0, 400));
    QCOMPARE(exceeded, 0);
}

VIGIE_TEST(TestFanout)
#include "tst_fanout.moc"
