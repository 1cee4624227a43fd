// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/access.h"
#include "server/net/websocket.h"
#include "server/session/sessioncontext.h"

#include <QByteArray>
#include <string>

namespace vigie {

/// The client of one session as its parts see it: the socket to it, and what all sessions share.
struct SessionPeer
{
    SessionContext& context;
    WebSocket& socket;

    void send(const QByteArray& json) const { socket.sendText(json); }
    const QHostAddress& address() const { return socket.connection().peerAddress(); }
    /// Whether a process of the owner or of root connects, as far as was asked.
    bool isOwners() const { return socket.connection().owner() == Connection::Owner::Ours; }

    /// Tells the client that its application is one more than may send.
    void refuseApplication(const char* requestType) const;
    /// Adds an event of this client to the audit.
    void note(AuditEvent::Kind kind, const std::string& userId, const std::string& appId, std::string detail = {}) const;
};

} // namespace vigie
