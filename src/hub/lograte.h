// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <chrono>
#include <cstdint>

namespace vigie {

/// Counts log entries over the last 5 seconds, in steps of half a second. Times are of one monotonic clock.
class LogRate
{
public:
    using Time = std::chrono::milliseconds;

    void add(Time now, std::size_t entries, std::size_t errors);

    /// Entries accepted per second over the last 5 s.
    double perSecond(Time now) const;
    /// 0–1: the share of them that are errors; 0 when there are none.
    double errorShare(Time now) const;

private:
    static constexpr Time step{500};
    static constexpr std::int64_t stepCount = 10;

    struct Step
    {
        std::int64_t number = -stepCount; ///< which half second since the clock's zero
        std::uint64_t entries = 0;
        std::uint64_t errors = 0;
    };

    Step sum(Time now) const;

    std::array<Step, stepCount> m_steps;
};

} // namespace vigie
