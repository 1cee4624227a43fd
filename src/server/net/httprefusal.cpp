// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/httprefusal.h"

namespace vigie {

namespace {

QByteArray textOf(const HttpAnswer& answer)
{
    return headOf(answer, HttpAfter::Close) + answer.body;
}

HttpAnswer refusal(int status, const QByteArray& why, const QByteArray& fields)
{
    HttpAnswer answer = HttpAnswer::refusal(status, why);
    answer.fields.prepend(fields);
    return answer;
}

} // namespace

HttpAnswer refusalOf(LimitHit hit)
{
    switch (hit) {
    case LimitHit::Connections:
        return HttpAnswer::refusal(503, "There are too many connections.");
    case LimitHit::ConnectionsOfAddress:
        return refusal(429, "There are too many connections from your address.", "Retry-After: 5\r\n");
    case LimitHit::Handshakes:
        return refusal(429, "Your address connects too often.", "Retry-After: 5\r\n");
    case LimitHit::BlockedAddress:
        return HttpAnswer::refusal(403, "The owner has blocked your address.");
    case LimitHit::HeadTime:
        return HttpAnswer::refusal(408, "The request was not complete in time.");
    case LimitHit::HeadSize:
        return HttpAnswer::refusal(431, "The request's head is too large.");
    case LimitHit::BodySize:
        return HttpAnswer::refusal(413, "The request is too large.");
    default:
        return HttpAnswer::refusal(403, "This is not allowed.");
    }
}

QByteArray refusalText(int status, const QByteArray& why, const QByteArray& fields)
{
    return textOf(refusal(status, why, fields));
}

QByteArray refusalText(LimitHit hit)
{
    return textOf(refusalOf(hit));
}

} // namespace vigie
