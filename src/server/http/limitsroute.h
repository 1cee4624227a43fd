// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace vigie {

struct ApiContext;
class HttpServer;
struct Limits;

/// What peers may ask for at most and how often that kept something out, over HTTP for the role admin: docs/openapi.json. The
/// server's thread; what `context` has must outlive `server`.
void addLimitsRoute(HttpServer& server, const ApiContext& context, const Limits& limits);

} // namespace vigie
