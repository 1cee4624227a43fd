// SPDX-License-Identifier: GPL-3.0-or-later
#include "oneport.h"
#include "server/net/frame.h"
#include "server/net/selfsigned.h"
#include "testmain.h"

#include <QDeadlineTimer>
#include <QRandomGenerator>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslSocket>
#include <QTcpSocket>
#include <QTest>
#include <QTimer>
#include <QtEndian>

using namespace vigie;
using namespace vigie::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestConnection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void whatIsNotConsumedComesAgain();
    void whoLeavesTooMuchIsEnded();
    void anotherReaderGetsTheRest();
    void pausedNothingIsTaken();
    void pauseWithinReadKeepsTheRest();
    void deadlinePassesOnce();
    void framesComeWholeAndInOrder();
    void whatWaitsIsCounted();
    void nothingIsSentOnceSealed();
    void finishSaysWhatWaitsAndEndsWithThePeer();
    void finishWaitsTwoSeconds();
    void finishGoesOnWhileThePeerReads();
    void finishSendsToWhoSendsNoMore();
    void whoSendsNoMoreGetsWhatWaits();
    void finishHearsOutThePeer();
    void abortEndsAtOnceAndIsToldLater();
    void endOfThePeerIsToldOnce();
    void sendingAfterAResetIsRefused();
    void whoIsDestroyedByAnotherIsNotServed();
    void plainWhereTlsIsSpoken();
    void tlsCarriesBothWays();
    void tlsGoesOnAfterEachPause();
    void tlsGoesOnWhileAnotherReads();
    void tlsKeepsWhatCameBeforeTheEndWhilePaused();
    void tlsSaysGoodbye();
    void tlsTellsWhatIsUnread();

private:
    void connectTls();

    std::unique_ptr<OnePort> m_port;
    std::unique_ptr<QTcpSocket> m_peer;
    TestReader m_reader;
    std::unique_ptr<Connection> m_connection;
};

void TestConnection::init()
{
    m_port = std::make_unique<OnePort>();
    QVERIFY(m_port->listen(QHostAddress::LocalHost));
    m_reader = {};
    m_peer = std::make_unique<QTcpSocket>();
    m_peer->connectToHost(QHostAddress::LocalHost, m_port->serverPort());
    m_connection = m_port->take();
    QVERIFY(m_connection && m_peer->waitForConnected());
    m_connection->setReader(m_reader);
}

void TestConnection::cleanup()
{
    m_connection.reset();
    QCOMPARE(m_port->memory.held(), 0);
    m_peer.reset();
    m_port.reset();
}

void TestConnection::whatIsNotConsumedComesAgain()
{
    QByteArray seen;
    m_reader.onRead = [&](std::span<char> bytes) {
        seen = QByteArray(bytes.data(), qsizetype(bytes.size()));
        return bytes.size() < 6 ? 0 : std::size_t(2);
    };
    m_peer->write("abc");
    QTRY_COMPARE(seen, QByteArray("abc"));
    QCOMPARE(m_connection->keptBytes(), 3);
    QCOMPARE(m_port->memory.held(), 3);
    m_peer->write("def");
    QTRY_COMPARE(seen, QByteArray("abcdef"));
    QTRY_COMPARE(m_connection->keptBytes(), 4);
    QCOMPARE(m_connection->receivedBytes(), 6);
    m_reader.onRead = [](std::span<char> bytes) { return bytes.size(); };
    m_peer->write("g");
    QTRY_COMPARE(m_connection->keptBytes(), 0);
}

void TestConnection::whoLeavesTooMuchIsEnded()
{
    m_reader.onRead = [](std::span<char>) { return std::size_t(0); };
    m_peer->write(QByteArray(qsizetype(Connection::maxKept) + 1, 'x'));
    QTRY_COMPARE(m_reader.ends, 1);
}

void TestConnection::anotherReaderGetsTheRest()
{
    TestReader next;
    m_reader.onRead = [&](std::span<char>) {
        m_connection->setReader(next);
        return std::size_t(4);
    };
    m_peer->write("headrest");
    QTRY_COMPARE(next.received, QByteArray("rest"));
    // And at once what was kept before.
    next.onRead = [](std::span<char>) { return std::size_t(0); };
    m_peer->write("kept");
    QTRY_COMPARE(m_connection->keptBytes(), 4);
    TestReader last;
    m_connection->setReader(last);
    QCOMPARE(last.received, QByteArray("kept"));
    m_connection.reset();
}

