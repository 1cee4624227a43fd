// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace vigie {

class Doorkeeper;
struct DecodeLimits;
class HostCheck;
class HttpServer;
class Hub;

/// What is stored, over HTTP: docs/openapi.json. The server's thread. `hub`, `door` and `hostCheck` must outlive `server`. Pages
/// of origins that the owner has allowed may read the answers (CORS).
void addHistoryRoutes(HttpServer& server, Hub& hub, Doorkeeper& door, const HostCheck& hostCheck, const DecodeLimits& limits);

} // namespace vigie
