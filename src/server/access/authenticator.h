// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/access.h"
#include "core/limits.h"
#include "server/access/auditratelimiter.h"
#include "server/access/signinthrottle.h"

#include <QHostAddress>
#include <QObject>
#include <QTimer>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>

namespace vigie {

/// Who wants in, and what they show for it.
struct SignIn
{
    std::string userId; ///< empty: as the token says
    std::string appId; ///< likewise
    std::string_view token; ///< empty: none
    QHostAddress address;
    bool isRequest = false; ///< over HTTP: without a connection that stays
    bool isOwners = false; ///< by loopback, from a process of the owner or root
};

/// Who was let in, and for what. As it is made: nobody, who may do nothing.
struct Admission
{
    std::string userId; ///< empty only when neither said it
    std::string appId; ///< likewise: a token may be for any application
    std::optional<Role> role; ///< absent: was not let in
    std::int64_t grantId = 0; ///< 0: nothing was asked for
    std::optional<std::int64_t> expiresMs;
    bool isVisit = false; ///< the token is good while a connection that it let in lasts

    bool may(Permission permission) const { return role && vigie::may(*role, permission); }
    /// "nobody" for who was not let in.
    std::string_view roleText() const { return role ? roleName(*role) : "nobody"; }
};

/// Who needs no token.
enum class OpenTo {
    Nobody,
    Owner, ///< processes of the owner and of root that come by loopback
    Loopback, ///< whoever comes by it
    Everybody
};

/// Why somebody was not let in, for them to read.
struct Refusal
{
    const char* code; ///< one of docs/protocol.md's table
    std::string message;
    std::int64_t retryAfterMs = 0; ///< the same may be right then; 0: it will not
};

/// Decides who may connect, and for what: by tokens or, in the open mode, everybody for everything. The server's
/// thread.
class Authenticator : public QObject
{
    Q_OBJECT

public:
    /// `freeFailures`: failed sign-ins of one address or user before each further one has to wait.
    explicit Authenticator(OpenTo openTo, int freeFailures = 3, QObject* parent = nullptr);

    /// Null: nobody is let in by a token.
    void setTable(AccessTablePtr table) { m_table = std::move(table); }

    /// Whether it matters whose process a peer at this address is (isOwnersProcess()).
    bool asksWhose(const QHostAddress& address) const { return m_openTo == OpenTo::Owner && address.isLoopback(); }

    /// Whether a peer at this address may do everything without a token. `isOwners`: see SignIn.
    bool isOpenTo(const QHostAddress& address, bool isOwners) const
    {
        return m_openTo == OpenTo::Everybody || (m_openTo == OpenTo::Loopback && address.isLoopback())
            || (asksWhose(address) && isOwners);
    }

    /// `nowMs` since the epoch; `time` of a monotonic clock. A request that is let in by a token is told once an hour.
    std::variant<Admission, Refusal> admit(const SignIn& signIn, std::int64_t nowMs, SignInThrottle::Time time);

    /// Why one that was let in may no longer stay; nothing: it may.
    std::optional<Refusal> whyNoLonger(const Admission& admission, std::int64_t nowMs) const;

    /// Somebody who was let in is connected from now on, or no more. A token for one visit is over with the last of them.
    void beginStay(const Admission& admission);
    void endStay(const Admission& admission);

    /// What was asked for by one who was let in, and is not theirs to ask. Told once a minute, for each type of message.
    void noteForbidden(const Admission& admission, const std::string& appId, const QHostAddress& address,
                       const std::string& type, const std::string& why, std::int64_t nowMs);

    /// Somebody at this address was turned away before they could say who they are: blocked, sent by a page of another site, or
    /// asking for a name that is not this machine's. Of other limitHits nothing is told. Once an hour.
    void noteTurnedAway(LimitHit hit, const QHostAddress& address, std::int64_t nowMs);

    /// A token is in use; told about once a minute.
    void noteUse(std::int64_t grantId, std::int64_t nowMs);

    /// Something for the owner to read later; of very much only how much there was.
    void note(AuditEvent::Kind kind, const std::string& userId, const std::string& appId, const QHostAddress& address,
              std::string detail, std::int64_t nowMs);
    /// Tells now how much of what happened was left out.
    void settleNotes() { m_pace.settleAll(); }

Q_SIGNALS:
    void noted(vigie::AuditEvent event);
    /// Somebody has to wait after failed sign-ins, and does not.
    void heldBack();
    /// A token's only connection is over: it is to be revoked.
    void visitEnded(qint64 grantId);
    /// About once a minute of use.
    void tokenUsed(qint64 id, qint64 timeMs);

private:
    /// Null: nobody's.
    const Grant* grantOf(std::string_view token) const;
    /// Guessing is slowed down. Who has a token that is known never waits: it cannot be guessed, and nobody may lock its owner
    /// out by guessing from beside him or in his name.
    Refusal refuseUnknown(const SignIn& signIn, SignInThrottle::Time time);
    std::variant<Admission, Refusal> check(const SignIn& signIn, std::int64_t nowMs, SignInThrottle::Time time);
    /// Whether the owner was not told of this, about somebody there, within the last `stepMs`.
    bool isNews(const QHostAddress& address, const std::string& what, std::int64_t nowMs, std::int64_t stepMs);
    void settleDue();

    OpenTo m_openTo;
    AccessTablePtr m_table = std::make_shared<const AccessTable>();
    SignInThrottle m_addresses;
    SignInThrottle m_users;
    AuditRateLimiter m_pace;
    QTimer m_settling; // runs only while notes are left out
    std::unordered_map<std::string, std::int64_t> m_told; // by address and what happened: when it may be told again
    std::int64_t m_roomMadeMs = 0; // when those that are long ago were last forgotten
    std::unordered_map<std::int64_t, int> m_visits; // by grant: connections of those that are good for a visit
    std::unordered_map<std::int64_t, std::int64_t> m_toldUses; // by grant: when its use was last told
};

} // namespace vigie
