// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

namespace vigie {

struct HttpHead;

/// The answer to a request to speak WebSocket (RFC 6455 §4.2).
struct HandshakeAnswer
{
    bool isAccepted = false;
    QByteArray bytes; ///< of HTTP, to be sent; empty: nothing is said. If not accepted the connection is to be closed behind it
};

/// `spoken`: the subprotocols that we speak. The client's first that is one of these is agreed on; where there is none, no
/// subprotocol is.
HandshakeAnswer answerHandshake(const HttpHead& head, const QList<QByteArray>& spoken);

/// Sec-WebSocket-Accept for a Sec-WebSocket-Key.
QByteArray acceptKey(QByteArrayView key);

} // namespace vigie
