// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/access/authenticator.h"

#include "core/token.h"
#include "server/net/addresslimits.h"

#include <QDateTime>
#include <algorithm>
#include <cstdlib>

namespace vigie {

namespace {

constexpr std::int64_t minuteMs = 60'000; // the same event is audited again after this
constexpr std::int64_t hourMs = 60 * minuteMs; // and an event that browsers cause all day, after this
constexpr std::size_t maxTold = 10'000;

/// The text for the audit; nothing: this is not audited.
std::string turnedAwayText(LimitHit hit)
{
    switch (hit) {
    case LimitHit::BlockedAddress:
        return "the address is blocked";
    case LimitHit::Host:
        return "asked for a name that is not this machine's";
    case LimitHit::Origin:
        return "sent by a page of another site";
    default:
        return {};
    }
}

Refusal tokenNeeded()
{
    return {"token_needed", "a token is needed"};
}

Refusal tokenRevoked()
{
    return {"token_revoked", "the token was revoked"};
}

Refusal tokenExpired()
{
    return {"token_expired", "the token has expired"};
}

} // namespace

Authenticator::Authenticator(OpenTo openTo, int freeFailures, QObject* parent)
    : QObject(parent), m_openTo(openTo), m_addresses(freeFailures, std::chrono::minutes(15)),
      m_users(freeFailures, std::chrono::minutes(15)),
      m_auditLimiter([this](const AuditEvent& event) { Q_EMIT noted(event); }), m_settling(this)
{
    m_settling.setInterval(std::chrono::seconds(10));
    connect(&m_settling, &QTimer::timeout, this, &Authenticator::settleDue);
}

std::variant<Admission, Refusal> Authenticator::admit(const SignIn& signIn, std::int64_t nowMs, SignInThrottle::Time time)
{
    auto answer = check(signIn, nowMs, time);
    if (const auto* refusal = std::get_if<Refusal>(&answer)) {
        if (refusal->retryAfterMs > 0)
            Q_EMIT heldBack();
        if (isNews(signIn.address, refusal->code, nowMs, minuteMs)) {
            const Grant* const grant = grantOf(signIn.token);
            note(AuditEvent::Kind::Refused, signIn.userId, signIn.appId, signIn.address,
                 refusal->message + (grant ? " (token " + std::to_string(grant->id) + ")" : std::string()), nowMs);
        }
    } else if (const auto& admission = std::get<Admission>(answer); admission.grantId > 0) {
        noteUse(admission.grantId, nowMs);
        // The sign-in of a lasting connection is audited elsewhere, and its HTTP requests then add nothing.
        const bool isFirst = isNews(signIn.address, "token " + std::to_string(admission.grantId), nowMs, hourMs);
        if (isFirst && signIn.isRequest)
            note(AuditEvent::Kind::SignedIn, admission.userId, admission.appId, signIn.address,
                 std::string(admission.roleText()) + ", over HTTP", nowMs);
    }
    return answer;
}

bool Authenticator::isNews(const QHostAddress& address, const std::string& what, std::int64_t nowMs, std::int64_t stepMs)
{
    // Repeated events must not flush others out of the audit. The clock may have been set back by a day.
    const auto isOver = [nowMs](std::int64_t untilMs) { return nowMs >= untilMs || untilMs - nowMs > hourMs; };
    std::string key = peerNetwork(address).toStdString() + ' ' + what;
    if (const auto told = m_told.find(key); told != m_told.end()) {
        if (!isOver(told->second))
            return false;
        told->second = nowMs + stepMs;
        return true;
    }
    if (m_told.size() >= maxTold && std::abs(nowMs - m_roomMadeMs) >= minuteMs) { // a scan is expensive
        m_roomMadeMs = nowMs;
        std::erase_if(m_told, [&isOver](const auto& one) { return isOver(one.second); });
    }
    if (m_told.size() >= maxTold)
        return stepMs == minuteMs; // the rate limiter bounds these
    m_told.emplace(std::move(key), nowMs + stepMs);
    return true;
}

void Authenticator::auditRejection(LimitHit hit, const QHostAddress& address, std::int64_t nowMs)
{
    const std::string why = turnedAwayText(hit);
    if (!why.empty() && isNews(address, why, nowMs, hourMs))
        note(AuditEvent::Kind::Refused, {}, {}, address, why, nowMs);
}

void Authenticator::noteUse(std::int64_t grantId, std::int64_t nowMs)
{
    const auto [told, isFirst] = m_toldUses.try_emplace(grantId, nowMs);
    if (!isFirst && std::abs(nowMs - told->second) < minuteMs)
        return;
    told->second = nowMs;
    Q_EMIT tokenUsed(grantId, nowMs);
}

const Grant* Authenticator::grantOf(std::string_view token) const
{
    return m_table && !token.empty() ? m_table->findHash(hashOfToken(QByteArray(token.data(), qsizetype(token.size())))) : nullptr;
}

std::variant<Admission, Refusal> Authenticator::check(const SignIn& signIn, std::int64_t nowMs, SignInThrottle::Time time)
{
    const Grant* const grant = grantOf(signIn.token);
    if (!grant && isOpenTo(signIn.address, signIn.isOwners)) // an unknown token counts as none
        return Admission{signIn.userId, signIn.appId, Role::Admin, 0, {}, false};
    if (signIn.token.empty())
        return tokenNeeded();
    if (!grant)
        return refuseUnknown(signIn, time);
    // The holder of a token may know why it is not valid.
    if (grant->revokedMs)
        return tokenRevoked();
    if (grant->origin == GrantOrigin::Visit && signIn.isRequest && !m_visits.contains(grant->id))
        return Refusal{"token_revoked", "the token is good while you are connected by WebSocket"};
    if (!grant->isGood(nowMs))
        return tokenExpired();
    if (!signIn.userId.empty() && signIn.userId != grant->userId)
        return Refusal{"other_user", "the token is for another user"};
    if (!signIn.appId.empty() && !grant->appId.empty() && signIn.appId != grant->appId)
        return Refusal{"other_app", "the token is for another application"};
    m_addresses.noteSuccess(peerNetwork(signIn.address).toStdString());
    m_users.noteSuccess(signIn.userId);
    return Admission{grant->userId, grant->appId.empty() ? signIn.appId : grant->appId, grant->role, grant->id, grant->expiresMs,
                     grant->origin == GrantOrigin::Visit};
}

Refusal Authenticator::refuseUnknown(const SignIn& signIn, SignInThrottle::Time time)
{
    const std::string from = peerNetwork(signIn.address).toStdString();
    const bool saysWho = !signIn.userId.empty();
    const auto wait =
        std::max(m_addresses.waitOf(from, time), saysWho ? m_users.waitOf(signIn.userId, time) : SignInThrottle::Time(0));
    if (wait.count() > 0) {
        const auto seconds = std::chrono::ceil<std::chrono::seconds>(wait).count();
        return {"too_many_failures", "too many failed sign-ins, try again in " + std::to_string(seconds) + " s", wait.count()};
    }
    m_addresses.noteFailure(from, time);
    if (saysWho)
        m_users.noteFailure(signIn.userId, time);
    return {"token_unknown", "the token is not known"};
}

std::optional<Refusal> Authenticator::revocationReason(const Admission& admission, std::int64_t nowMs) const
{
    if (!admission.role)
        return tokenNeeded();
    if (admission.grantId == 0)
        return std::nullopt;
    const Grant* const grant = m_table ? m_table->find(admission.grantId) : nullptr;
    if (!grant || grant->revokedMs)
        return tokenRevoked();
    return grant->isGood(nowMs) ? std::nullopt : std::optional(tokenExpired());
}

void Authenticator::connectionOpened(const Admission& admission)
{
    if (admission.isVisit)
        ++m_visits[admission.grantId];
}

void Authenticator::connectionClosed(const Admission& admission)
{
    const auto found = admission.isVisit ? m_visits.find(admission.grantId) : m_visits.end();
    if (found == m_visits.end() || --found->second > 0)
        return;
    m_visits.erase(found);
    Q_EMIT visitEnded(admission.grantId);
}

void Authenticator::note(AuditEvent::Kind kind, const std::string& userId, const std::string& appId, const QHostAddress& address,
                      std::string detail, std::int64_t nowMs)
{
    m_auditLimiter.note(peerNetwork(address).toStdString(),
                {kind, nowMs, userId, appId, addressText(address).toStdString(), std::move(detail)});
    if (m_auditLimiter.owes() && !m_settling.isActive())
        m_settling.start();
}

void Authenticator::noteForbidden(const Admission& admission, const std::string& appId, const QHostAddress& address,
                               const std::string& type, const std::string& why, std::int64_t nowMs)
{
    if (isNews(address, "forbidden " + std::to_string(admission.grantId) + ' ' + type, nowMs, minuteMs))
        note(AuditEvent::Kind::Refused, admission.userId, appId, address, type + ": " + why, nowMs);
}

void Authenticator::settleDue()
{
    m_auditLimiter.settle(QDateTime::currentMSecsSinceEpoch());
    if (!m_auditLimiter.owes())
        m_settling.stop();
}

} // namespace vigie
