// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace vigie {

struct ApiContext;
struct DecodeLimits;
class HttpServer;
class Hub;

/// What is stored, over HTTP: docs/openapi.json. The server's thread. `hub` must outlive `server`, and so must what `context`
/// has. Pages of origins that the owner has allowed may read the answers (CORS).
void addHistoryRoutes(HttpServer& server, Hub& hub, const ApiContext& context, const DecodeLimits& limits);

} // namespace vigie
