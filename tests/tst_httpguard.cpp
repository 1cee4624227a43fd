// SPDX-License-Identifier: GPL-3.0-or-later
#include "rawpeer.h"
#include "server/httpguard.h"

#include <QPointer>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>
#include <memory>

using namespace vigie;
using namespace std::chrono_literals;

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
    QCOMPARE(exceeded[0][0].value<Excess>(), Excess::IdleTime);
}

void TestHttpGuard::answeredPeerStays()
{
    HttpGuard guard(m_socket, bounds);
    QSignalSpy exceeded(&guard, &HttpGuard::exceeded);
    connect(m_socket, &QTcpSocket::readyRead, m_socket, [this] { m_socket->write(m_socket->readAll()); });
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
    connect(m_socket, &QTcpSocket::readyRead, m_socket, [this] { m_socket->readAll(); });
    m_peer->send(QByteArray(bounds.requestBytes, 'x'));
    QVERIFY(exceeded.wait());
    QCOMPARE(exceeded[0][0].value<Excess>(), Excess::BodySize);
    m_peer->send(QByteArray(bounds.requestBytes, 'x'));
    QVERIFY(!exceeded.wait(50)); // once is enough
}

void TestHttpGuard::whatIsUnderWayStays()
{
    HttpGuard guard(m_socket, bounds);
    QSignalSpy exceeded(&guard, &HttpGuard::exceeded);
    qint64 come = 0;
    connect(m_socket, &QTcpSocket::readyRead, m_socket, [&] { come += m_socket->readAll().size(); });
    m_peer->send(QByteArray(bounds.requestBytes - 1, 'x'));
    QTRY_COMPARE(come, bounds.requestBytes - 1);
    m_socket->write("answer");
    QSignalSpy written(m_socket, &QTcpSocket::bytesWritten);
    QVERIFY(written.wait(30'000));
    m_peer->send(QByteArray(bounds.requestBytes - 1, 'x'));
    QTRY_COMPARE(come, 2 * (bounds.requestBytes - 1));
    QCOMPARE(exceeded.size(), 0);
}

QTEST_GUILESS_MAIN(TestHttpGuard)
#include "tst_httpguard.moc"
