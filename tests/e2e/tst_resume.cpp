// SPDX-License-Identifier: GPL-3.0-or-later
// Viewers that return, read slowly or vanish: nothing is skipped without notice.
#include "harness.h"
#include "testmain.h"

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QTimer>
#include <memory>
#include <vector>

using namespace vigie::e2e;
using namespace Qt::StringLiterals;

class TestResume : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void comingBackUnderFlood();
    void unknownSinceIsAGap();
    void sinceObeysTheFilter();
    void slowReaderIsCaughtUp_data();
    void slowReaderIsCaughtUp();
    void manySlowReadersHoldTheProducerBack();
    void clearWhileLaggingIsAGap();
    void vanishedViewersLeaveNothing();
    void cleanup();

private:
    /// Starts another program, with a producer that wants no entries.
    bool startVigie(const QStringList& flags = {});
    void flood(int first, int count, int bytesEach);

    std::unique_ptr<VigieProcess> m_vigie;
    std::unique_ptr<Client> m_producer;
};

namespace {

/// Checks the guarantee: numbers in order, each once, and every missing one reported exactly by `gap`.
struct Sequence
{
    explicit Sequence(int first = 1) : next(first) {}

    void take(const QJsonObject& message)
    {
        if (message["type"_L1] == "logs"_L1) {
            for (const QJsonValue entry : message["payload"_L1].toArray()) {
                const int number = entry["id"_L1].toString().toInt();
                if (number != next && problem.isEmpty())
                    problem = u"wanted %1, got %2"_s.arg(next).arg(number);
                next = number + 1;
                ++seen;
            }
        } else if (message["type"_L1] == "gap"_L1) {
            const QJsonValue gap = message["payload"_L1];
            const int from = gap["fromId"_L1].toString().toInt();
            const int count = gap["count"_L1].toInt(-1);
            if (from != next - 1 && problem.isEmpty())
                problem = u"wanted a gap from %1, got one from %2"_s.arg(next - 1).arg(from);
            if (count < 1 && problem.isEmpty())
                problem = u"a gap of %1"_s.arg(count);
            next = from + count + 1;
            if (!gap["toId"_L1].isNull() && gap["toId"_L1].toString().toInt() != next && problem.isEmpty())
                problem = u"a gap from %1 to %2 of %3"_s.arg(from).arg(gap["toId"_L1].toString()).arg(count);
            skipped += count;
            ++gaps;
        }
    }

    /// Reads until `last` was received or reported missing.
    void readUntil(RawClient& client, int last)
    {
        while (next <= last && problem.isEmpty()) {
            const std::optional<RawClient::Frame> frame = client.nextFrame();
            if (!frame) {
                problem = u"nothing came after %1"_s.arg(next - 1);
                return;
            }
            take(QJsonDocument::fromJson(frame->payload).object());
        }
    }

    int next;
    int seen = 0;
    int skipped = 0;
    int gaps = 0;
    QString problem;
};

} // namespace

void TestResume::init()
{
    QVERIFY(startVigie());
}

bool TestResume::startVigie(const QStringList& flags)
{
    m_producer.reset();
    m_vigie = std::make_unique<VigieProcess>();
    // On a slow machine, a flood may last longer than a client may go without reading.
    m_producer = std::make_unique<Client>();
    if (!m_vigie->setLimits({{u"unreadSeconds"_s, 600}}) || !m_vigie->start(flags)
        || !m_producer->signIn(*m_vigie, u"shop"_s, u"producer"_s))
        return false;
    m_producer->send(u"subscribe"_s, QJsonObject{{u"logs"_s, false}});
    return true;
}

void TestResume::cleanup()
{
    QVERIFY(m_producer->sync());
    m_producer.reset();
    QCOMPARE(m_vigie->stop(), 0);
    QCOMPARE(m_vigie->err(), QByteArray());
}

void TestResume::flood(int first, int count, int bytesEach)
{
    const int perBatch = 20;
    for (int i = first; i < first + count; i += perBatch) {
        m_producer->send(u"logs"_s, QJsonObject{{u"logs"_s, entries(QString(bytesEach, u'x'), i, perBatch)}, {u"ack"_s, true}});
        QVERIFY(!m_producer->take(u"logs_ack"_s).isEmpty());
    }
}

