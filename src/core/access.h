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

/// What a token's holder may do.
enum class Role {
    Viewer, ///< read
    Producer, ///< write, and read nothing
    Operator, ///< read, write, clear, command
    Admin ///< everything
};

/// One thing that may be done. Reading is of entries, figures and history; administering, of what concerns Vigie itself.
enum class Permission { Read, Write, Operate, Administer };

bool may(Role role, Permission permission);

/// "viewer", "producer", "operator", "admin"
std::string_view roleName(Role role);
std::optional<Role> roleOf(std::string_view name);

/// How a token came to be.
enum class GrantOrigin {
    Owner, ///< the owner gave it
    Invitation, ///< a link that the owner gave
    Request, ///< its holder asked, and the owner said yes
    Visit ///< the same, but it ends with the connection that it is used for
};

/// "owner", "invitation", "request", "visit"
std::string_view originName(GrantOrigin origin);
std::optional<GrantOrigin> originOf(std::string_view name);

/// What is kept of a token: never the token itself. Times are in ms since the epoch.
struct Grant
{
    std::int64_t id = 0; ///< from 1
    QByteArray hash; ///< SHA-256 of the token, 32 bytes
    std::string userId;
    std::string appId; ///< empty: any application
    Role role = Role::Viewer;
    std::int64_t createdMs = 0;
    std::optional<std::int64_t> expiresMs; ///< from then on it is no longer good
    std::optional<std::int64_t> revokedMs;
    std::optional<std::int64_t> lastUsedMs;
    GrantOrigin origin = GrantOrigin::Owner;

    bool isGood(std::int64_t nowMs) const { return !revokedMs && (!expiresMs || nowMs < *expiresMs); }
};

/// What a new token is for.
struct TokenRequest
{
    std::string userId;
    std::string appId; ///< empty: any application
    Role role = Role::Viewer;
    std::optional<std::int64_t> expiresMs;
    GrantOrigin origin = GrantOrigin::Owner;
};

/// A token that was made. It is in nobody's hands but yours, and cannot be had again.
struct NewToken
{
    QByteArray token;
    std::int64_t id = 0;
};

/// A peer that may not connect at all.
struct Block
{
    std::string network; ///< as peerNetwork() writes it
    std::string userId; ///< by which name it was known when it was blocked; may be empty
    std::int64_t createdMs = 0;
};

/// All that is known of who may connect.
struct AccessTable
{
    std::vector<Grant> grants;
    std::vector<std::string> apps;
    std::vector<Block> blocks;

    /// Null: there is none of that id.
    const Grant* find(std::int64_t id) const;
    /// The grant that a token's hash belongs to, in a time that does not depend on which.
    const Grant* findHash(const QByteArray& hash) const;
};

using AccessTablePtr = std::shared_ptr<const AccessTable>;

/// Something that the owner may want to know later.
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
        Asked, ///< to be let in
        Denied, ///< one who asked
        Disconnected, ///< by the owner
        Blocked,
        Unblocked,
        Shared, ///< on the network
        Unshared
    };

    Kind kind = Kind::SignedIn;
    std::int64_t timeMs = 0; ///< since the epoch
    std::string userId; ///< as the peer said, or as its token says; may be empty
    std::string appId;
    std::string address; ///< of the peer; empty: the owner
    std::string detail; ///< why, or what; never a token
};

/// "signed_in", "refused" …
std::string_view auditName(AuditEvent::Kind kind);
std::optional<AuditEvent::Kind> auditKindOf(std::string_view name);
/// As an object of JSON in one line: timestamp, event, and what is not empty of userId, appId, address and detail.
std::string auditJson(const AuditEvent& event);

/// How it goes with the file that holds all this.
struct AccessState
{
    AccessTablePtr table; ///< null: it cannot be read, and nobody may be let in by it
    QString problem; ///< why not, in words a person can read
};

} // namespace vigie

Q_DECLARE_METATYPE(vigie::TokenRequest)
Q_DECLARE_METATYPE(vigie::NewToken)
Q_DECLARE_METATYPE(vigie::AccessTablePtr)
Q_DECLARE_METATYPE(vigie::AuditEvent)
Q_DECLARE_METATYPE(vigie::AccessState)
