// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <chrono>

namespace vigie {

/// How much one may still take of what grows back evenly (a token bucket). More than there is may be taken: what is
/// owed then must grow back first.
class Allowance
{
public:
    using Time = std::chrono::milliseconds; ///< of a monotonic clock

    /// Full at `now`: `most` may be taken at once.
    Allowance(double perSecond, double most, Time now) : m_perSecond(perSecond), m_most(most), m_left(most), m_seen(now) {}

    double left(Time now) const
    {
        const double seconds = std::chrono::duration<double>(now - m_seen).count();
        return std::min(m_most, m_left + seconds * m_perSecond);
    }
    bool isFull(Time now) const { return left(now) >= m_most; }
    void take(double amount, Time now)
    {
        m_left = left(now) - amount;
        m_seen = now;
    }
    /// How long until nothing is owed.
    Time debt(Time now) const
    {
        const double owed = -left(now);
        return owed <= 0 ? Time(0) : std::chrono::ceil<Time>(std::chrono::duration<double>(owed / m_perSecond));
    }

private:
    double m_perSecond;
    double m_most;
    double m_left;
    Time m_seen;
};

} // namespace vigie
