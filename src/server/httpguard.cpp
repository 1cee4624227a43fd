// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/httpguard.h"

#include <QTcpSocket>

namespace vigie {

HttpGuard::HttpGuard(QTcpSocket* socket, std::chrono::milliseconds idleDeadline)
    : QObject(socket), m_socket(socket), m_idle(this)
{
    // Pipelined requests are answered as they are read, so that too much is seen after few of them.
    socket->setReadBufferSize(requestBytes);
    connect(socket, &QTcpSocket::readyRead, this, &HttpGuard::count);
    connect(socket, &QTcpSocket::bytesWritten, this, [this] {
        m_unanswered = 0;
        m_idle.start();
    });
    connect(&m_idle, &QTimer::timeout, socket, &QTcpSocket::abort);
    m_idle.setSingleShot(true);
    m_idle.start(idleDeadline);
}

void HttpGuard::count()
{
    m_unanswered += m_socket->bytesAvailable() - m_leftUnread;
    m_leftUnread = m_socket->bytesAvailable();
    // Once the reader has had its turn.
    QMetaObject::invokeMethod(this, [this] {
        m_leftUnread = m_socket->bytesAvailable();
        const qint64 unsent = m_socket->bytesToWrite();
        if ((m_unanswered >= requestBytes && unsent == 0) || unsent > unsentBytes)
            m_socket->abort();
    }, Qt::QueuedConnection);
}

} // namespace vigie
