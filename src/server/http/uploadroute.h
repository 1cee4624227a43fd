// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace vigie {

struct ApiContext;
class HttpServer;

/// Entries of other machines' journals, as systemd-journal-upload sends them (POST /upload): docs/protocol.md. The server's thread;
/// what `context` has must outlive `server`.
void addUploadRoute(HttpServer& server, const ApiContext& context);

} // namespace vigie
