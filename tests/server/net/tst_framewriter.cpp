// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/frame.h"
#include "server/net/framewriter.h"
#include "testmain.h"

#include <QRandomGenerator>
#include <QScopeGuard>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QWebSocket>
#include <QWebSocketServer>
#include <QtEndian>
#include <atomic>
#include <memory>
#include <thread>

using namespace vigie;
using namespace Qt::StringLiterals;

namespace {

/// Reads what a server writes, byte by byte as it comes, and checks every frame against RFC 6455 §5.
class FrameChecker
{
public:
    void feed(const QByteArray& bytes)
    {
        m_bytes.append(bytes);
        qsizetype place = 0;
        while (problem.isEmpty()) {
            const qsizetype taken = takeFrame(place);
            if (taken == 0)
                break;
            place += taken;
        }
        m_bytes.remove(0, place);
    }

    QString problem;
    int ownFrames = 0; ///< "own <n>", numbered without a gap
    int qtMessages = 0; ///< "qt <n> xxxx…", numbered without a gap, whole
    int pongs = 0;
    int fragments = 0;

private:
    qsizetype takeFrame(qsizetype at)
    {
        const qsizetype size = m_bytes.size() - at;
        if (size < 2)
            return 0;
        const auto byte = [&](qsizetype i) { return static_cast<unsigned char>(m_bytes[at + i]); };
        const int opcode = byte(0) & 0x0f;
        const bool isFinal = byte(0) & 0x80;
        if ((byte(0) & 0x70) || (byte(1) & 0x80)) {
            problem = u"a reserved bit or a mask is set"_s;
            return 0;
        }
        quint64 length = byte(1) & 0x7f;
        qsizetype head = 2;
        if (length >= 126) {
            head = length == 126 ? 4 : 10;
            if (size < head)
                return 0;
            const char* raw = m_bytes.constData() + at + 2;
            length = head == 4 ? qFromBigEndian<quint16>(raw) : qFromBigEndian<quint64>(raw);
            if (length < (head == 4 ? 126u : 65536u)) {
                problem = u"a length is not written in its shortest form"_s;
                return 0;
            }
        }
        if (length > 64 * 1024 * 1024) {
            problem = u"a frame of %1 bytes: the stream is out of step"_s.arg(length);
            return 0;
        }
        if (size < head + qsizetype(length))
            return 0;
        takePayload(opcode, isFinal, m_bytes.mid(at + head, qsizetype(length)));
        return head + qsizetype(length);
    }

    void takePayload(int opcode, bool isFinal, const QByteArray& payload)
    {
        if (opcode == 10) {
            ++pongs;
        } else if (opcode == 1 && isFinal && payload.startsWith("own ")) {
            // Ours may not stand inside a message of Qt's either.
            if (m_inMessage)
                problem = u"a frame of ours is inside a fragmented message"_s;
            else if (payload != "own " + QByteArray::number(ownFrames++))
                problem = u"own frame %1 is not in order"_s.arg(ownFrames - 1);
        } else if (opcode == 1 || opcode == 0) {
            if ((opcode == 0) != m_inMessage)
                problem = u"a continuation without a start, or a start within a message"_s;
            fragments += !isFinal;
            m_inMessage = !isFinal;
            m_message += payload;
            if (isFinal)
                takeMessage(std::exchange(m_message, {}));
        } else {
            problem = u"unexpected opcode %1"_s.arg(opcode);
        }
    }

    void takeMessage(const QByteArray& message)
    {
        const QByteArray start = "qt " + QByteArray::number(qtMessages++) + ' ';
        if (!message.startsWith(start) || message.count('x') != message.size() - start.size())
            problem = u"message %1 of Qt's is not whole"_s.arg(qtMessages - 1);
    }

    QByteArray m_bytes;
    QByteArray m_message;
    bool m_inMessage = false;
};

} // namespace

class TestFrameWriter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void checkerFindsAFrameWithinAMessage();
    void mixesWithQtsOwnFrames();
    void writesNothingAfterClose();
};

void TestFrameWriter::checkerFindsAFrameWithinAMessage()
{
    FrameChecker checker;
    checker.feed(QByteArray("\x01\x05qt 0 ", 7) + textFrame("own 0"));
    QVERIFY(!checker.problem.isEmpty());
}

