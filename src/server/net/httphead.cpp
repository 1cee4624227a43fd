// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/httphead.h"

#include <algorithm>

namespace vigie {

qsizetype headLength(const QByteArray& bytes)
{
    const qsizetype end = bytes.indexOf("\r\n\r\n");
    return end < 0 ? -1 : end + 4;
}

bool hasStrayBytes(const QByteArray& bytes)
{
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        const auto byte = static_cast<unsigned char>(bytes[i]);
        if (byte == '\r' && i + 1 < bytes.size() && bytes[i + 1] != '\n')
            return true;
        if (byte == '\n' && (i == 0 || bytes[i - 1] != '\r'))
            return true;
        const bool isControl = byte < ' ' || byte == 0x7f;
        if (isControl && byte != '\t' && byte != '\r' && byte != '\n')
            return true;
    }
    return false;
}

bool isProxyField(const QByteArray& name)
{
    const QByteArray lower = name.toLower();
    return lower.startsWith("x-forwarded-") || lower == "x-real-ip" || lower == "forwarded" || lower == "via";
}

std::optional<HttpHead> parseHead(const QByteArray& head)
{
    const QByteArray whole = head.left(head.indexOf("\r\n\r\n"));
    if (hasStrayBytes(whole))
        return std::nullopt;
    const QList<QByteArray> lines = whole.split('\n');
    const QByteArray first = lines.first().endsWith('\r') ? lines.first().chopped(1) : lines.first();
    const QList<QByteArray> request = first.split(' ');
    if (request.size() != 3 || request[0].isEmpty() || request[1].isEmpty() || first.contains('\t'))
        return std::nullopt;
    if (request[2] != "HTTP/1.1" && request[2] != "HTTP/1.0")
        return std::nullopt;

    HttpHead parsed;
    parsed.method = request[0];
    parsed.target = request[1];
    bool hasHost = false;
    bool hasLength = false;
    bool isChunked = false;
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
        } else if (name == "content-length") {
            // Where the body ends must be said once (RFC 9112 §6.3): what one reader takes for it, another takes for a request.
            const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
            if (hasLength || value.isEmpty() || !std::all_of(value.begin(), value.end(), isDigit))
                return std::nullopt;
            hasLength = true;
        } else if (name == "transfer-encoding") {
            if (isChunked || value.toLower() != "chunked" || request[2] != "HTTP/1.1")
                return std::nullopt;
            isChunked = true;
        } else if (name == "upgrade") {
            parsed.wantsWebSocket = value.toLower() == "websocket";
        } else if (name == "sec-websocket-protocol") {
            for (const QByteArray& protocol : value.split(','))
                parsed.protocols.append(protocol.trimmed());
        } else if (isProxyField(name)) {
            parsed.isPassedOn = true;
        }
    }
    if (hasLength && isChunked)
        return std::nullopt;
    return parsed;
}

} // namespace vigie
