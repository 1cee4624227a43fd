// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace vigie {

class HttpServer;
class OtlpReceiver;
struct ApiContext;

/// POST /v1/logs, /v1/traces and /v1/metrics (OTLP/HTTP). All must outlive the server.
void addOtlpRoutes(HttpServer& server, const ApiContext& context, OtlpReceiver& receiver);

/// Answers any other POST with 404 and the right address, whatever its body's size where an exporter sends it: these take all that is
/// not 200 for a loss, and tell nobody. Below /api/ it is 405. After all other routes.
void addPostRefusal(HttpServer& server, OtlpReceiver& receiver);

} // namespace vigie
