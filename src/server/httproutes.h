// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <memory>

class QHttpServer;
class QTcpServer;

namespace vigie {

class Doorkeeper;
struct DecodeLimits;
class Hub;

/// What is served over HTTP: the page, and history as JSON. The server's thread.
class HttpRoutes
{
public:
    /// `hub` and `door` must outlive this.
    HttpRoutes(Hub& hub, Doorkeeper& door, const DecodeLimits& limits, const QStringList& allowedOrigins);
    ~HttpRoutes();

    /// Answers the requests on the connections that `listener` holds ready. Call once it listens, and once.
    void serve(QTcpServer& listener);

private:
    std::unique_ptr<QHttpServer> m_server;
};

} // namespace vigie
