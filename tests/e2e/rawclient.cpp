// SPDX-License-Identifier: GPL-3.0-or-later
#include "harness.h"

#include <QDeadlineTimer>
#include <QJsonDocument>
#include <QSslSocket>
#include <QtEndian>
#include <sys/socket.h>

using namespace Qt::StringLiterals;

namespace vigie::e2e {

int RawClient::Frame::closeCode() const
{
    return opcode == 8 && payload.size() >= 2 ? qFromBigEndian<quint16>(payload.constData()) : 0;
}

void RawClient::listenTo(const VigieProcess& vigie)
{
    m_port = vigie.port();
    connect(m_socket.get(), &QTcpSocket::readyRead, this, [this] {
        if (!m_paused)
            m_buffer += m_socket->readAll();
    });
}

bool RawClient::connectTo(const VigieProcess& vigie, int receiveBufferBytes)
{
    listenTo(vigie);
    if (receiveBufferBytes > 0) {
        // Before connecting: the window is told to the peer with the first packet.
        if (!m_socket->bind(QHostAddress::LocalHost))
            return false;
        m_socket->setSocketOption(QAbstractSocket::ReceiveBufferSizeSocketOption, receiveBufferBytes);
    }
    m_socket->connectToHost(QHostAddress::LocalHost, vigie.port());
    return waitUntil([this] { return m_socket->state() == QAbstractSocket::ConnectedState; });
}

bool RawClient::connectByTls(const VigieProcess& vigie)
{
    auto* const tls = new QSslSocket;
    m_socket.reset(tls);
    tls->setPeerVerifyMode(QSslSocket::VerifyNone); // a certificate that Vigie made for itself is one that nobody knows
    listenTo(vigie);
    tls->connectToHostEncrypted(u"127.0.0.1"_s, vigie.port());
    return waitUntil([tls] { return tls->isEncrypted() || tls->state() == QAbstractSocket::UnconnectedState; })
        && tls->isEncrypted();
}

void RawClient::write(const QByteArray& bytes)
{
    m_socket->write(bytes);
    m_socket->flush();
}

QByteArray RawClient::upgradeHead(const QByteArray& host, const QByteArray& extra, const QByteArray& query)
{
    return "GET /" + query + " HTTP/1.1\r\nHost: " + host
        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
          "Sec-WebSocket-Version: 13\r\n" + extra + "\r\n";
}

bool RawClient::handshake(const QByteArray& query)
{
    write(upgradeHead("127.0.0.1:" + QByteArray::number(m_port), {}, query));
    if (!waitForText("\r\n\r\n") || !m_buffer.startsWith("HTTP/1.1 101 "))
        return false;
    m_buffer.remove(0, m_buffer.indexOf("\r\n\r\n") + 4);
    return true;
}

QByteArray RawClient::frame(int firstByte, const QByteArray& payload)
{
    QByteArray bytes(1, char(firstByte));
    if (payload.size() < 126) {
        bytes.append(char(0x80 | payload.size()));
    } else if (payload.size() < 0x10000) {
        bytes.append(char(0x80 | 126)).resize(4);
        qToBigEndian(quint16(payload.size()), bytes.data() + 2);
    } else {
        bytes.append(char(0x80 | 127)).resize(10);
        qToBigEndian(quint64(payload.size()), bytes.data() + 2);
    }
    const char mask[] = {0x11, 0x22, 0x33, 0x44};
    bytes.append(mask, 4);
    for (qsizetype i = 0; i < payload.size(); ++i)
        bytes.append(char(payload[i] ^ mask[i % 4]));
    return bytes;
}

void RawClient::sendFrame(const QByteArray& payload, int opcode, bool isFinal)
{
    write(frame((isFinal ? 0x80 : 0) | opcode, payload));
}

bool RawClient::signIn(const QByteArray& appId, const QByteArray& userId)
{
    sendFrame(R"({"type":"auth","data":{"appId":")" + appId + R"(","userId":")" + userId + R"("}})");
    return !nextMessage(u"auth_success"_s).isEmpty();
}

void RawClient::pauseReading()
{
    m_paused = true;
    m_socket->setReadBufferSize(1);
}

void RawClient::resumeReading()
{
    m_paused = false;
    m_socket->setReadBufferSize(0);
    m_buffer += m_socket->readAll();
}

int RawClient::readByte()
{
    const QByteArray byte = m_socket->read(1);
    m_buffer += byte;
    return static_cast<int>(byte.size());
}

std::optional<RawClient::Frame> RawClient::parseFrame()
{
    if (m_buffer.size() < 2)
        return std::nullopt;
    qsizetype head = 2;
    quint64 length = uchar(m_buffer[1]) & 0x7f;
    if (length == 126)
        head = 4;
    else if (length == 127)
        head = 10;
    if (m_buffer.size() < head)
        return std::nullopt;
    if (length == 126)
        length = qFromBigEndian<quint16>(m_buffer.constData() + 2);
    else if (length == 127)
        length = qFromBigEndian<quint64>(m_buffer.constData() + 2);
    if (quint64(m_buffer.size() - head) < length)
        return std::nullopt;
    Frame frame{uchar(m_buffer[0]) & 0x0f, m_buffer.mid(head, qsizetype(length))};
    m_buffer.remove(0, head + qsizetype(length));
    return frame;
}

std::optional<RawClient::Frame> RawClient::nextFrame(int timeoutMs)
{
    std::optional<Frame> frame;
    waitUntil([&] {
        frame = parseFrame();
        return frame || m_socket->state() == QAbstractSocket::UnconnectedState;
    }, timeoutMs);
    return frame ? frame : parseFrame();
}

QJsonObject RawClient::nextMessage(const QString& type)
{
    while (const std::optional<Frame> frame = nextFrame()) {
        const QJsonObject message = QJsonDocument::fromJson(frame->payload).object();
        if (message["type"_L1] == type)
            return message;
    }
    return {};
}

int RawClient::waitForCloseCode(int timeoutMs)
{
    const QDeadlineTimer deadline(timeoutMs); // other frames may come for ever
    while (const std::optional<Frame> frame = nextFrame(int(deadline.remainingTime()))) {
        if (frame->opcode == 8)
            return frame->closeCode();
    }
    return 0;
}

bool RawClient::waitForEnd(int timeoutMs)
{
    return waitUntil([this] { return m_socket->state() == QAbstractSocket::UnconnectedState; }, timeoutMs);
}

QByteArray RawClient::readToEnd(int timeoutMs)
{
    waitForEnd(timeoutMs);
    m_buffer += m_socket->readAll();
    return std::exchange(m_buffer, {});
}

bool RawClient::waitForText(const QByteArray& text, int timeoutMs)
{
    return waitUntil([&] { return m_buffer.contains(text); }, timeoutMs);
}

qint64 RawClient::unsentBytes() const
{
    const auto* tls = qobject_cast<const QSslSocket*>(m_socket.get());
    return m_socket->bytesToWrite() + (tls ? tls->encryptedBytesToWrite() : 0);
}

void RawClient::reset()
{
    const linger atOnce{1, 0};
    setsockopt(int(m_socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
    m_socket->abort();
}

} // namespace vigie::e2e
