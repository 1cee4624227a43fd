// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/httpguard.h"

#include <QSslSocket>
#include <QTcpSocket>
#include <algorithm>
#include <utility>

namespace vigie {

HttpGuard::HttpGuard(QTcpSocket* socket, Bounds bounds, MemoryBudget* memory)
    : QObject(socket), m_socket(socket), m_bounds(bounds), m_memory(memory), m_idle(this)
{
    if (memory)
        m_share.emplace(*memory, static_cast<MemoryBudget::Holder*>(this));
    // Pipelined requests are answered as they are read, so that too much is seen after few of them.
    socket->setReadBufferSize(bounds.requestBytes);
    connect(socket, &QTcpSocket::readyRead, this, &HttpGuard::count);
    // By TLS, bytesWritten() says no more than that they are encrypted.
    if (const auto* tls = qobject_cast<QSslSocket*>(socket))
        connect(tls, &QSslSocket::encryptedBytesWritten, this, &HttpGuard::noteTaken);
    else
        connect(socket, &QTcpSocket::bytesWritten, this, &HttpGuard::noteTaken);
    connect(&m_idle, &QTimer::timeout, this, [this] { exceed(LimitHit::IdleTime); });
    m_idle.setSingleShot(true);
    m_idle.start(bounds.idleDeadline);
}

qint64 HttpGuard::unsent() const
{
    const auto* tls = qobject_cast<const QSslSocket*>(m_socket);
    return m_socket->bytesToWrite() + (tls ? tls->encryptedBytesToWrite() : 0);
}

void HttpGuard::noteTaken()
{
    // What came behind an answer that is still being taken waits, perhaps for ever.
    if (unsent() == 0)
        m_unanswered = 0;
    weigh();
    m_idle.start();
}

void HttpGuard::weigh()
{
    if (m_share)
        m_share->add(unsent() - m_share->bytes());
}

void HttpGuard::sendAway()
{
    exceed(LimitHit::Memory);
    weigh();
}

void HttpGuard::lookAtUnsent()
{
    weigh();
    if (isOverfull())
        exceed(LimitHit::Unsent);
    else if (m_memory && m_memory->isTooMuchFor(unsent()))
        exceed(LimitHit::Memory);
}

void HttpGuard::followReader()
{
    connect(m_socket, &QTcpSocket::readyRead, this, [this] { m_leftUnread = m_socket->bytesAvailable(); });
}

void HttpGuard::count()
{
    m_unanswered += m_socket->bytesAvailable() - m_leftUnread;
    m_leftUnread = m_socket->bytesAvailable();
    // An answer may come at once, and be large: it counts against a peer only when that asks on.
    const bool asksOn = unsent() > std::min(MemoryBudget::unsentOfAsking, m_bounds.unsentBytes);
    // Once the reader has had its turn.
    QMetaObject::invokeMethod(this, [this, asksOn] {
        if (m_unanswered >= m_bounds.requestBytes)
            exceed(unsent() == 0 ? LimitHit::BodySize : LimitHit::Unsent);
        else if (asksOn)
            exceed(LimitHit::Unsent);
        else
            lookAtUnsent();
    }, Qt::QueuedConnection);
}

void HttpGuard::noteAnswer()
{
    // Not at once: whoever writes is not done with the connection.
    QMetaObject::invokeMethod(this, &HttpGuard::lookAtUnsent, Qt::QueuedConnection);
}

void HttpGuard::exceed(LimitHit hit)
{
    if (!std::exchange(m_isExceeded, true))
        Q_EMIT exceeded(hit);
}

} // namespace vigie
