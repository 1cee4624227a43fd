// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <chrono>

namespace vigie {

/// A token bucket. It may be overdrawn: what is owed then refills first.
class TokenBucket
{
public:
    using Time = std::chrono::milliseconds; ///< of a monotonic clock

    /// Full at `now`, with `max` tokens; refills by `perSecond`.
    TokenBucket(double perSecond, double max, Time now) : m_perSecond(perSecond), m_max(max), m_left(max), m_seen(now) {}

    double left(Time now) const
    {
        const double seconds = std::chrono::duration<double>(now - m_seen).count();
        return std::min(m_max, m_left + seconds * m_perSecond);
    }
    bool isFull(Time now) const { return left(now) >= m_max; }
    void take(double amount, Time now)
    {
        m_left = left(now) - amount;
        m_seen = now;
    }
    /// The time until nothing is owed.
    Time debt(Time now) const
    {
        const double owed = -left(now);
        return owed <= 0 ? Time(0) : std::chrono::ceil<Time>(std::chrono::duration<double>(owed / m_perSecond));
    }

private:
    double m_perSecond;
    double m_max;
    double m_left;
    Time m_seen;
};

} // namespace vigie
