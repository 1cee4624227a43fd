// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace vigie {

struct ApiContext;
class HttpServer;

/// Adds the route by which entries are posted: POST /api/apps/<app>/logs (docs/protocol.md). The server's thread.
void addLogsRoute(HttpServer& server, const ApiContext& context);

} // namespace vigie
