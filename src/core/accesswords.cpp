// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/accesswords.h"

#include <QCoreApplication>

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
        return Text::tr("Access request");
    case GrantOrigin::Visit:
        return Text::tr("Access request, one visit");
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
        return Text::tr("Deleted stored entries");
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
        return Text::tr("Asked for access");
    case Kind::Denied:
        return Text::tr("Access denied");
    case Kind::Disconnected:
        return Text::tr("Disconnected by you");
    case Kind::Blocked:
        return Text::tr("Blocked");
    case Kind::Unblocked:
        return Text::tr("Unblocked");
    case Kind::Shared:
        return Text::tr("Sharing turned on");
    case Kind::Unshared:
        return Text::tr("Sharing turned off");
    }
    return {};
}

QString appText(const std::string& appId)
{
    return appId.empty() ? Text::tr("Every application") : QString::fromStdString(appId);
}

} // namespace vigie