void TestConnection::pausedNothingIsTaken()
{
    m_connection->setPaused(true);
    m_peer->write("hello");
    QVERIFY(m_peer->waitForBytesWritten());
    QTest::qWait(20);
    QCOMPARE(m_reader.reads, 0);
    m_connection->setPaused(false);
    QTRY_COMPARE(m_reader.received, QByteArray("hello"));
}

void TestConnection::pauseWithinReadKeepsTheRest()
{
    m_reader.onRead = [this](std::span<char> bytes) {
        m_reader.received.append(bytes.data(), 1);
        m_connection->setPaused(true);
        return std::size_t(1);
    };
    m_peer->write("abc");
    QTRY_COMPARE(m_reader.received, QByteArray("a"));
    QCOMPARE(m_connection->keptBytes(), 2);
    m_connection->setPaused(false); // before this returns
    QCOMPARE(m_reader.received, QByteArray("ab"));
    QVERIFY(m_connection->isPaused());
    m_connection->setPaused(false);
    QCOMPARE(m_reader.received, QByteArray("abc"));
    QCOMPARE(m_connection->keptBytes(), 0);
}

void TestConnection::deadlinePassesOnce()
{
    m_connection->setDeadline(1h);
    m_connection->setDeadline(1ms);
    QTRY_COMPARE(m_reader.deadlines, 1);
    m_connection->setDeadline(1ms);
    m_connection->clearDeadline();
    QTest::qWait(20);
    QCOMPARE(m_reader.deadlines, 1);
}

