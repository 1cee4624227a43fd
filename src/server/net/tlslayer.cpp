// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/tlslayer.h"

#include "server/net/connection.h"

#include <QSslConfiguration>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace vigie {

TlsLayer::TlsLayer(Connection& connection, int descriptor, const QSslConfiguration& configuration)
    : m_connection(connection), m_socket(new QSslSocket)
{
    m_socket->setSocketDescriptor(descriptor);
    m_socket->setSslConfiguration(configuration);
    connect(m_socket, &QSslSocket::encrypted, this, [this] { m_connection.noteEncrypted(); });
    connect(m_socket, &QSslSocket::readyRead, this, [this] { m_connection.readTls(); });
    // bytesWritten() says no more than that they are encrypted.
    connect(m_socket, &QSslSocket::encryptedBytesWritten, this, [this] { m_connection.noteTlsWritten(); });
    connect(m_socket, &QSslSocket::disconnected, this, [this] { m_connection.noteTlsEnd(std::exchange(m_spare, -1)); });
    m_socket->startServerEncryption();
}

TlsLayer::~TlsLayer()
{
    m_socket->disconnect(this);
    m_socket->abort();
    m_socket->deleteLater();
    if (m_spare >= 0)
        ::close(m_spare);
}

void TlsLayer::readLater()
{
    QMetaObject::invokeMethod(this, [this] { m_connection.readTls(); }, Qt::QueuedConnection);
}

void TlsLayer::finish()
{
    // Qt closes its descriptor once close_notify is out, and with something of the peer's unread that would reset the
    // connection.
    m_spare = fcntl(int(m_socket->socketDescriptor()), F_DUPFD_CLOEXEC, 0);
    m_socket->disconnectFromHost();
}

} // namespace vigie
