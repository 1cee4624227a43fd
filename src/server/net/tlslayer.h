// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QSslSocket>

namespace vigie {

class Connection;

/// The TLS of a Connection, by QSslSocket: it has the descriptor from here on, until all is said. The server's thread.
class TlsLayer : public QObject
{
public:
    TlsLayer(Connection& connection, int descriptor, const QSslConfiguration& configuration);
    ~TlsLayer() override;

    qint64 read(char* to, qint64 max) { return m_socket->read(to, max); }
    /// Calls Connection::readTls() from the event loop.
    void readLater();
    bool hasUnread() const { return m_socket->bytesAvailable() > 0; }
    void discard() { m_socket->skip(m_socket->bytesAvailable()); }
    void write(const QByteArray& bytes) { m_socket->write(bytes); }
    /// Plain or encrypted.
    qint64 unsent() const { return m_socket->bytesToWrite() + m_socket->encryptedBytesToWrite(); }
    /// How much may be decrypted ahead of read().
    void setReadAhead(qint64 bytes) { m_socket->setReadBufferSize(bytes); }
    /// Sends what waits and close_notify, then gives the descriptor back by Connection::noteTlsEnd().
    void finish();

private:
    Connection& m_connection;
    QSslSocket* m_socket; // may be within a signal of its own when this is destroyed
    int m_spare = -1; // of the same connection: what Qt closes is open still
};

} // namespace vigie
