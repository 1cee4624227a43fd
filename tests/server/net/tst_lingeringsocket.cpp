// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/lingeringsocket.h"
#include "testmain.h"

#include <QTcpServer>
#include <QTest>
#include <utility>

using namespace vigie;

namespace {

/// Hands out what connects as it is.
class Server : public QTcpServer
{
public:
    qintptr take() { return std::exchange(m_descriptor, -1); }

protected:
    void incomingConnection(qintptr descriptor) override { m_descriptor = descriptor; }

private:
    qintptr m_descriptor = -1;
};

} // namespace

class TestLingeringSocket : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void closeSaysWhatWaitsAndEndsWithThePeer();
    void abortEndsAtOnce();
    void writingAfterAResetIsRefused();

private:
    Server m_server;
    QTcpSocket m_peer;
    std::unique_ptr<Lingering<QTcpSocket>> m_socket;
};

void TestLingeringSocket::init()
{
    m_peer.abort();
    QVERIFY(m_server.isListening() || m_server.listen(QHostAddress::LocalHost));
    m_peer.connectToHost(QHostAddress::LocalHost, m_server.serverPort());
    (void)m_server.waitForNewConnection(5'000); // it says no, as we keep none waiting
    m_socket = std::make_unique<Lingering<QTcpSocket>>();
    QVERIFY(m_socket->setSocketDescriptor(m_server.take()));
    QVERIFY(m_peer.waitForConnected(5'000));
    m_socket->lingerOnClose();
}

void TestLingeringSocket::closeSaysWhatWaitsAndEndsWithThePeer()
{
    m_socket->write("goodbye");
    m_socket->close();
    QTRY_COMPARE(m_peer.bytesAvailable(), 7);
    QTRY_COMPARE(m_socket->state(), QAbstractSocket::UnconnectedState);
}

void TestLingeringSocket::abortEndsAtOnce()
{
    m_socket->abort();
    QCOMPARE(m_socket->state(), QAbstractSocket::UnconnectedState);
}

void TestLingeringSocket::writingAfterAResetIsRefused()
{
    // Qt aborts a socket by itself when reading from it fails; somebody may have an answer for it still.
    const linger hard{1, 0};
    setsockopt(int(m_peer.socketDescriptor()), SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    QObject::connect(m_socket.get(), &QTcpSocket::readyRead, m_socket.get(), [this] { m_socket->readAll(); });
    m_peer.abort();
    QTRY_COMPARE(m_socket->state(), QAbstractSocket::UnconnectedState);
    QCOMPARE(m_socket->write("answer"), -1);
}

VIGIE_TEST(TestLingeringSocket)
#include "tst_lingeringsocket.moc"
