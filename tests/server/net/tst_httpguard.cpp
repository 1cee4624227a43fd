// SPDX-License-Identifier: GPL-3.0-or-later
#include "rawpeer.h"
#include "server/net/httpguard.h"
#include "server/net/selfsigned.h"
#include "testmain.h"

#include <QPointer>
#include <QSignalSpy>
#include <QSslCertificate>
#include <QSslKey>
#include <QSslSocket>
#include <QTcpServer>
#include <QTest>
#include <memory>

using namespace vigie;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Takes one connection, by TLS.
class TlsServer : public QTcpServer
{
public:
    TlsServer(const QSslCertificate& certificate, const QSslKey& key)
    {
        socket.setLocalCertificate(certificate);
        socket.setPrivateKey(key);
    }

    QSslSocket socket;

protected:
    void incomingConnection(qintptr descriptor) override
    {
        socket.setSocketDescriptor(descriptor);
        socket.startServerEncryption();
    }
};

} // namespace

/// The guard on a real connection whose reader is the test. What it keeps the real server from is in
/// e2e/tst_httpbounds.cpp.
class TestHttpGuard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void idlePeerIsTold();
    void answeredPeerStays();
    void tooMuchUnansweredIsTold();
    void whatIsUnderWayStays();
    void unreadAnswersByTlsAreTold();
    void answersThatComeLaterAreSeen();
    void aLargeAnswerIsNotAskingOn();

private:
    static constexpr HttpGuard::Bounds bounds{16 * 1024, 1h};

    QTcpServer m_listener;
    std::unique_ptr<RawPeer> m_peer;
    QPointer<QTcpSocket> m_socket;
};

void TestHttpGuard::init()
{
    if (!m_listener.isListening())
        QVERIFY(m_listener.listen(QHostAddress::LocalHost));
    m_peer = std::make_unique<RawPeer>(m_listener.serverPort());
    QTRY_VERIFY(m_listener.hasPendingConnections());
    m_socket = m_listener.nextPendingConnection();
}

void TestHttpGuard::cleanup()
{
    m_peer.reset();
    delete m_socket;
}

void TestHttpGuard::idlePeerIsTold()
{
    HttpGuard guard(m_socket, {bounds.requestBytes, 10ms});
    QSignalSpy exceeded(&guard, &HttpGuard::exceeded);
    QVERIFY(exceeded.wait());
    QCOMPARE(exceeded[0][0].value<LimitHit>(), LimitHit::IdleTime);
}