void TestResume::comingBackUnderFlood()
{
    Sequence sequence;
    int sent = 0;
    // Never further ahead than the history reaches.
    const auto produce = [&] {
        while (sent - sequence.next < 600) {
            m_producer->send(u"logs"_s, QJsonObject{{u"logs"_s, entries(u"m"_s, sent + 1, 20)}});
            sent += 20;
        }
    };
    for (int visit = 0; visit < 15; ++visit) {
        Client viewer;
        connect(&viewer, &Client::received, this, [&](const QJsonObject& message) {
            sequence.take(message);
            if (message["type"_L1] == "logs"_L1)
                produce();
        });
        const int before = sequence.next;
        QVERIFY(viewer.signIn(*m_vigie, u"shop"_s, u"ann"_s, visit > 0 ? QString::number(before - 1) : QString()));
        produce();
        QVERIFY(waitUntil([&] { return sequence.next > before + 700; }));
        QCOMPARE(sequence.problem, QString());
        QCOMPARE(sequence.gaps, 0);
        viewer.disconnect(this);
        produce(); // while it is away
    }
}

void TestResume::unknownSinceIsAGap()
{
    Client viewer;
    QVERIFY(viewer.signIn(*m_vigie, u"shop"_s, u"ann"_s, u"long ago"_s));
    QJsonObject expected{{u"fromId"_s, u"long ago"_s}, {u"toId"_s, QJsonValue::Null}, {u"count"_s, QJsonValue::Null}};
    QCOMPARE(viewer.takePayload(u"gap"_s), expected);

    flood(1, 100, 10);
    QVERIFY(waitUntil([&] { return !viewer.messages().isEmpty(); }));
    Client second;
    QVERIFY(second.signIn(*m_vigie, u"shop"_s, u"bob"_s, u"long ago"_s));
    expected.insert(u"toId"_s, u"1"_s);
    QVERIFY(second.waitFor(u"logs"_s));
    QCOMPARE(second.takePayload(u"gap"_s), expected);
    Sequence sequence;
    for (const QJsonObject& message : second.messages())
        sequence.take(message);
    QCOMPARE(sequence.problem, QString());
    QCOMPARE(sequence.seen, 100);
}

void TestResume::sinceObeysTheFilter()
{
    for (int i = 1; i <= 10; ++i)
        m_producer->send(u"logs"_s, QJsonObject{{u"logs"_s, entries(u"m"_s, i, 1, i % 2 == 0 ? u"error"_s : u"info"_s)}});
    QVERIFY(m_producer->sync());
    Client viewer;
    QVERIFY(viewer.signIn(*m_vigie, u"shop"_s, u"ann"_s));
    viewer.send(u"filter"_s, QJsonObject{{u"level"_s, u"error"_s}});
    QVERIFY(viewer.signIn(u"shop"_s, u"ann"_s, u"3"_s));
    QVERIFY(viewer.sync());
    QStringList ids;
    for (const QJsonValue entry : viewer.takeEntries())
        ids.append(entry["id"_L1].toString());
    QCOMPARE(ids, (QStringList{u"4"_s, u"6"_s, u"8"_s, u"10"_s}));
}

void TestResume::slowReaderIsCaughtUp_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<bool>("isBeyondHistory");
    QTest::addColumn<bool>("trickles");
    QTest::newRow("12 MiB, all held") << 900 << false << false;
    QTest::newRow("40 MiB, more than memory holds") << 3000 << false << false;
    QTest::newRow("40 MiB, more than memory holds, nothing on disk") << 3000 << true << false;
    QTest::newRow("1 byte/s") << 3000 << false << true;
}

