// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QTcpSocket;

namespace vigie {

/// What is served over HTTP: the page. Owns a QHttpServer that never listens: the Listener feeds it the
/// connections that are not WebSockets. The server's thread.
class HttpRoutes : public QObject
{
    Q_OBJECT

public:
    explicit HttpRoutes(QObject* parent = nullptr);
    ~HttpRoutes() override;

    /// Takes over a connection whose first request is still unread.
    void serve(QTcpSocket* socket);

private:
    class Feed;
    Feed* m_feed;
};

} // namespace vigie
