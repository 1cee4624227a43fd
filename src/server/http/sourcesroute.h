// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace vigie {

struct ApiContext;
class HttpServer;

/// From where entries come, and how that is set up, over HTTP for whoever may read the machine's figures: docs/openapi.json. The
/// server's thread; what `context` has must outlive `server`.
void addSourcesRoutes(HttpServer& server, const ApiContext& context);

} // namespace vigie