void TestResume::slowReaderIsCaughtUp()
{
    QFETCH(int, count);
    QFETCH(bool, isBeyondHistory);
    QFETCH(bool, trickles);
    if (isBeyondHistory)
        QVERIFY(startVigie({u"--no-history"_s}));
    Client other;
    Sequence othersSequence;
    QVERIFY(other.signIn(*m_vigie, u"shop"_s, u"bob"_s));
    connect(&other, &Client::received, &other, [&](const QJsonObject& message) {
        othersSequence.take(message);
        other.forget();
    });
    RawClient slow;
    QVERIFY(slow.connectTo(*m_vigie, 16 * 1024));
    QVERIFY(slow.handshake());
    QVERIFY(slow.signIn("shop", "ann"));
    slow.pauseReading();
    int bytesRead = 0;
    QTimer trickle;
    connect(&trickle, &QTimer::timeout, &trickle, [&] { bytesRead += slow.readByte(); });
    if (trickles)
        trickle.start(1'000);
    const qint64 before = m_vigie->residentBytes();

    flood(1, count, 14'000);
    QVERIFY(waitUntil([&] { return othersSequence.next > count; }));
    QCOMPARE(othersSequence.problem, QString());
    QCOMPARE(othersSequence.seen, count);
    QVERIFY(waitUntil([&] { return !trickles || bytesRead >= 3; }));
    trickle.stop();
    const qint64 grown = m_vigie->residentBytes() - before;
    QVERIFY2(isSanitized || grown < 64 * 1024 * 1024, qPrintable(QString::number(grown)));

    slow.resumeReading();
    Sequence sequence;
    sequence.readUntil(slow, count);
    QCOMPARE(sequence.problem, QString());
    QCOMPARE(sequence.seen + sequence.skipped, count);
    QCOMPARE(sequence.gaps > 0, isBeyondHistory);
    // It is live again.
    flood(count + 1, 20, 10);
    sequence.readUntil(slow, count + 20);
    QCOMPARE(sequence.problem, QString());
}

void TestResume::manySlowReadersHoldTheProducerBack()
{
    // Together, they exceed the congestion limit before each of them is lagging.
    std::vector<std::unique_ptr<RawClient>> slow;
    for (int i = 0; i < 16; ++i) {
        RawClient& client = *slow.emplace_back(std::make_unique<RawClient>());
        QVERIFY(client.connectTo(*m_vigie, 16 * 1024));
        QVERIFY(client.handshake());
        QVERIFY(client.signIn("shop", "ann"));
        client.pauseReading();
    }
    Client other;
    Sequence sequence;
    QVERIFY(other.signIn(*m_vigie, u"shop"_s, u"bob"_s));
    connect(&other, &Client::received, &other, [&](const QJsonObject& message) {
        sequence.take(message);
        other.forget();
    });
    // Some messages have already reached the server when it starts to hold back their sender: none is lost.
    QElapsedTimer clock;
    clock.start();
    for (int i = 1; i < 4'000; i += 20)
        m_producer->send(u"logs"_s, QJsonObject{{u"logs"_s, entries(QString(4'000, u'x'), i, 20)}});
    QVERIFY(waitUntil([&] { return sequence.next > 4'000; }, 3 * longWaitMs));
    QCOMPARE(sequence.problem, QString());
    QCOMPARE(sequence.seen, 4'000);
    // Once there is congestion, each message is followed by a pause of 200 ms until the viewers are lagging. That makes about 25
    // pauses, on any machine; a part of them is enough.
    QVERIFY2(clock.elapsed() >= 5 * 200, qPrintable(QString::number(clock.elapsed())));

    // A viewer that reads again gets all of it, and what follows.
    constexpr std::size_t readers = 2;
    for (std::size_t i = readers; i < slow.size(); ++i)
        slow[i]->reset();
    flood(4'001, 20, 10);
    for (std::size_t i = 0; i < readers; ++i) {
        slow[i]->resumeReading();
        Sequence read;
        read.readUntil(*slow[i], 4'020);
        QCOMPARE(read.problem, QString());
        QCOMPARE(read.seen, 4'020);
    }
}

void TestResume::clearWhileLaggingIsAGap()
{
    for (const int later : {0, 20}) {
        const int count = 900;
        const int first = later == 0 ? 1 : 2001;
        RawClient slow;
        QVERIFY(slow.connectTo(*m_vigie, 16 * 1024));
        QVERIFY(slow.handshake());
        QVERIFY(slow.signIn("shop", "ann"));
        slow.pauseReading();
        flood(first, count, 14'000);
        m_producer->send(u"clear"_s);
        QVERIFY(m_producer->sync());
        if (later > 0)
            flood(first + count, later, 10);
        slow.resumeReading();
        Sequence sequence(first);
        sequence.readUntil(slow, first + count + later - 1);
        QCOMPARE(sequence.problem, QString());
        QCOMPARE(sequence.gaps, 1);
        QCOMPARE(sequence.seen + sequence.skipped, count + later);
        m_producer->forget();
    }
}

void TestResume::vanishedViewersLeaveNothing()
{
    Client other;
    QVERIFY(other.signIn(*m_vigie, u"shop"_s, u"bob"_s));
    QVERIFY(other.waitForSample()); // which opens a socket of its own
    const int sockets = m_vigie->socketCount();
    std::vector<std::unique_ptr<RawClient>> doomed;
    for (int i = 0; i < 10; ++i) {
        RawClient& client = *doomed.emplace_back(std::make_unique<RawClient>());
        QVERIFY(client.connectTo(*m_vigie, 16 * 1024));
        QVERIFY(client.handshake());
        QVERIFY(client.signIn("shop", "doomed"));
        client.pauseReading();
    }
    // Some vanish while the server holds much data for them, some while it writes.
    for (int i = 0; i < 10; ++i) {
        flood(1 + 40 * i, 40, 14'000);
        doomed[i]->reset();
    }
    flood(401, 40, 14'000);
    Sequence sequence;
    QVERIFY(waitUntil([&] { return other.count(u"logs"_s) > 0; }));
    QVERIFY(other.sync());
    for (const QJsonObject& message : other.messages())
        sequence.take(message);
    QCOMPARE(sequence.problem, QString());
    QCOMPARE(sequence.seen, 440);
    QTRY_COMPARE_WITH_TIMEOUT(m_vigie->socketCount(), sockets, 10'000);
}

VIGIE_TEST(TestResume)
#include "tst_resume.moc"
