// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>

namespace vigie {

/// The wall clock as retention may believe it: a leap forward, by a clock set wrong or a long sleep, counts only
/// after the clock has kept to it for an hour, so that a mistake removes nothing. One thread.
class TrustedClock
{
public:
    static constexpr std::chrono::milliseconds patience{std::chrono::hours(1)};

    /// `lastMs`: the time of the newest that is stored, ms since the epoch; 0: nothing is, and any time will do.
    explicit TrustedClock(std::int64_t lastMs = 0) : m_believedMs(lastMs) {}

    /// The time to go by; `wallMs` is what the clock says, `monotonicMs` what has passed since any fixed moment.
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
    std::int64_t m_doubtedMs = 0; ///< for how long the clock has said what is not believed
};

} // namespace vigie
