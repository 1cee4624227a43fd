// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

class QHttpServer;

namespace vigie {

class Doorkeeper;
struct DecodeLimits;
class Hub;

/// What is stored, over HTTP: docs/openapi.json. The server's thread. `hub` and `door` must outlive `server`. Pages of
/// `allowedOrigins` may read the answers (CORS).
void addHistoryRoutes(QHttpServer& server, Hub& hub, Doorkeeper& door, const DecodeLimits& limits,
                      const QStringList& allowedOrigins);

} // namespace vigie
