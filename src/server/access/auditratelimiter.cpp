// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/access/auditratelimiter.h"

#include <cstdlib>

namespace vigie {

namespace {

constexpr std::int64_t minuteMs = 60'000;
constexpr std::int64_t roomEveryMs = 1'000;

/// A clock that was set back must not prolong the minute.
bool isOver(std::int64_t startMs, std::int64_t nowMs)
{
    return std::abs(nowMs - startMs) >= minuteMs;
}

} // namespace

AuditRateLimiter::Minute& AuditRateLimiter::minuteOf(const Key& key, std::int64_t nowMs)
{
    if (const auto known = m_minutes.find(key); known != m_minutes.end())
        return known->second;
    // Scanning all of them each time would be expensive.
    if (m_minutes.size() >= maxCounts && std::abs(nowMs - m_roomMadeMs) >= roomEveryMs) {
        m_roomMadeMs = nowMs;
        settle(nowMs);
    }
    return m_minutes[m_minutes.size() < maxCounts ? key : Key(key.first, std::string())];
}

void AuditRateLimiter::note(const std::string& network, const AuditEvent& event)
{
    Key key(event.kind, network);
    Minute& minute = minuteOf(key, event.timeMs);
    const bool isOfSeveral = !m_minutes.contains(key);
    if (isOver(minute.startMs, event.timeMs)) {
        tellLeftOut(isOfSeveral ? std::string() : network, minute);
        minute = {event.timeMs, 0, 0, {}};
    }
    if (minute.told < perMinute) {
        ++minute.told;
        m_tell(event);
        return;
    }
    if (++minute.leftOut == 1)
        ++m_owing;
    minute.last = event;
}

void AuditRateLimiter::tellLeftOut(const std::string& network, Minute& minute)
{
    if (minute.leftOut == 0)
        return;
    --m_owing;
    AuditEvent event = std::move(minute.last);
    event.detail = "and " + std::to_string(std::exchange(minute.leftOut, 0)) + " more";
    if (network.empty()) {
        event.userId.clear();
        event.appId.clear();
        event.address.clear();
        event.detail += ", of several addresses";
    }
    m_tell(event);
}

void AuditRateLimiter::settle(std::int64_t nowMs)
{
    for (auto one = m_minutes.begin(); one != m_minutes.end();) {
        if (!isOver(one->second.startMs, nowMs)) {
            ++one;
            continue;
        }
        tellLeftOut(one->first.second, one->second);
        one = m_minutes.erase(one);
    }
}

void AuditRateLimiter::settleAll()
{
    for (auto& [key, minute] : m_minutes)
        tellLeftOut(key.second, minute);
    m_minutes.clear();
}

} // namespace vigie