/// A million of our frames among Qt's own (messages it splits, pongs), to a client that reads in fits and
/// starts so that the kernel takes only parts: every frame at the other end must be whole and in its order.
void TestFrameWriter::mixesWithQtsOwnFrames()
{
    constexpr int wanted = 1'000'000;
    QWebSocketServer handshakes(u"test"_s, QWebSocketServer::NonSecureMode);
    QTcpServer listener;
    QVERIFY(listener.listen(QHostAddress::LocalHost));

    // The client is raw, on a thread of its own: it sends pings and checks what comes.
    FrameChecker checker;
    const quint16 port = listener.serverPort();
    std::atomic<bool> clientIsDone = false;
    // Not a QThread: the thread sanitizer sees the end of a std::thread.
    std::jthread client([&checker, &clientIsDone, port] {
        const auto done = qScopeGuard([&clientIsDone] { clientIsDone = true; });
        QTcpSocket socket;
        socket.setReadBufferSize(64 * 1024);
        socket.connectToHost(QHostAddress::LocalHost, port);
        if (!socket.waitForConnected())
            return;
        socket.write("GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                     "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        QByteArray head;
        while (!head.contains("\r\n\r\n") && socket.waitForReadyRead())
            head += socket.readAll();
        checker.feed(head.mid(head.indexOf("\r\n\r\n") + 4));
        int reads = 0;
        while (checker.problem.isEmpty() && checker.ownFrames < wanted && socket.waitForReadyRead()) {
            checker.feed(socket.readAll());
            if (++reads % 50 == 0)
                socket.write(QByteArray("\x89\x84\0\0\0\0ping", 10));
        }
        socket.disconnectFromHost();
    });

    QVERIFY(listener.waitForNewConnection(5000));
    QTcpSocket* tcpSocket = listener.nextPendingConnection();
    handshakes.handleConnection(tcpSocket);
    QTRY_VERIFY(handshakes.hasPendingConnections());
    const std::unique_ptr<QWebSocket> webSocket(handshakes.nextPendingConnection());
    FrameWriter writer(tcpSocket);
    connect(tcpSocket, &QTcpSocket::readyRead, this, [&writer] { writer.expectQtToWrite(); });

    QRandomGenerator random(7);
    int own = 0;
    int qtMessages = 0;
    while (own < wanted && webSocket->state() == QAbstractSocket::ConnectedState) {
        for (int i = random.bounded(1, 2000); i > 0 && own < wanted; --i)
            writer.write(textFrame("own " + QByteArray::number(own++)));
        // Above 512 KiB Qt splits a message into frames.
        const int size = random.bounded(10) == 0 ? 1'500'000 : random.bounded(2000);
        webSocket->sendTextMessage(u"qt %1 "_s.arg(qtMessages++) + QString(size, u'x'));
        writer.expectQtToWrite();
        // Reads the pings, whose answers Qt writes by itself, and lets the kernel take what it can.
        do {
            QCoreApplication::processEvents();
        } while (tcpSocket->bytesToWrite() > 8 * 1024 * 1024 && webSocket->isValid());
    }
    QTRY_VERIFY_WITH_TIMEOUT(clientIsDone, 60'000);
    client.join();
    QCOMPARE(checker.problem, QString());
    QCOMPARE(checker.ownFrames, wanted);
    QVERIFY(checker.qtMessages > 100);
    QVERIFY(checker.fragments > 10);
    QVERIFY(checker.pongs > 0);
}

void TestFrameWriter::writesNothingAfterClose()
{
    QTcpServer listener;
    QVERIFY(listener.listen(QHostAddress::LocalHost));
    QTcpSocket client;
    client.connectToHost(QHostAddress::LocalHost, listener.serverPort());
    QVERIFY(listener.waitForNewConnection(5000));
    QTcpSocket* socket = listener.nextPendingConnection();
    FrameWriter writer(socket);
    writer.write(textFrame("before"));
    writer.close();
    writer.write(textFrame("after"));
    socket->disconnectFromHost();
    QTRY_COMPARE(client.state(), QAbstractSocket::UnconnectedState);
    QCOMPARE(client.readAll(), textFrame("before"));
}

VIGIE_TEST(TestFrameWriter)
#include "tst_framewriter.moc"
