// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/limits.h"
#include <memory>

class QTcpServer;

namespace vigie {

class Authenticator;
struct DecodeLimits;
class HostCheck;
class HttpServer;
class Hub;
class OpenQuestions;

/// What is served over HTTP: the page, and history as JSON. The server's thread.
class HttpRoutes
{
public:
    /// The first five must outlive this. `limits`: those in force, to be told.
    HttpRoutes(Hub& hub, Authenticator& door, const HostCheck& hostCheck, OpenQuestions& questions, LimitHits& limitHits,
               const DecodeLimits& decode, const Limits& limits);
    ~HttpRoutes();

    /// Answers the requests on the connections that `listener` holds ready. Call once it listens, and once.
    void serve(QTcpServer& listener);

private:
    std::unique_ptr<HttpServer> m_server;
};

} // namespace vigie
