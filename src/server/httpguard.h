// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>
#include <chrono>

class QTcpSocket;

namespace vigie {

/// Watches one plain HTTP connection, as Qt's HTTP server bounds neither what it reads of a request, nor the
/// answers it keeps for a peer that does not read, nor the time a connection may idle. Cuts the connection that
/// goes beyond. The server's thread.
class HttpGuard : public QObject
{
    Q_OBJECT

public:
    static constexpr qint64 requestBytes = 16 * 1024; ///< of what has not been answered yet
    static constexpr qint64 unsentBytes = 1024 * 1024;

    /// Becomes a child of `socket`. Make it before whoever reads from the socket connects to readyRead().
    /// `idleDeadline`: how long the peer may go without taking any of an answer.
    explicit HttpGuard(QTcpSocket* socket, std::chrono::milliseconds idleDeadline = std::chrono::seconds(30));

private:
    void count();

    QTcpSocket* m_socket;
    QTimer m_idle;
    qint64 m_unanswered = 0; // bytes that came since the last that went
    qint64 m_leftUnread = 0; // of these, when the reader last had its turn
};

} // namespace vigie
