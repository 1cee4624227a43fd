// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/sharing/accesstexts.h"

#include "core/localtime.h"

#include <QCoreApplication>

namespace vigie {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(AccessTexts)
};

} // namespace

QString limitHitText(LimitHit hit)
{
    switch (hit) {
    case LimitHit::Connections:
        return Text::tr("Connections at once");
    case LimitHit::ConnectionsOfAddress:
        return Text::tr("Connections at once from one address");
    case LimitHit::Handshakes:
        return Text::tr("New connections of one address");
    case LimitHit::BlockedAddress:
        return Text::tr("Blocked addresses");
    case LimitHit::HeadTime:
        return Text::tr("Time to send the head of a request");
    case LimitHit::HeadSize:
        return Text::tr("Size of the head of a request");
    case LimitHit::BodySize:
        return Text::tr("Size of a request's body");
    case LimitHit::IdleTime:
        return Text::tr("Idle time of an HTTP connection");
    case LimitHit::Host:
        return Text::tr("Requests for another machine's name");
    case LimitHit::Origin:
        return Text::tr("Pages of another origin");
    case LimitHit::MessageSize:
        return Text::tr("Size of a message");
    case LimitHit::MessageTime:
        return Text::tr("Time to send a message");
    case LimitHit::Applications:
        return Text::tr("New applications");
    case LimitHit::BatchSize:
        return Text::tr("Entries in a message");
    case LimitHit::JsonDepth:
        return Text::tr("Nesting of JSON");
    case LimitHit::Filter:
        return Text::tr("Size of a filter");
    case LimitHit::Messages:
        return Text::tr("Messages per second of one client");
    case LimitHit::Bytes:
        return Text::tr("Bytes per second of one client");
    case LimitHit::HistoryRequests:
        return Text::tr("Searches at once");
    case LimitHit::Unsent:
        return Text::tr("Unread answers");
    case LimitHit::UnreadTime:
        return Text::tr("Time without reading");
    case LimitHit::Memory:
        return Text::tr("Memory for all clients together");
    case LimitHit::FailedSignIns:
        return Text::tr("Failed sign-ins");
    case LimitHit::SignInTime:
        return Text::tr("Time to sign in");
    case LimitHit::RefusedMessages:
        return Text::tr("Messages refused before sign-in");
    case LimitHit::JoinRequests:
        return Text::tr("Access requests");
    case LimitHit::Count_:
        break;
    }
    return {};
}

QString nameRuleText()
{
    return Text::tr("A name has 1 to 128 bytes without control characters, and is not “.” or “..”.");
}

QString whenText(std::optional<std::int64_t> ms)
{
    return ms ? localMinuteText(*ms, QLocale()) : QString();
}

} // namespace vigie
