// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace vigie {

class HttpServer;
class OtlpReceiver;
struct ApiContext;

/// POST /v1/logs, /v1/traces and /v1/metrics (OTLP/HTTP). All must outlive the server.
void addOtlpRoutes(HttpServer& server, const ApiContext& context, OtlpReceiver& receiver);

/// Answers any other POST, before its body has come, with 404 and the right address: exporters take whatever is 200 for delivered.
/// After all other routes.
void addPostRefusal(HttpServer& server, OtlpReceiver& receiver);

} // namespace vigie
