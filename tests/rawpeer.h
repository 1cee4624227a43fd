// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDeadlineTimer>
#include <QHostAddress>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpSocket>
#include <QTest>
#include <QtEndian>
#include <optional>

/// The client's end of a WebSocket at byte level (RFC 6455 §5). Does what the test says, even what a client must not do.
class RawPeer
{
public:
    enum Opcode { Continuation = 0, Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10 };

    struct Frame
    {
        int opcode = 0;
        QByteArray payload;
        /// The code of a close frame.
        int closeCode() const { return payload.size() < 2 ? 0 : qFromBigEndian<quint16>(payload.constData()); }
        QJsonObject message() const { return QJsonDocument::fromJson(payload).object(); }
    };

    explicit RawPeer(quint16 port)
    {
        QObject::connect(&socket, &QTcpSocket::readyRead, &socket, [this] {
            if (m_reads)
                m_bytes += socket.readAll();
        });
        socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
    }

    static QByteArray upgradeRequest(quint16 port, const QByteArray& moreFields = {})
    {
        return "GET / HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(port)
            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
              "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + moreFields + "\r\n";
    }

    /// A masked frame, as from a client. `flags`: FIN and the reserved bits.
    static QByteArray frame(int opcode, const QByteArray& payload, int flags = 0x80)
    {
        QByteArray bytes(1, static_cast<char>(flags | opcode));
        if (payload.size() < 126) {
            bytes.append(static_cast<char>(0x80 | payload.size()));
        } else if (payload.size() < 0x10000) {
            bytes.append(static_cast<char>(0x80 | 126)).resize(4);
            qToBigEndian(static_cast<quint16>(payload.size()), bytes.data() + 2);
        } else {
            bytes.append(static_cast<char>(0x80 | 127)).resize(10);
            qToBigEndian(static_cast<quint64>(payload.size()), bytes.data() + 2);
        }
        // A mask of zeros is valid and leaves the payload legible.
        return bytes.append(4, '\0') + payload;
    }

    void send(const QByteArray& bytes) { socket.write(bytes); }
    void sendText(const QByteArray& json) { send(frame(Text, json)); }

    /// Waits for the answer to the handshake and takes it.
    bool takeUpgrade()
    {
        const bool answered = QTest::qWaitFor([this] { return m_bytes.contains("\r\n\r\n"); }, patience);
        const bool agreed = answered && m_bytes.startsWith("HTTP/1.1 101 ");
        m_bytes.remove(0, m_bytes.indexOf("\r\n\r\n") + 4);
        return agreed;
    }

    /// The next frame; nothing if the connection ends first.
    std::optional<Frame> takeFrame()
    {
        std::optional<Frame> frame;
        const auto hasFrame = [&] { return (frame = parse()) || isClosed(); };
        return QTest::qWaitFor(hasFrame, patience) && !frame ? parse() : frame;
    }

    /// The next frame except metrics, which arrive every few seconds; nothing if none arrives.
    std::optional<Frame> takeControl()
    {
        const QDeadlineTimer deadline(patience);
        while (!deadline.hasExpired()) {
            const std::optional<Frame> frame = takeFrame();
            if (!frame || frame->opcode != Text || frame->message()[QLatin1String("type")] != QLatin1String("metrics"))
                return frame;
        }
        return std::nullopt;
    }

    /// The next message of this type, dropping those before it; empty if none arrives.
    QJsonObject take(const QString& type)
    {
        while (const std::optional<Frame> frame = takeFrame()) {
            if (frame->opcode == Text && frame->message()[QLatin1String("type")] == type)
                return frame->message();
        }
        return {};
    }

    /// The code of the next close frame, dropping frames before it; 0 if none arrives.
    int takeClose()
    {
        while (const std::optional<Frame> frame = takeFrame()) {
            if (frame->opcode == Close)
                return frame->closeCode();
        }
        return 0;
    }

    QByteArray readToEnd()
    {
        waitClosed();
        return std::exchange(m_bytes, {});
    }

    /// Received bytes that were not taken.
    const QByteArray& received() const { return m_bytes; }

    bool isClosed() const { return socket.state() == QAbstractSocket::UnconnectedState; }
    bool waitClosed()
    {
        return QTest::qWaitFor([this] { return isClosed(); }, patience);
    }

    /// Leaves incoming data in the kernel, with a small buffer, until startReading().
    void stopReading()
    {
        m_reads = false;
        socket.setReadBufferSize(1);
        socket.setSocketOption(QAbstractSocket::ReceiveBufferSizeSocketOption, 64 * 1024);
    }
    void startReading()
    {
        m_reads = true;
        socket.setReadBufferSize(0);
        m_bytes += socket.readAll();
    }

    QTcpSocket socket;

private:
    static constexpr int patience = 30'000;

    std::optional<Frame> parse()
    {
        if (m_bytes.size() < 2)
            return std::nullopt;
        quint64 length = static_cast<unsigned char>(m_bytes[1]);
        const qsizetype head = length < 126 ? 2 : length == 126 ? 4 : 10;
        if (m_bytes.size() < head)
            return std::nullopt;
        if (head == 4)
            length = qFromBigEndian<quint16>(m_bytes.constData() + 2);
        else if (head == 10)
            length = qFromBigEndian<quint64>(m_bytes.constData() + 2);
        if (static_cast<quint64>(m_bytes.size() - head) < length)
            return std::nullopt;
        const Frame frame{m_bytes[0] & 0x0f, m_bytes.mid(head, static_cast<qsizetype>(length))};
        m_bytes.remove(0, head + static_cast<qsizetype>(length));
        return frame;
    }

    QByteArray m_bytes;
    bool m_reads = true;
};
