// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/framewriter.h"

#include <sys/socket.h>

namespace vigie {

void FrameWriter::write(const QByteArray& frames)
{
    if (m_closed || !m_socket || m_socket->state() != QAbstractSocket::ConnectedState)
        return;
    qsizetype sent = 0;
    if (m_socket->bytesToWrite() == 0) {
        const ssize_t taken = ::send(static_cast<int>(m_socket->socketDescriptor()), frames.constData(),
                                     static_cast<std::size_t>(frames.size()), MSG_NOSIGNAL | MSG_DONTWAIT);
        // An error here is met again, and reported, by Qt's own write of the rest.
        sent = taken > 0 ? taken : 0;
    }
    if (sent == 0)
        m_socket->write(frames); // shares the bytes: no copy a viewer
    else if (sent < frames.size())
        m_socket->write(frames.constData() + sent, frames.size() - sent);
}

} // namespace vigie
