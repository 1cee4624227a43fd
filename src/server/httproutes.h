// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/limits.h"

#include <memory>

class QTcpServer;

namespace vigie {

class Doorkeeper;
struct DecodeLimits;
class HostCheck;
class HttpServer;
class Hub;

/// What is served over HTTP: the page, and history as JSON. The server's thread.
class HttpRoutes
{
public:
    /// All but `limits` must outlive this.
    HttpRoutes(Hub& hub, Doorkeeper& door, const HostCheck& hostCheck, ExcessCounts& excesses, const DecodeLimits& limits);
    ~HttpRoutes();

    /// Answers the requests on the connections that `listener` holds ready. Call once it listens, and once.
    void serve(QTcpServer& listener);

private:
    std::unique_ptr<HttpServer> m_server;
};

} // namespace vigie
