// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/access.h"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>

namespace vigie {

/// Limits the audit events of one kind and network to `perMinute`, so that no peer can flush out the others. Counts the rest and
/// reports them as one event at the end of the minute. One thread.
class AuditRateLimiter
{
public:
    static constexpr int perMinute = 60;
    static constexpr std::size_t maxCounts = 1'000; ///< of kinds and networks; beyond, all networks share one count

    /// `tell` receives the events to record.
    explicit AuditRateLimiter(std::function<void(const AuditEvent&)> tell) : m_tell(std::move(tell)) {}

    /// `network`: the peer's, as peerNetwork() writes it.
    void note(const std::string& network, const AuditEvent& event);
    /// Reports what was left out in minutes that have ended by `nowMs`, since the epoch.
    void settle(std::int64_t nowMs);
    /// Does so for all minutes.
    void settleAll();
    /// Whether settle() has something left to report.
    bool owes() const { return m_owing > 0; }

private:
    struct Minute
    {
        std::int64_t startMs = 0;
        int told = 0;
        std::uint64_t leftOut = 0;
        AuditEvent last; ///< the last event left out
    };
    using Key = std::pair<AuditEvent::Kind, std::string>; ///< kind and network; empty network: several

    Minute& minuteOf(const Key& key, std::int64_t nowMs);
    void tellLeftOut(const std::string& network, Minute& minute);

    std::function<void(const AuditEvent&)> m_tell;
    std::map<Key, Minute> m_minutes;
    std::int64_t m_roomMadeMs = 0; // when ended minutes were last removed to make room
    std::size_t m_owing = 0;  // minutes in which events were left out
};

} // namespace vigie
