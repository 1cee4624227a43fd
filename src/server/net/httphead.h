// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace vigie {

/// Whether a field of that name, in whatever case, is one by which proxies say that they pass a request on. What stands in it is
/// not trusted, that it is there is.
bool isProxyField(QByteArrayView name);

/// The head of an HTTP/1.0 or HTTP/1.1 request (RFC 9112 §2–6), read once for everybody.
struct HttpHead
{
    using Field = std::pair<QByteArrayView, QByteArrayView>;

    QByteArray method;
    QByteArray target; ///< "/?appId=shop"
    QByteArray host; ///< of the Host field, with its port; empty when absent
    std::optional<QByteArray> origin; ///< of the Origin field; browsers send it, programs mostly do not
    std::optional<std::uint64_t> contentLength; ///< bytes of the body
    bool isChunked = false; ///< the body comes in chunks, and says itself where it ends
    bool isHttp11 = false; ///< or else HTTP/1.0
    bool keepsAlive = false; ///< the client may ask again on the same connection
    bool expectsContinue = false; ///< the client waits for "100 Continue" before it sends the body
    bool isPassedOn = false; ///< a proxy says so, by one of its fields
    bool wantsWebSocket = false; ///< Upgrade: websocket
    QByteArray webSocketKey;
    QByteArray webSocketVersion;
    QList<QByteArray> protocols; ///< that the client offers (Sec-WebSocket-Protocol)

    QByteArray text; ///< the whole head
    std::vector<Field> fields; ///< in their order; views of `text`

    bool hasBody() const { return isChunked || contentLength.value_or(0) > 0; }
    /// Of the field with that name, in whatever case; of one that stands several times all, parted by ", "; null: absent.
    QByteArray value(QByteArrayView name) const;
};

/// Why bytes are no head that Vigie takes.
enum class HeadProblem {
    Broken, ///< no HTTP/1.x, or readers on the way could understand it differently
    TwoHosts, ///< the Host field stands more than once
    TwoOrigins
};

/// Where the head ends in what has come so far, the empty line included; -1 while it has not.
qsizetype headLength(QByteArrayView bytes);

/// Whether what has come of a head holds what none may: a control character, or a CR or LF that stands alone, which readers
/// take for the end of a line or do not (RFC 9112 §2.2). A CR at the very end may still get its LF.
bool hasStrayBytes(QByteArrayView bytes);

/// What has come of a request's head.
struct ComingHead
{
    enum class State {
        Partial, ///< more must come
        Whole,
        Broken, ///< hasStrayBytes(): it may never have an end that we would see
        TooLarge
    };

    State state = State::Partial;
    qsizetype length = 0; ///< of a whole one
};

/// Looks at the head that `bytes` begin with, which may have `max` bytes.
ComingHead lookAtHead(QByteArrayView bytes, qsizetype max);

/// Reads a whole head; nothing when there is a HeadProblem. What stands behind the head is ignored.
std::optional<HttpHead> parseHead(QByteArrayView head);

} // namespace vigie