void TestHttpGuard::answeredPeerStays()
{
    HttpGuard guard(m_socket, bounds);
    QSignalSpy exceeded(&guard, &HttpGuard::exceeded);
    connect(m_socket, &QTcpSocket::readyRead, m_socket, [this] { m_socket->write(m_socket->readAll()); });
    guard.followReader();
    // Far more in all than may be unanswered at once.
    const QByteArray request(bounds.requestBytes / 2, 'x');
    qint64 answered = 0;
    for (int i = 1; i <= 100; ++i) {
        QSignalSpy written(m_socket, &QTcpSocket::bytesWritten);
        m_peer->send(request);
        while (answered < i * request.size()) {
            QVERIFY(written.size() > 0 || written.wait(30'000));
            answered += written.takeFirst()[0].toLongLong();
        }
    }
    QCOMPARE(exceeded.size(), 0);
}

void TestHttpGuard::tooMuchUnansweredIsTold()
{
    HttpGuard guard(m_socket, bounds);
    QSignalSpy exceeded(&guard, &HttpGuard::exceeded);
    qint64 come = 0;
    connect(m_socket, &QTcpSocket::readyRead, m_socket, [&] { come += m_socket->readAll().size(); });
    guard.followReader();
    m_peer->send(QByteArray(bounds.requestBytes, 'x'));
    QVERIFY(exceeded.wait());
    QCOMPARE(exceeded[0][0].value<LimitHit>(), LimitHit::BodySize);
    m_peer->send(QByteArray(bounds.requestBytes, 'x'));
    QTRY_COMPARE(come, 2 * bounds.requestBytes);
    QCoreApplication::processEvents(); // the guard looks once the reader has had its turn
    QCOMPARE(exceeded.size(), 1);      // once is enough
}

void TestHttpGuard::whatIsUnderWayStays()
{
    HttpGuard guard(m_socket, bounds);
    QSignalSpy exceeded(&guard, &HttpGuard::exceeded);
    qint64 come = 0;
    connect(m_socket, &QTcpSocket::readyRead, m_socket, [&] { come += m_socket->readAll().size(); });
    guard.followReader();
    m_peer->send(QByteArray(bounds.requestBytes - 1, 'x'));
    QTRY_COMPARE(come, bounds.requestBytes - 1);
    m_socket->write("answer");
    QSignalSpy written(m_socket, &QTcpSocket::bytesWritten);
    QVERIFY(written.wait(30'000));
    m_peer->send(QByteArray(bounds.requestBytes - 1, 'x'));
    QTRY_COMPARE(come, 2 * (bounds.requestBytes - 1));
    QCoreApplication::processEvents(); // the guard looks once the reader has had its turn
    QCOMPARE(exceeded.size(), 0);
}

void TestHttpGuard::unreadAnswersByTlsAreTold()
{
    const auto pem = makeSelfSigned({u"localhost"_s});
    QVERIFY(pem);
    TlsServer listener(QSslCertificate(pem->certificate), QSslKey(pem->key, QSsl::Ec));
    QVERIFY(listener.listen(QHostAddress::LocalHost));
    QSslSocket peer;
    peer.setPeerVerifyMode(QSslSocket::VerifyNone);
    peer.connectToHostEncrypted(u"127.0.0.1"_s, listener.serverPort());
    QTRY_VERIFY(listener.socket.isEncrypted() && peer.isEncrypted());
    peer.setReadBufferSize(1);
    QSslSocket& socket = listener.socket;

    auto* const guard = new HttpGuard(&socket, bounds);
    QSignalSpy exceeded(guard, &HttpGuard::exceeded);
    // Far more than the kernel keeps for a peer that does not read.
    const QByteArray answer(4 * 1024 * 1024, 'x');
    connect(&socket, &QTcpSocket::readyRead, &socket, [&] {
        socket.readAll();
        socket.write(answer);
    });
    guard->followReader();
    for (int i = 0; i < 8 && exceeded.isEmpty(); ++i) {
        QSignalSpy read(&socket, &QTcpSocket::readyRead);
        peer.write("request");
        QVERIFY(read.wait(30'000));
        QCoreApplication::processEvents();
    }
    QCOMPARE(exceeded.size(), 1);
    QCOMPARE(exceeded[0][0].value<LimitHit>(), LimitHit::Unsent);
}

void TestHttpGuard::answersThatComeLaterAreSeen()
{
    HttpGuard guard(m_socket, {bounds.requestBytes, 1h, 64 * 1024});
    QSignalSpy exceeded(&guard, &HttpGuard::exceeded);
    m_peer->stopReading();
    m_socket->write(QByteArray(16 * 1024 * 1024, 'x')); // more than any kernel takes
    QVERIFY(guard.isOverfull());
    guard.noteAnswer();
    QVERIFY(exceeded.size() == 1 || exceeded.wait());
    QCOMPARE(exceeded[0][0].value<LimitHit>(), LimitHit::Unsent);
}

void TestHttpGuard::aLargeAnswerIsNotAskingOn()
{
    HttpGuard guard(m_socket, bounds);
    QSignalSpy exceeded(&guard, &HttpGuard::exceeded);
    m_peer->stopReading();
    connect(m_socket, &QTcpSocket::readyRead, m_socket, [this] {
        m_socket->readAll();
        m_socket->write(QByteArray(16 * 1024 * 1024, 'x'));
    });
    guard.followReader();
    QSignalSpy read(m_socket, &QTcpSocket::readyRead);
    m_peer->send("request");
    QVERIFY(read.wait(30'000));
    QCoreApplication::processEvents();
    QCOMPARE(exceeded.size(), 0);
    m_peer->send("another");
    QVERIFY(exceeded.wait(30'000));
    QCOMPARE(exceeded[0][0].value<LimitHit>(), LimitHit::Unsent);
}

VIGIE_TEST(TestHttpGuard)
#include "tst_httpguard.moc"
