// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/sharing/accesstexts.h"

#include "gui/widgets/daytext.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

namespace vigie {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(AccessTexts)
};

} // namespace

QString roleText(Role role)
{
    switch (role) {
    case Role::Viewer:
        return Text::tr("Viewer");
    case Role::Producer:
        return Text::tr("Producer");
    case Role::Operator:
        return Text::tr("Operator");
    case Role::Admin:
        return Text::tr("Admin");
    }
    return {};
}

QString originText(GrantOrigin origin)
{
    switch (origin) {
    case GrantOrigin::Owner:
        return Text::tr("Token");
    case GrantOrigin::Invitation:
        return Text::tr("Invitation");
    case GrantOrigin::Request:
        return Text::tr("Asked to join");
    case GrantOrigin::Visit:
        return Text::tr("Asked to join, once");
    }
    return {};
}

QString auditText(AuditEvent::Kind kind)
{
    using Kind = AuditEvent::Kind;
    switch (kind) {
    case Kind::SignedIn:
        return Text::tr("Signed in");
    case Kind::Refused:
        return Text::tr("Refused");
    case Kind::Cleared:
        return Text::tr("Cleared the log");
    case Kind::Commanded:
        return Text::tr("Sent a command");
    case Kind::TokenAdded:
        return Text::tr("Token added");
    case Kind::TokenRevoked:
        return Text::tr("Token revoked");
    case Kind::AppAdded:
        return Text::tr("Application added");
    case Kind::AppRemoved:
        return Text::tr("Application removed");
    case Kind::Asked:
        return Text::tr("Asked to join");
    case Kind::Denied:
        return Text::tr("Was told no");
    case Kind::Disconnected:
        return Text::tr("Disconnected by you");
    case Kind::Blocked:
        return Text::tr("Blocked");
    case Kind::Unblocked:
        return Text::tr("Unblocked");
    case Kind::Shared:
        return Text::tr("Sharing began");
    case Kind::Unshared:
        return Text::tr("Sharing ended");
    }
    return {};
}

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
        return Text::tr("Time for the head of a request");
    case LimitHit::HeadSize:
        return Text::tr("Size of the head of a request");
    case LimitHit::BodySize:
        return Text::tr("Size of what follows the head");
    case LimitHit::IdleTime:
        return Text::tr("Time without a word over HTTP");
    case LimitHit::Host:
        return Text::tr("Names that are not this machine's");
    case LimitHit::Origin:
        return Text::tr("Pages of another origin");
    case LimitHit::MessageSize:
        return Text::tr("Size of a message");
    case LimitHit::MessageTime:
        return Text::tr("Time for a message to come whole");
    case LimitHit::Applications:
        return Text::tr("New applications");
    case LimitHit::BatchSize:
        return Text::tr("Entries in a message");
    case LimitHit::JsonDepth:
        return Text::tr("Depth of JSON");
    case LimitHit::Filter:
        return Text::tr("Size of a filter");
    case LimitHit::Messages:
        return Text::tr("Messages per second of one client");
    case LimitHit::Bytes:
        return Text::tr("Bytes per second of one client");
    case LimitHit::HistoryRequests:
        return Text::tr("Questions for history at once");
    case LimitHit::Unsent:
        return Text::tr("Answers that are not read");
    case LimitHit::UnreadTime:
        return Text::tr("Time without reading a byte");
    case LimitHit::Memory:
        return Text::tr("Memory for all clients together");
    case LimitHit::FailedSignIns:
        return Text::tr("Failed sign-ins");
    case LimitHit::SignInTime:
        return Text::tr("Time to sign in");
    case LimitHit::RefusedMessages:
        return Text::tr("Messages refused before sign-in");
    case LimitHit::JoinRequests:
        return Text::tr("Questions to join");
    case LimitHit::Count_:
        break;
    }
    return {};
}

QString appText(const std::string& appId)
{
    return appId.empty() ? Text::tr("Every application") : QString::fromStdString(appId);
}

QString nameRuleText()
{
    return Text::tr("A name has 1 to 128 bytes without control characters, and is not “.” or “..”.");
}

QString whenText(std::optional<std::int64_t> ms)
{
    if (!ms)
        return {};
    const QLocale locale;
    return locale.toString(QDateTime::fromMSecsSinceEpoch(*ms),
                           shortDateFormat(locale) + u' ' + locale.timeFormat(QLocale::ShortFormat));
}

} // namespace vigie
