// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/httprefusal.h"

#include "server/net/safetyfields.h"

namespace vigie {

namespace {

/// How it is said over HTTP.
struct HttpRefusal
{
    const char* status;
    const char* why;
    const char* fields = "";
};

HttpRefusal refusalOf(LimitHit hit)
{
    switch (hit) {
    case LimitHit::Connections:
        return {"503 Service Unavailable", "There are too many connections."};
    case LimitHit::ConnectionsOfAddress:
        return {"429 Too Many Requests", "There are too many connections from your address.", "Retry-After: 5\r\n"};
    case LimitHit::Handshakes:
        return {"429 Too Many Requests", "Your address connects too often.", "Retry-After: 5\r\n"};
    case LimitHit::BlockedAddress:
        return {"403 Forbidden", "The owner has blocked your address."};
    case LimitHit::HeadTime:
        return {"408 Request Timeout", "The request was not complete in time."};
    case LimitHit::HeadSize:
        return {"431 Request Header Fields Too Large", "The request's head is too large."};
    case LimitHit::BodySize:
        return {"413 Content Too Large", "The request is too large."};
    default:
        return {"403 Forbidden", "This is not allowed."};
    }
}

} // namespace

QByteArray refusalText(const char* status, const QByteArray& why, const QByteArray& fields)
{
    const QByteArray body = why.endsWith('\n') ? why : why + '\n';
    QByteArray head = fields;
    for (const auto& [name, value] : safetyFields)
        head += name + ": " + value + "\r\n";
    return "HTTP/1.1 " + QByteArray(status) + "\r\n" + head
        + "Content-Type: text/plain; charset=utf-8\r\nContent-Length: " + QByteArray::number(body.size())
        + "\r\nConnection: close\r\n\r\n" + body;
}

QByteArray refusalText(LimitHit hit)
{
    const HttpRefusal refusal = refusalOf(hit);
    return refusalText(refusal.status, refusal.why, refusal.fields);
}

} // namespace vigie
