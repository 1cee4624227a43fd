// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSslSocket>
#include <QTcpSocket>
#include <QTimer>
#include <chrono>
#include <sys/socket.h>
#include <type_traits>

namespace vigie {

/// What can take its leave. Closing a socket while bytes of its peer are still unread resets the connection, and
/// the peer may never see what was last said to it. With lingerOnClose(), close() sends what waits, says that no more
/// comes, and throws away what the peer still says until it hangs up, two seconds
/// have passed or close() is called again.
class Lingers
{
public:
    virtual ~Lingers() = default;
    virtual void lingerOnClose() = 0;
};

/// `Socket`: QTcpSocket or QSslSocket.
template <typename Socket>
class Lingering : public Socket, public Lingers
{
public:
    using Socket::Socket;

    void lingerOnClose() override { m_lingers = true; }

    void close() override
    {
        // Whoever calls again has no more patience. abort() comes by here as well, and by then has taken away what is
        // needed to write: a socket that lived on would crash with the next write. One of TLS is unconnected by then.
        const bool isAborted = !isTls && this->writeChannelCount() == 0;
        if (!m_lingers || m_isClosing || isAborted || this->state() != QAbstractSocket::ConnectedState)
            return Socket::close();
        m_isClosing = true;
        // Nobody else is to take what comes for messages.
        QObject::disconnect(this, &QTcpSocket::readyRead, nullptr, nullptr);
        const auto discard = [this] { this->skip(this->bytesAvailable()); };
        QObject::connect(this, &QTcpSocket::readyRead, this, discard);
        // With bytesWritten() of TLS what was encrypted is still on its way to the plain socket.
        if constexpr (isTls)
            QObject::connect(this, &QSslSocket::encryptedBytesWritten, this, [this] { endSending(); });
        else
            QObject::connect(this, &QTcpSocket::bytesWritten, this, [this] { endSending(); });
        discard();
        endSending();
        QTimer::singleShot(std::chrono::seconds(2), this, &QTcpSocket::abort);
    }

private:
    static constexpr bool isTls = std::is_base_of_v<QSslSocket, Socket>;

    void endSending()
    {
        qint64 unsent = this->bytesToWrite();
        if constexpr (isTls)
            unsent += this->encryptedBytesToWrite();
        if (unsent == 0)
            ::shutdown(static_cast<int>(this->socketDescriptor()), SHUT_WR);
    }

    bool m_lingers = false;
    bool m_isClosing = false;
};

} // namespace vigie
