// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/httpguard.h"

#include <QTcpSocket>
#include <utility>

namespace vigie {

HttpGuard::HttpGuard(QTcpSocket* socket, Bounds bounds) : QObject(socket), m_socket(socket), m_bounds(bounds), m_idle(this)
{
    // Pipelined requests are answered as they are read, so that too much is seen after few of them.
    socket->setReadBufferSize(bounds.requestBytes);
    connect(socket, &QTcpSocket::readyRead, this, &HttpGuard::count);
    connect(socket, &QTcpSocket::bytesWritten, this, [this] {
        m_unanswered = 0;
        m_idle.start();
    });
    connect(&m_idle, &QTimer::timeout, this, [this] { exceed(Excess::IdleTime); });
    m_idle.setSingleShot(true);
    m_idle.start(bounds.idleDeadline);
}

void HttpGuard::count()
{
    m_unanswered += m_socket->bytesAvailable() - m_leftUnread;
    m_leftUnread = m_socket->bytesAvailable();
    // Once the reader has had its turn.
    QMetaObject::invokeMethod(this, [this] {
        m_leftUnread = m_socket->bytesAvailable();
        const qint64 unsent = m_socket->bytesToWrite();
        if (m_unanswered >= m_bounds.requestBytes && unsent == 0)
            exceed(Excess::BodySize);
        else if (unsent > unsentBytes)
            exceed(Excess::Unsent);
    }, Qt::QueuedConnection);
}

void HttpGuard::exceed(Excess excess)
{
    if (!std::exchange(m_isExceeded, true))
        Q_EMIT exceeded(excess);
}

} // namespace vigie
