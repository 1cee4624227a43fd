// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QMetaType>
#include <QString>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vigie {

/// What the holder of a token may do.
enum class Role {
    Viewer, ///< read only
    Producer, ///< write only
    Operator, ///< read, write, clear, send commands
    Admin ///< everything
};

/// A kind of action. Read covers entries, metrics and history. Administer covers Vigie itself.
enum class Permission { Read, Write, Operate, Administer };

bool may(Role role, Permission permission);

/// "viewer", "producer", "operator", "admin"
std::string_view roleName(Role role);
std::optional<Role> roleOf(std::string_view name);

/// How a token was issued.
enum class GrantOrigin {
    Owner, ///< by the owner
    Invitation, ///< by a link that the owner made
    Request, ///< its holder asked, and the owner agreed
    Visit ///< like Request, but it ends with the connection that uses it
};

/// "owner", "invitation", "request", "visit"
std::string_view originName(GrantOrigin origin);
std::optional<GrantOrigin> originOf(std::string_view name);

/// What is stored about a token; never the token itself. Times are in ms since the epoch.
struct Grant
{
    std::int64_t id = 0; ///< from 1
    QByteArray hash; ///< SHA-256 of the token, 32 bytes
    std::string userId;
    std::string appId; ///< empty: any application
    Role role = Role::Viewer;
    std::int64_t createdMs = 0;
    std::optional<std::int64_t> expiresMs; ///< the first moment at which it is no longer valid
    std::optional<std::int64_t> revokedMs;
    std::optional<std::int64_t> lastUsedMs;
    GrantOrigin origin = GrantOrigin::Owner;

    bool isGood(std::int64_t nowMs) const { return !revokedMs && (!expiresMs || nowMs < *expiresMs); }
};

/// The parameters of a new token.
struct TokenRequest
{
    std::string userId;
    std::string appId; ///< empty: any application
    Role role = Role::Viewer;
    std::optional<std::int64_t> expiresMs;
    GrantOrigin origin = GrantOrigin::Owner;
};

/// A newly made token. This is the only copy; it cannot be read back.
struct NewToken
{
    QByteArray token;
    std::int64_t id = 0;
};

/// A network that may not connect.
struct Block
{
    std::string network; ///< as peerNetwork() writes it
    std::string userId; ///< the user name known for it when it was blocked; may be empty
    std::int64_t createdMs = 0;
};

/// Everything that decides who may connect.
struct AccessTable
{
    std::vector<Grant> grants;
    std::vector<std::string> apps;
    std::vector<Block> blocks;

    /// Null if there is no grant with this id.
    const Grant* find(std::int64_t id) const;
    /// The grant with this token hash, or null. Takes the same time whichever grant matches.
    const Grant* findHash(const QByteArray& hash) const;
};

using AccessTablePtr = std::shared_ptr<const AccessTable>;

/// An event for the owner's audit log.
struct AuditEvent
{
    enum class Kind {
        SignedIn,
        Refused,
        Cleared,
        Commanded,
        TokenAdded,
        TokenRevoked,
        AppAdded,
        AppRemoved,
        Asked, ///< for access, by somebody without a token
        Denied, ///< such a request for access
        Disconnected, ///< by the owner
        Blocked,
        Unblocked,
        Shared, ///< on the network; likewise Unshared
        Unshared
    };

    Kind kind = Kind::SignedIn;
    std::int64_t timeMs = 0; ///< since the epoch
    std::string userId; ///< as the token says, else as the peer says; may be empty
    std::string appId;
    std::string address; ///< of the peer; empty: the owner's own action
    std::string detail; ///< reason or object; never a token
};

/// "signed_in", "refused" …
std::string_view auditName(AuditEvent::Kind kind);
std::optional<AuditEvent::Kind> auditKindOf(std::string_view name);
/// One JSON object in one line: timestamp, event, and userId, appId, address and detail where they are not empty.
std::string auditJson(const AuditEvent& event);

/// The state of the file that stores all this.
struct AccessState
{
    AccessTablePtr table; ///< null: the file cannot be read, so nobody can be authenticated by it
    QString problem; ///< why it cannot be read, for people
};

} // namespace vigie

Q_DECLARE_METATYPE(vigie::TokenRequest)
Q_DECLARE_METATYPE(vigie::NewToken)
Q_DECLARE_METATYPE(vigie::AccessTablePtr)
Q_DECLARE_METATYPE(vigie::AuditEvent)
Q_DECLARE_METATYPE(vigie::AccessState)
