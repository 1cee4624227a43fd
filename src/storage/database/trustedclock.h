// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>

namespace vigie {

/// The wall clock for retention, guarded against jumps. After a jump forward (a wrong clock, a long sleep), accepts the new time
/// only once it has persisted for an hour, so that a mistake deletes nothing. One thread.
class TrustedClock
{
public:
    static constexpr std::chrono::milliseconds patience{std::chrono::hours(1)};

    /// `lastMs`: time of the newest stored data, ms since the epoch; 0: none, so any time is accepted.
    explicit TrustedClock(std::int64_t lastMs = 0) : m_believedMs(lastMs) {}

    /// The time to use. `wallMs` is the wall clock, `monotonicMs` the time since any fixed moment.
    std::int64_t now(std::int64_t wallMs, std::int64_t monotonicMs)
    {
        const std::int64_t passed = m_monotonicMs < 0 ? 0 : monotonicMs - m_monotonicMs;
        m_monotonicMs = monotonicMs;
        const bool leaps = m_believedMs > 0 && wallMs > m_believedMs + passed + patience.count();
        m_doubtedMs = leaps ? m_doubtedMs + passed : 0;
        if (leaps && m_doubtedMs < patience.count())
            m_believedMs += passed;
        else
            m_believedMs = wallMs;
        return m_believedMs;
    }

private:
    std::int64_t m_believedMs;
    std::int64_t m_monotonicMs = -1;
    std::int64_t m_doubtedMs = 0; ///< how long the clock has shown a time that is not yet accepted
};

} // namespace vigie
