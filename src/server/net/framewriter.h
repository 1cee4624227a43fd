// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/net/memorybudget.h"

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
    /// `share` is told of what Qt holds, as often as it is looked at; null: nobody is.
    explicit FrameWriter(QTcpSocket* socket, MemoryBudget::Share* share = nullptr);
    ~FrameWriter();
    FrameWriter(const FrameWriter&) = delete;
    FrameWriter& operator=(const FrameWriter&) = delete;

    /// Sends or queues one or more whole frames. After close() or the connection's end: does nothing.
    void write(const QByteArray& frames);

    /// Bytes accepted by write() that the kernel has not taken yet.
    qint64 unsentBytes() const { return m_isClear ? 0 : heldByQt(); }

    /// Of all frames so far.
    qint64 writtenBytes() const { return m_written; }

    /// Qt may have written by itself (a pong, a ping): look before the next direct send.
    void expectQtToWrite() { m_isClear = false; }

    /// Nothing may follow a close frame.
    void close();
    /// False: what is written goes nowhere.
    bool isOpen() const { return m_descriptor >= 0; }

private:
    /// How much of it the kernel takes at once, without Qt.
    qsizetype sendNow(const QByteArray& frames);
    qint64 heldByQt() const;

    // What each frame needs, together in memory: with thousands of viewers, reaching into Qt's objects for it
    // costs a cache miss each.
    int m_descriptor;
    bool m_canSendDirectly; // a plain, open TCP connection
    mutable bool m_isClear = false; // Qt is known to hold nothing
    qint64 m_written = 0;
    QPointer<QTcpSocket> m_socket;
    QMetaObject::Connection m_stateWatch;
    MemoryBudget::Share* m_share;
    mutable qint64 m_counted = 0; // of what Qt holds, in m_share
};

} // namespace vigie
