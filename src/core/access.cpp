// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/access.h"

#include "core/jsontext.h"
#include "core/token.h"

#include <QString>
#include <algorithm>
#include <array>
#include <utility>

namespace vigie {

namespace {

constexpr std::array<std::pair<Role, std::string_view>, 4> roles = {{
    {Role::Viewer, "viewer"},
    {Role::Producer, "producer"},
    {Role::Operator, "operator"},
    {Role::Admin, "admin"},
}};

constexpr std::array<std::pair<GrantOrigin, std::string_view>, 4> origins = {{
    {GrantOrigin::Owner, "owner"},
    {GrantOrigin::Invitation, "invitation"},
    {GrantOrigin::Request, "request"},
    {GrantOrigin::Visit, "visit"},
}};

using Kind = AuditEvent::Kind;
constexpr std::array<std::pair<Kind, std::string_view>, 15> auditKinds = {{
    {Kind::SignedIn, "signed_in"},
    {Kind::Refused, "refused"},
    {Kind::Cleared, "cleared"},
    {Kind::Commanded, "commanded"},
    {Kind::TokenAdded, "token_added"},
    {Kind::TokenRevoked, "token_revoked"},
    {Kind::AppAdded, "app_added"},
    {Kind::AppRemoved, "app_removed"},
    {Kind::Asked, "asked"},
    {Kind::Denied, "denied"},
    {Kind::Disconnected, "disconnected"},
    {Kind::Blocked, "blocked"},
    {Kind::Unblocked, "unblocked"},
    {Kind::Shared, "shared"},
    {Kind::Unshared, "unshared"},
}};

template <typename Table, typename Value>
std::string_view nameIn(const Table& table, Value value)
{
    return std::find_if(table.begin(), table.end(), [value](const auto& row) { return row.first == value; })->second;
}

template <typename Table>
auto valueIn(const Table& table, std::string_view name)
{
    const auto row = std::find_if(table.begin(), table.end(), [name](const auto& one) { return one.second == name; });
    return row == table.end() ? std::nullopt : std::optional(row->first);
}

} // namespace

bool may(Role role, Permission permission)
{
    switch (role) {
    case Role::Viewer:
        return permission == Permission::Read;
    case Role::Producer:
        return permission == Permission::Write;
    case Role::Operator:
        return permission != Permission::Administer;
    case Role::Admin:
        return true;
    }
    return false;
}

std::string_view roleName(Role role)
{
    return nameIn(roles, role);
}

std::optional<Role> roleOf(std::string_view name)
{
    return valueIn(roles, name);
}

std::string_view originName(GrantOrigin origin)
{
    return nameIn(origins, origin);
}

std::optional<GrantOrigin> originOf(std::string_view name)
{
    return valueIn(origins, name);
}

std::string_view auditName(AuditEvent::Kind kind)
{
    return nameIn(auditKinds, kind);
}

std::optional<AuditEvent::Kind> auditKindOf(std::string_view name)
{
    return valueIn(auditKinds, name);
}

namespace {

/// As an ASCII-only JSON string. It is written to terminals: some interpret U+0080 to U+009F, some reverse lines.
void appendAsciiJson(std::string& out, const std::string& text)
{
    std::string json;
    appendJsonString(json, text);
    for (const QChar c : QString::fromStdString(json)) {
        if (c.unicode() < 0x7f)
            out += char(c.unicode());
        else
            out += QStringLiteral("\\u%1").arg(uint(c.unicode()), 4, 16, QLatin1Char('0')).toStdString();
    }
}

} // namespace

std::string auditJson(const AuditEvent& event)
{
    std::string json =
        "{\"timestamp\":" + std::to_string(event.timeMs) + ",\"event\":\"" + std::string(auditName(event.kind)) + '"';
    const std::pair<const char*, const std::string&> texts[] = {
        {"userId", event.userId}, {"appId", event.appId}, {"address", event.address}, {"detail", event.detail}};
    for (const auto& [name, text] : texts) {
        if (text.empty())
            continue;
        json += ",\"" + std::string(name) + "\":";
        appendAsciiJson(json, text);
    }
    return json + '}';
}

const Grant* AccessTable::find(std::int64_t id) const
{
    const auto grant = std::find_if(grants.begin(), grants.end(), [id](const Grant& one) { return one.id == id; });
    return grant == grants.end() ? nullptr : &*grant;
}

const Grant* AccessTable::findHash(const QByteArray& hash) const
{
    const Grant* found = nullptr;
    for (const Grant& grant : grants) {
        if (areEqualInConstantTime(grant.hash, hash))
            found = &grant; // no early exit: constant time
    }
    return found;
}

} // namespace vigie