/// To a client that reads in fits and starts, so that the kernel takes only parts.
void TestConnection::framesComeWholeAndInOrder()
{
    constexpr int wanted = 200'000;
    m_port->makeSendBufferSmall();
    QRandomGenerator random(7);
    QByteArray came;
    int sent = 0;
    int checked = 0;
    while (checked < wanted) {
        for (int i = random.bounded(1, 2000); i > 0 && sent < wanted && m_connection->unsentBytes() < 1'000'000; --i) {
            const QByteArray text = QByteArray::number(sent++) + QByteArray(random.bounded(100) == 0 ? 5'000 : 3, 'x');
            QVERIFY(m_connection->send(textFrame(text)) != Connection::Sent::Dropped);
        }
        QCoreApplication::processEvents();
        came += m_peer->read(random.bounded(1, 500'000));
        qsizetype at = 0;
        FrameHead head;
        while (readFrameHead({came.constData() + at, std::size_t(came.size() - at)}, head)
               && came.size() - at - head.headBytes >= qsizetype(head.payloadBytes)) {
            const QByteArray text = came.mid(at + head.headBytes, qsizetype(head.payloadBytes));
            const QByteArray number = QByteArray::number(checked++);
            QVERIFY(head.isLast && head.opcode == Opcode::Text && text.startsWith(number + "xxx"));
            QCOMPARE(text.count('x'), text.size() - number.size());
            at += head.headBytes + text.size();
        }
        came.remove(0, at);
    }
    QTRY_COMPARE(m_connection->unsentBytes(), 0);
    QVERIFY(m_reader.takings > 0);
}

void TestConnection::whatWaitsIsCounted()
{
    m_port->makeSendBufferSmall();
    m_peer->setReadBufferSize(1);
    const QByteArray frame(1 << 20, 'x');
    int sent = 0;
    while (m_connection->send(frame) == Connection::Sent::AtOnce)
        ++sent;
    const qint64 before = m_connection->unsentBytes();
    QVERIFY(before > 0);
    QCOMPARE(m_connection->send(frame), Connection::Sent::Queued);
    QCOMPARE(m_connection->unsentBytes(), before + frame.size());
    QCOMPARE(m_port->memory.held(), m_connection->unsentBytes());
    QCOMPARE(m_connection->writtenBytes(), (sent + 2) * frame.size());
    m_peer->setReadBufferSize(0);
    connect(m_peer.get(), &QTcpSocket::readyRead, this, [this] { m_peer->readAll(); });
    m_peer->readAll();
    QTRY_COMPARE(m_connection->unsentBytes(), 0);
}

void TestConnection::nothingIsSentOnceSealed()
{
    m_connection->send("before");
    m_connection->seal();
    QVERIFY(!m_connection->isOpen());
    QCOMPARE(m_connection->send("after"), Connection::Sent::Dropped);
    m_connection->finish();
    QTRY_COMPARE(m_peer->state(), QAbstractSocket::UnconnectedState);
    QCOMPARE(m_peer->readAll(), QByteArray("before"));
}

void TestConnection::finishSaysWhatWaitsAndEndsWithThePeer()
{
    m_port->makeSendBufferSmall();
    const QByteArray much(8 << 20, 'x'); // more than any kernel takes at once
    QCOMPARE(m_connection->send(much), Connection::Sent::Queued);
    m_connection->send("goodbye");
    m_connection->finish();
    QVERIFY(!m_connection->isAlive() && !m_connection->isOpen());
    QTRY_COMPARE(m_peer->bytesAvailable(), much.size() + 7);
    QTRY_COMPARE(m_reader.ends, 1);
    QCOMPARE(m_reader.reads, 0);
}

void TestConnection::finishWaitsTwoSeconds()
{
    // The peer's end stays open.
    const int held = dup(int(m_peer->socketDescriptor()));
    m_connection->finish();
    m_connection->clearDeadline(); // the reader has no say in it any more
    QTRY_COMPARE(m_peer->state(), QAbstractSocket::UnconnectedState);
    QCOMPARE(m_reader.ends, 0);
    m_connection->setDeadline(1h);
    QTRY_COMPARE_WITH_TIMEOUT(m_reader.ends, 1, 10'000);
    ::close(held);
}

/// A last word behind much that waits: longer than the two seconds in which a peer must take some of it.
void TestConnection::finishGoesOnWhileThePeerReads()
{
    m_port->makeSendBufferSmall();
    m_peer->setReadBufferSize(64 * 1024);
    const QByteArray much(32 << 20, 'x');
    m_connection->send(much);
    m_connection->finish();
    qint64 came = 0;
    const QDeadlineTimer reading(4'000);
    while (!reading.hasExpired() && came < much.size() / 2) {
        QTest::qWait(20);
        came += m_peer->readAll().size();
        QCOMPARE(m_reader.ends, 0);
    }
    QTest::qWait(int(reading.remainingTime()));
    m_peer->setReadBufferSize(0);
    const auto all = [&] { return (came += m_peer->readAll().size()) == much.size(); };
    QTRY_VERIFY(all());
    QTRY_COMPARE(m_reader.ends, 1);
}

void TestConnection::finishSendsToWhoSendsNoMore()
{
    m_port->makeSendBufferSmall();
    m_peer->setReadBufferSize(1);
    const QByteArray much(8 << 20, 'x');
    QCOMPARE(m_connection->send(much), Connection::Sent::Queued);
    m_connection->finish();
    ::shutdown(int(m_peer->socketDescriptor()), SHUT_WR);
    QTest::qWait(50);
    QCOMPARE(m_reader.ends, 0);
    m_peer->setReadBufferSize(0);
    qint64 came = 0;
    const auto all = [&] { return (came += m_peer->readAll().size()) == much.size(); };
    QTRY_VERIFY(all());
    QTRY_COMPARE(m_reader.ends, 1);
}

/// As "nc -N" does with a request.
void TestConnection::whoSendsNoMoreGetsWhatWaits()
{
    m_port->makeSendBufferSmall();
    const QByteArray much(8 << 20, 'x');
    m_reader.onRead = [&](std::span<char> bytes) {
        m_connection->send(much);
        return bytes.size();
    };
    m_peer->setReadBufferSize(1);
    m_peer->write("GET");
    QVERIFY(m_peer->waitForBytesWritten());
    ::shutdown(int(m_peer->socketDescriptor()), SHUT_WR);
    QTRY_COMPARE(m_reader.reads, 1);
    QTest::qWait(50);
    m_peer->setReadBufferSize(0);
    qint64 came = 0;
    const auto all = [&] { return (came += m_peer->readAll().size()) == much.size(); };
    QTRY_VERIFY(all());
    QTRY_COMPARE(m_reader.ends, 1);
}

void TestConnection::finishHearsOutThePeer()
{
    // What comes behind is read and thrown away: closing over it would reset the connection.
    m_reader.onRead = [this](std::span<char>) {
        m_connection->send("no");
        m_connection->finish();
        return std::size_t(0);
    };
    m_peer->write(QByteArray(1 << 20, 'x'));
    QTRY_COMPARE(m_peer->state(), QAbstractSocket::UnconnectedState);
    QCOMPARE(m_peer->error(), QAbstractSocket::RemoteHostClosedError);
    QCOMPARE(m_peer->readAll(), QByteArray("no"));
    QTRY_COMPARE(m_reader.ends, 1);
}

void TestConnection::abortEndsAtOnceAndIsToldLater()
{
    m_connection->setDeadline(1h);
    m_connection->abort();
    QVERIFY(!m_connection->isAlive());
    QCOMPARE(m_reader.ends, 0);
    m_reader.onEnd = [this] { m_connection.reset(); };
    QTRY_COMPARE(m_reader.ends, 1);
    QVERIFY(!m_connection);
    // Also from within what it reads.
    init();
    m_reader.onRead = [this](std::span<char> bytes) {
        m_connection->abort();
        [this] { QCOMPARE(m_reader.ends, 0); }();
        return bytes.size();
    };
    m_reader.onEnd = [this] { m_connection.reset(); };
    m_peer->write("x");
    QTRY_VERIFY(!m_connection);
    QCOMPARE(m_reader.ends, 1);
}

void TestConnection::endOfThePeerIsToldOnce()
{
    m_peer->write("last words");
    m_peer->disconnectFromHost();
    QTRY_COMPARE(m_reader.ends, 1);
    QCOMPARE(m_reader.received, QByteArray("last words"));
    m_connection->abort();
    QTest::qWait(10);
    QCOMPARE(m_reader.ends, 1);
}

void TestConnection::sendingAfterAResetIsRefused()
{
    const linger hard{1, 0};
    setsockopt(int(m_peer->socketDescriptor()), SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    m_peer->abort();
    QTRY_COMPARE(m_reader.ends, 1);
    QCOMPARE(m_connection->send("answer"), Connection::Sent::Dropped);
}

void TestConnection::whoIsDestroyedByAnotherIsNotServed()
{
    QTcpSocket otherPeer;
    otherPeer.connectToHost(QHostAddress::LocalHost, m_port->serverPort());
    std::unique_ptr<Connection> other = m_port->take();
    QVERIFY(other && otherPeer.waitForConnected());
    TestReader otherReader;
    other->setReader(otherReader);
    // Both have something in the same turn; the first to be served destroys the other.
    const auto destroy = [](std::unique_ptr<Connection>& victim) {
        return [&victim](std::span<char> bytes) {
            victim.reset();
            return bytes.size();
        };
    };
    m_reader.onRead = destroy(other);
    otherReader.onRead = destroy(m_connection);
    m_peer->write("a");
    otherPeer.write("b");
    QVERIFY(m_peer->waitForBytesWritten() && otherPeer.waitForBytesWritten());
    QTRY_COMPARE(m_reader.reads + otherReader.reads, 1);
    QTest::qWait(10);
    QCOMPARE(m_reader.reads + otherReader.reads, 1);
}

void TestConnection::connectTls()
{
    static const auto pem = makeSelfSigned({u"localhost"_s});
    auto* const peer = new QSslSocket;
    m_peer.reset(peer);
    peer->setPeerVerifyMode(QSslSocket::VerifyNone);
    peer->connectToHostEncrypted(u"127.0.0.1"_s, m_port->serverPort());
    m_connection = m_port->take(m_port->memory, true);
    QVERIFY(m_connection);
    m_reader.onFirst = [this](unsigned char first) {
        [&] { QCOMPARE(int(first), 0x16); }();
        QSslConfiguration configuration;
        configuration.setLocalCertificate(QSslCertificate(pem->certificate));
        configuration.setPrivateKey(QSslKey(pem->key, QSsl::Ec));
        m_connection->startTls(configuration);
    };
    m_connection->setReader(m_reader);
    QTRY_COMPARE(m_reader.encryptions, 1);
    QTRY_VERIFY(peer->isEncrypted() && m_connection->isEncrypted());
}

void TestConnection::plainWhereTlsIsSpoken()
{
    m_peer = std::make_unique<QTcpSocket>();
    m_peer->connectToHost(QHostAddress::LocalHost, m_port->serverPort());
    m_connection = m_port->take(m_port->memory, true);
    unsigned char first = 0;
    m_reader.onFirst = [&first](unsigned char byte) { first = byte; };
    m_connection->setReader(m_reader);
    m_peer->write("GET");
    QTRY_COMPARE(m_reader.received, QByteArray("GET"));
    QCOMPARE(first, 'G');
    QVERIFY(m_connection->isForTls() && !m_connection->isEncrypted());
}

void TestConnection::tlsCarriesBothWays()
{
    connectTls();
    const QByteArray much(3 << 20, 'x');
    m_peer->write(much);
    QTRY_COMPARE(m_reader.received.size(), much.size());
    m_connection->send(much);
    QTRY_COMPARE(m_peer->bytesAvailable(), much.size());
    QTRY_COMPARE(m_connection->unsentBytes(), 0);
    // While paused little is taken, and all of it later.
    m_reader.received.clear();
    m_connection->setPaused(true);
    m_peer->write(much);
    QTest::qWait(50);
    QVERIFY(m_reader.received.isEmpty());
    m_connection->setPaused(false);
    QTRY_COMPARE(m_reader.received.size(), much.size());
}

/// However much of what came was decrypted when a pause began.
void TestConnection::tlsGoesOnAfterEachPause()
{
    connectTls();
    m_reader.onRead = [this](std::span<char> bytes) {
        m_reader.received.append(bytes.data(), qsizetype(bytes.size()));
        m_connection->setPaused(true);
        QTimer::singleShot(1, this, [this] { m_connection->setPaused(false); });
        return bytes.size();
    };
    const QByteArray much(1 << 20, 'x');
    for (const qsizetype piece : {1 << 20, 16 * 1024, 4 * 1024, 1'000}) {
        m_reader.received.clear();
        for (qsizetype at = 0; at < much.size(); at += piece)
            m_peer->write(much.constData() + at, std::min(piece, much.size() - at));
        QTRY_COMPARE_WITH_TIMEOUT(m_reader.received.size(), much.size(), 30'000);
    }
    QTRY_VERIFY(!m_connection->isPaused());
}

/// All connections read into one buffer.
void TestConnection::tlsGoesOnWhileAnotherReads()
{
    connectTls();
    QTcpSocket otherPeer;
    otherPeer.connectToHost(QHostAddress::LocalHost, m_port->serverPort());
    const std::unique_ptr<Connection> other = m_port->take();
    QVERIFY(other && otherPeer.waitForConnected());
    m_connection->setPaused(true);
    m_peer->write("tls");
    QTest::qWait(50);
    QByteArray seen;
    TestReader otherReader;
    otherReader.onRead = [&](std::span<char> bytes) {
        m_connection->setPaused(false);
        seen = QByteArray(bytes.data(), qsizetype(bytes.size()));
        return bytes.size();
    };
    other->setReader(otherReader);
    otherPeer.write("plain");
    QTRY_COMPARE(seen, QByteArray("plain"));
    QTRY_COMPARE(m_reader.received, QByteArray("tls"));
}

void TestConnection::tlsKeepsWhatCameBeforeTheEndWhilePaused()
{
    connectTls();
    m_connection->setPaused(true);
    m_peer->write("last words");
    m_peer->disconnectFromHost();
    QTRY_COMPARE(m_peer->state(), QAbstractSocket::UnconnectedState);
    QTest::qWait(50);
    QCOMPARE(m_reader.ends, 0); // as without TLS
    m_connection->setPaused(false);
    QTRY_COMPARE(m_reader.ends, 1);
    QCOMPARE(m_reader.received, QByteArray("last words"));
}

void TestConnection::tlsSaysGoodbye()
{
    connectTls();
    m_connection->send("goodbye");
    m_connection->finish();
    QTRY_COMPARE(m_peer->state(), QAbstractSocket::UnconnectedState);
    QCOMPARE(m_peer->error(), QAbstractSocket::RemoteHostClosedError);
    QCOMPARE(m_peer->readAll(), QByteArray("goodbye"));
    QTRY_COMPARE(m_reader.ends, 1);
}

void TestConnection::tlsTellsWhatIsUnread()
{
    connectTls();
    m_peer->setReadBufferSize(1);
    // Far more than the kernel keeps for a peer that does not read.
    const QByteArray much(16 << 20, 'x');
    QCOMPARE(m_connection->send(much), Connection::Sent::Queued);
    QTest::qWait(50);
    QVERIFY(m_connection->unsentBytes() > 1 << 20);
    QCOMPARE(m_port->memory.held(), m_connection->unsentBytes());
}

VIGIE_TEST(TestConnection)
#include "tst_connection.moc"
