// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <optional>

namespace vigie {

/// Whether a field of that name, in whatever case, is one by which proxies say that they pass a request on. What stands in it is
/// not trusted, that it is there is.
bool isProxyField(const QByteArray& name);

/// What we need of an HTTP request's head (RFC 9112 §2–3) to know where the connection belongs.
struct HttpHead
{
    QByteArray method;
    QByteArray target; ///< "/?appId=shop"
    QByteArray host; ///< of the Host field, with its port; empty when absent
    std::optional<QByteArray> origin; ///< of the Origin field; browsers send it, programs mostly do not
    bool wantsWebSocket = false; ///< Upgrade: websocket
    bool isPassedOn = false; ///< a proxy says so, by one of its fields
    QList<QByteArray> protocols; ///< that the client offers (Sec-WebSocket-Protocol)
};

/// Where the head ends in what has come so far, the empty line included; -1 while it has not.
qsizetype headLength(const QByteArray& bytes);

/// Whether what has come of a head holds what none may: a control character, or a CR or LF that stands alone, which readers
/// take for the end of a line or do not (RFC 9112 §2.2). A CR at the very end may still get its LF.
bool hasStrayBytes(const QByteArray& bytes);

/// Reads a whole head; nothing when it is not HTTP/1.x, or one that readers could understand differently: Qt's, which reads it
/// again, and any in between.
std::optional<HttpHead> parseHead(const QByteArray& head);

} // namespace vigie
