// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/lingeringsocket.h"

#include <QTimer>
#include <chrono>
#include <sys/socket.h>

namespace vigie {

namespace {

constexpr std::chrono::seconds deadline{2};

} // namespace

void LingeringSocket::close()
{
    // abort() comes by here as well: whoever calls again has no more patience.
    if (!m_lingers || m_isClosing || state() != ConnectedState)
        return QTcpSocket::close();
    m_isClosing = true;
    // Nobody else is to take what comes for messages.
    disconnect(this, &QTcpSocket::readyRead, nullptr, nullptr);
    const auto discard = [this] { skip(bytesAvailable()); };
    connect(this, &QTcpSocket::readyRead, this, discard);
    connect(this, &QTcpSocket::bytesWritten, this, &LingeringSocket::endSending);
    discard();
    endSending();
    QTimer::singleShot(deadline, this, &QTcpSocket::abort);
}

void LingeringSocket::endSending()
{
    if (bytesToWrite() == 0)
        ::shutdown(static_cast<int>(socketDescriptor()), SHUT_WR);
}

} // namespace vigie
