// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/httphead.h"

#include <algorithm>

namespace vigie {

qsizetype headLength(const QByteArray& bytes)
{
    const qsizetype end = bytes.indexOf("\r\n\r\n");
    return end < 0 ? -1 : end + 4;
}

std::optional<HttpHead> parseHead(const QByteArray& head)
{
    const QList<QByteArray> lines = head.left(head.indexOf("\r\n\r\n")).split('\n');
    // A CR that ends no line: to some readers it does (RFC 9112 §2.2).
    if (std::ranges::any_of(lines, [](const QByteArray& line) { return line.left(line.size() - 1).contains('\r'); }))
        return std::nullopt;
    const QList<QByteArray> request = lines.first().trimmed().split(' ');
    if (request.size() != 3 || request[0].isEmpty() || !request[2].startsWith("HTTP/1."))
        return std::nullopt;

    HttpHead parsed;
    parsed.method = request[0];
    parsed.target = request[1];
    bool hasHost = false;
    for (const QByteArray& line : lines.sliced(1)) {
        const qsizetype colon = line.indexOf(':');
        if (colon <= 0)
            return std::nullopt;
        const QByteArray name = line.left(colon).toLower();
        // A folded line, or a space before the colon: readers differ on what these mean (RFC 9112 §5).
        if (name.contains(' ') || name.contains('\t'))
            return std::nullopt;
        const QByteArray value = line.mid(colon + 1).trimmed();
        if (name == "host") {
            // Two Host fields are how a request is smuggled past a check: RFC 9112 §3.2 wants a refusal.
            if (hasHost)
                return std::nullopt;
            hasHost = true;
            parsed.host = value;
        } else if (name == "origin") {
            if (parsed.origin)
                return std::nullopt;
            parsed.origin = value;
        } else if (name == "upgrade") {
            parsed.wantsWebSocket = value.toLower() == "websocket";
        } else if (name == "sec-websocket-protocol") {
            for (const QByteArray& protocol : value.split(','))
                parsed.protocols.append(protocol.trimmed());
        }
    }
    return parsed;
}

} // namespace vigie
