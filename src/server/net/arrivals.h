// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTcpSocket>
#include <algorithm>
#include <utility>

namespace vigie {

/// Counts the bytes that come by a socket, whoever reads them: what Qt deals with by itself or never tells of, too. The socket's
/// thread.
class Arrivals : public QObject
{
    Q_OBJECT

public:
    /// Becomes a child of `socket`. Make it before whoever reads from the socket connects to readyRead().
    explicit Arrivals(QTcpSocket* socket) : QObject(socket), m_socket(socket), m_left(socket->bytesAvailable())
    {
        connect(socket, &QTcpSocket::readyRead, this, [this] {
            const qint64 there = m_socket->bytesAvailable();
            m_came += std::max<qint64>(0, there - std::exchange(m_left, there));
        });
    }

    /// What came since the last call. To be called when the reader has had its turn, each time.
    qint64 take()
    {
        m_left = m_socket->bytesAvailable();
        return std::exchange(m_came, 0);
    }

private:
    QTcpSocket* m_socket;
    qint64 m_left; // unread, when last looked at
    qint64 m_came = 0;
};

} // namespace vigie
