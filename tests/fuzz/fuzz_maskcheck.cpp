// SPDX-License-Identifier: GPL-3.0-or-later
// Frames of a WebSocket client, in pieces, as Qt reads them and MaskCheck inspects them, compared with a plain parser of RFC 6455
// §5.2. The first byte sets the size of the pieces; the rest follows the request's head.
#include "server/net/maskcheck.h"

#include <QCoreApplication>
#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QWebSocket>
#include <QWebSocketServer>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <sys/ioctl.h>

using namespace vigie;

namespace {

const QByteArray head = "GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
constexpr quint64 maxFrameBytes = 1 << 20;

void require(bool isSo, int line = __builtin_LINE())
{
    if (isSo)
        return;
    std::fprintf(stderr, "line %d does not hold (errno %d)\n", line, errno);
    std::abort();
}

struct Reading
{
    bool hasUnmasked = false; ///< a frame, whose first two bytes are there
    bool isBroken = false;    ///< a head that no frame may have
    bool hasControl = false;  ///< before either
    qsizetype place = 0;      ///< where it begins
};

/// Up to the first frame that is one of these.
Reading readFrames(QByteArrayView bytes)
{
    Reading reading;
    const auto byte = [&bytes](qsizetype place) { return quint64(static_cast<unsigned char>(bytes[place])); };
    while (bytes.size() >= 2) {
        const quint64 opcode = byte(0) & 0x0f;
        const bool isControl = opcode & 8;
        const bool isLast = byte(0) & 0x80;
        quint64 length = byte(1) & 0x7f;
        const qsizetype lengthBytes = length == 126 ? 2 : length == 127 ? 8 : 0;
        reading.isBroken =
            byte(0) & 0x70 || (opcode > 2 && opcode < 8) || opcode > 10 || (isControl && (lengthBytes > 0 || !isLast));
        reading.hasUnmasked = !(byte(1) & 0x80);
        if (reading.isBroken || reading.hasUnmasked)
            return reading;
        reading.hasControl = reading.hasControl || isControl;
        if (bytes.size() < 2 + lengthBytes + 4)
            return reading;
        for (qsizetype i = 0; i < lengthBytes; ++i)
            length = (i == 0 ? 0 : length << 8) | byte(2 + i);
        const qsizetype start = 2 + lengthBytes + 4;
        if (length > maxFrameBytes || quint64(bytes.size() - start) < length)
            return reading;
        bytes = bytes.sliced(start + qsizetype(length));
        reading.place += start + qsizetype(length);
    }
    return reading;
}

/// What the server does with a connection, without its sessions.
class Server
{
public:
    Server() : m_handshakes(QString(), QWebSocketServer::NonSecureMode)
    {
        require(m_port.listen(QHostAddress::LocalHost));
        QObject::connect(&m_handshakes, &QWebSocketServer::newConnection, [this] {
            m_webSocket.reset(m_handshakes.nextPendingConnection());
            m_webSocket->setMaxAllowedIncomingFrameSize(maxFrameBytes);
            m_webSocket->setMaxAllowedIncomingMessageSize(maxFrameBytes);
            QObject::connect(m_webSocket.get(), &QWebSocket::textFrameReceived, m_check, &MaskCheck::noteFrameEnd);
            QObject::connect(m_webSocket.get(), &QWebSocket::binaryFrameReceived, m_check, &MaskCheck::noteFrameEnd);
        });
    }

    /// `isHasty`: the first piece comes with the request's head.
    void run(const QByteArray& frames, bool isHasty, qsizetype pieceBytes)
    {
        QTcpSocket client;
        client.connectToHost(QHostAddress::LocalHost, m_port.serverPort());
        require(m_port.waitForNewConnection(20'000) && client.waitForConnected(20'000));
        client.setSocketOption(QAbstractSocket::LowDelayOption, 1);
        QTcpSocket* const socket = m_port.nextPendingConnection();
        // The head in one piece, as the Listener waits for it.
        const QByteArray bytes = head + frames;
        qsizetype sent = std::min(bytes.size(), head.size() + (isHasty ? pieceBytes : 0));
        const auto send = [&client](const QByteArray& piece) {
            client.write(piece);
            while (client.bytesToWrite() > 0)
                client.waitForBytesWritten(20'000);
        };
        send(bytes.left(sent));
        while (socket->bytesAvailable() < sent)
            require(socket->waitForReadyRead(20'000));
        m_check = new MaskCheck(socket);
        m_unmasked = m_check->isUnmasked() ? 1 : 0;
        // Nobody has read of such a frame before it is told of. What came with the head but the first frame Qt reads before
        // there is anybody to hear of it, and throws away.
        const Reading reading = readFrames(frames);
        const auto checkUnread = [&] {
            if (reading.hasUnmasked && !reading.hasControl && (!isHasty || reading.place == 0))
                require(sent - left(*socket) <= head.size() + reading.place);
        };
        checkUnread();
        QObject::connect(m_check, &MaskCheck::unmasked, m_check, [&] {
            ++m_unmasked;
            checkUnread();
        });
        m_handshakes.handleConnection(socket);
        Q_EMIT socket->readyRead();
        for (int turn = 0; turn < 100 && !m_webSocket && m_check; ++turn)
            QCoreApplication::processEvents();
        while (sent < bytes.size() && m_unmasked == 0 && m_webSocket && m_webSocket->isValid()) {
            const QByteArray piece = bytes.mid(sent, pieceBytes);
            sent += piece.size();
            send(piece);
            // Loopback, without delay: what was written is there.
            QCoreApplication::processEvents();
        }
        QCoreApplication::processEvents();
        require(m_unmasked <= 1 && (!m_check || m_check->isUnmasked() == (m_unmasked == 1)));
        if (m_unmasked == 1)
            require(reading.hasUnmasked || reading.isBroken);
        else if (m_check)
            checkUnread();
        m_webSocket.reset();
        client.abort();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QCoreApplication::processEvents();
    }

private:
    /// What of all that was sent nobody has read: on loopback it is here at once.
    static qsizetype left(const QTcpSocket& socket)
    {
        int inKernel = 0;
        require(ioctl(int(socket.socketDescriptor()), FIONREAD, &inKernel) == 0);
        return socket.bytesAvailable() + inKernel;
    }

    QTcpServer m_port;
    QWebSocketServer m_handshakes;
    std::unique_ptr<QWebSocket> m_webSocket;
    QPointer<MaskCheck> m_check; // goes with its socket
    int m_unmasked = 0;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static int argc = 1;
    static char name[] = "fuzz_maskcheck";
    static char* argv[] = {name, nullptr};
    static QCoreApplication app(argc, argv);
    static Server server;
    if (size == 0)
        return 0;
    const int how = data[0];
    server.run(QByteArray(reinterpret_cast<const char*>(data + 1), qsizetype(size - 1)), how & 1,
               how < 128 ? 1 + how / 2 : 4'000);
    return 0;
}
