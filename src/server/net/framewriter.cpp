// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/framewriter.h"

#include <QSslSocket>
#include <algorithm>
#include <sys/socket.h>
#include <utility>

namespace vigie {

FrameWriter::FrameWriter(QTcpSocket* socket, MemoryBudget::Share* share)
    : m_descriptor(static_cast<int>(socket->socketDescriptor())), m_canSendDirectly(!qobject_cast<QSslSocket*>(socket)),
      m_socket(socket), m_share(share)
{
    // The descriptor may be another connection's as soon as Qt has closed it, so this comes first of all.
    m_stateWatch = QObject::connect(socket, &QTcpSocket::stateChanged, socket, [this](QTcpSocket::SocketState state) {
        if (state != QTcpSocket::ConnectedState)
            close();
    });
    if (socket->state() != QTcpSocket::ConnectedState)
        close();
}

FrameWriter::~FrameWriter()
{
    QObject::disconnect(m_stateWatch);
}

void FrameWriter::close()
{
    m_descriptor = -1;
    m_isClear = false;
}

qint64 FrameWriter::heldByQt() const
{
    qint64 held = m_socket ? m_socket->bytesToWrite() : 0;
    if (const auto* tls = m_canSendDirectly ? nullptr : static_cast<const QSslSocket*>(m_socket.data()))
        held += tls->encryptedBytesToWrite();
    m_isClear = held == 0 && m_descriptor >= 0;
    if (m_share)
        m_share->add(held - std::exchange(m_counted, held));
    return held;
}

qsizetype FrameWriter::sendNow(const QByteArray& frames)
{
    if (!m_isClear || !m_canSendDirectly)
        return 0;
    const ssize_t taken = ::send(m_descriptor, frames.constData(), static_cast<std::size_t>(frames.size()),
                                 MSG_NOSIGNAL | MSG_DONTWAIT);
    // An error here is met again, and reported, by Qt's own write of the rest.
    return std::max<ssize_t>(taken, 0);
}

void FrameWriter::write(const QByteArray& frames)
{
    unsentBytes(); // Qt may have got rid of what it held
    m_written += frames.size();
    const qsizetype taken = sendNow(frames);
    if (taken == frames.size() || m_descriptor < 0)
        return;
    m_isClear = false;
    if (taken == 0)
        m_socket->write(frames); // shares the bytes: no copy a viewer
    else
        m_socket->write(frames.constData() + taken, frames.size() - taken);
    if (m_share)
        heldByQt();
}

} // namespace vigie
