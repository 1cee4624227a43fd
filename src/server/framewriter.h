// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QPointer>
#include <QTcpSocket>

namespace vigie {

/// Writes ready frames to the TCP socket beneath a QWebSocket: one send() while Qt holds nothing for it, the
/// rest to Qt's buffer. Qt writes to the same socket from the same thread and always whole frames, and so
/// do we: the two never interleave within a frame. The socket's thread.
class FrameWriter
{
public:
    explicit FrameWriter(QTcpSocket* socket) : m_socket(socket) {}

    /// Sends or queues one or more whole frames. After close() or the socket's end: does nothing.
    void write(const QByteArray& frames);

    /// Bytes accepted by write() that the kernel has not taken yet.
    qint64 unsentBytes() const { return m_socket ? m_socket->bytesToWrite() : 0; }

    /// Nothing may follow a close frame.
    void close() { m_closed = true; }

private:
    QPointer<QTcpSocket> m_socket;
    bool m_closed = false;
};

} // namespace vigie
