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

/// A sign-in attempt and its credentials.
struct SignIn
{
    std::string userId; ///< empty: as in the token
    std::string appId; ///< empty: as in the token
    std::string_view token; ///< empty: none
    QHostAddress address;
    bool isRequest = false; ///< over HTTP, without a lasting connection
    bool isOwners = false; ///< from loopback, by a process of the owner or root
};

/// An admitted client and its rights. The default is nobody, without rights.
struct Admission
{
    std::string userId; ///< empty only if neither client nor token named one
    std::string appId; ///< empty: none named, and the token is for any application
    std::optional<Role> role; ///< absent: not admitted
    std::int64_t grantId = 0; ///< 0: no token was required
    std::optional<std::int64_t> expiresMs;
    bool isVisit = false; ///< the token is valid only while a connection that it admitted lasts

    bool may(Permission permission) const { return role && vigie::may(*role, permission); }
    /// "nobody" if not admitted.
    std::string_view roleText() const { return role ? roleName(*role) : "nobody"; }
};

/// Who needs no token.
enum class OpenTo {
    Nobody,
    Owner, ///< processes of the owner and of root, from loopback
    Loopback, ///< everybody on loopback
    Everybody
};

/// Why a client was not admitted; `message` is for people.
struct Refusal
{
    const char* code; ///< a code of docs/protocol.md's table
    std::string message;
    std::int64_t retryAfterMs = 0; ///< the same attempt may succeed then; 0: it will not
};

/// Decides who may connect, and with which rights: by tokens or, in open mode, everybody with all rights. The server's thread.
class Authenticator : public QObject
{
    Q_OBJECT

public:
    /// `freeFailures`: failed sign-ins of one address or user before each further attempt must wait.
    explicit Authenticator(OpenTo openTo, int freeFailures = 3, QObject* parent = nullptr);

    /// Null: tokens admit nobody.
    void setTable(AccessTablePtr table) { m_table = std::move(table); }

    /// Whether the owner of a peer's process matters at this address (isOwnersProcess()).
    bool asksWhose(const QHostAddress& address) const { return m_openTo == OpenTo::Owner && address.isLoopback(); }

    /// Whether a peer at this address has all rights without a token. `isOwners`: see SignIn.
    bool isOpenTo(const QHostAddress& address, bool isOwners) const
    {
        return m_openTo == OpenTo::Everybody || (m_openTo == OpenTo::Loopback && address.isLoopback())
            || (asksWhose(address) && isOwners);
    }

    /// `nowMs` is since the epoch, `time` of a monotonic clock. An HTTP request admitted by a token is audited once an hour.
    std::variant<Admission, Refusal> admit(const SignIn& signIn, std::int64_t nowMs, SignInThrottle::Time time);

    /// Why an admitted client must be disconnected now; nothing: it may stay.
    std::optional<Refusal> revocationReason(const Admission& admission, std::int64_t nowMs) const;

    /// Counts the connections of an admitted client. A token for one visit ends with the last of them.
    void connectionOpened(const Admission& admission);
    void connectionClosed(const Admission& admission);

    /// Audits a request that the client's rights do not cover: once a minute for each type of message.
    void noteForbidden(const Admission& admission, const std::string& appId, const QHostAddress& address,
                       const std::string& type, const std::string& why, std::int64_t nowMs);

    /// Audits a peer that was rejected before it could sign in, once an hour: it was blocked, or its Origin or Host was wrong.
    /// Other limit hits are not audited.
    void auditRejection(LimitHit hit, const QHostAddress& address, std::int64_t nowMs);

    /// Reports a token's use about once a minute.
    void noteUse(std::int64_t grantId, std::int64_t nowMs);

    /// Adds an audit event. If there are too many, only their number is recorded.
    void note(AuditEvent::Kind kind, const std::string& userId, const std::string& appId, const QHostAddress& address,
              std::string detail, std::int64_t nowMs);
    /// Reports now how many events were left out.
    void settleNotes() { m_auditLimiter.settleAll(); }

Q_SIGNALS:
    void noted(vigie::AuditEvent event);
    /// A peer retries before its wait after failed sign-ins is over.
    void heldBack();
    /// The last connection of a token for one visit closed: revoke the token.
    void visitEnded(qint64 grantId);
    /// Emitted about once a minute of use.
    void tokenUsed(qint64 id, qint64 timeMs);

private:
    /// The grant of this token; null: none.
    const Grant* grantOf(std::string_view token) const;
    /// Slows down guessing. A known token never waits: it cannot be guessed, and nobody may lock its owner out by guessing from
    /// the same address or in the same name.
    Refusal refuseUnknown(const SignIn& signIn, SignInThrottle::Time time);
    std::variant<Admission, Refusal> check(const SignIn& signIn, std::int64_t nowMs, SignInThrottle::Time time);
    /// Whether this was not audited for this address within the last `stepMs`.
    bool isNews(const QHostAddress& address, const std::string& what, std::int64_t nowMs, std::int64_t stepMs);
    void settleDue();

    OpenTo m_openTo;
    AccessTablePtr m_table = std::make_shared<const AccessTable>();
    SignInThrottle m_addresses;
    SignInThrottle m_users;
    AuditRateLimiter m_auditLimiter;
    QTimer m_settling; // runs only while events are left out
    std::unordered_map<std::string, std::int64_t> m_told; // by address and event: when it may be audited again
    std::int64_t m_roomMadeMs = 0; // when old items were last removed
    std::unordered_map<std::int64_t, int> m_visits; // by grant: open connections of visits
    std::unordered_map<std::int64_t, std::int64_t> m_toldUses; // by grant: when its use was last reported
};

} // namespace vigie
