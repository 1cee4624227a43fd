// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/access.h"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>

namespace vigie {

/// Limits how many events of one kind and network reach the audit in a minute, so that no peer can push out all others. The rest
/// are counted, and told as one event when the minute is over. One thread.
class AuditRateLimiter
{
public:
    static constexpr int perMinute = 60;
    static constexpr std::size_t maxCounts = 1'000; ///< of kinds and networks; what comes beyond counts as of one network

    /// `tell` is called with what the audit is to hold.
    explicit AuditRateLimiter(std::function<void(const AuditEvent&)> tell) : m_tell(std::move(tell)) {}

    /// `network`: of the peer, as peerNetwork() writes it.
    void note(const std::string& network, const AuditEvent& event);
    /// Tells how many were left out in minutes that are over at `nowMs`, since the epoch.
    void settle(std::int64_t nowMs);
    /// The same for all minutes.
    void settleAll();
    /// Whether some were left out that settle() will tell of.
    bool owes() const { return m_owing > 0; }

private:
    struct Minute
    {
        std::int64_t startMs = 0;
        int told = 0;
        std::uint64_t leftOut = 0;
        AuditEvent last; ///< of those left out
    };
    using Key = std::pair<AuditEvent::Kind, std::string>; ///< and network; empty: of several

    Minute& minuteOf(const Key& key, std::int64_t nowMs);
    void tellLeftOut(const std::string& network, Minute& minute);

    std::function<void(const AuditEvent&)> m_tell;
    std::map<Key, Minute> m_minutes;
    std::int64_t m_roomMadeMs = 0; // when those that are over were last forgotten for want of room
    std::size_t m_owing = 0;       // minutes in which some were left out
};

} // namespace vigie
