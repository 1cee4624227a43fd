// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/access/signinthrottle.h"

#include <algorithm>

namespace vigie {

SignInThrottle::Time SignInThrottle::waitAfter(int failures) const
{
    if (failures < m_freeFailures)
        return Time(0);
    const int doublings = std::min(failures - m_freeFailures, 20);
    return std::min(firstWait * (1 << doublings), m_maxWait);
}

SignInThrottle::Time SignInThrottle::waitOf(const std::string& key, Time now) const
{
    const auto found = m_failures.find(key);
    if (found == m_failures.end())
        return Time(0);
    return std::max(Time(0), found->second.last + waitAfter(found->second.count) - now);
}

void SignInThrottle::noteFailure(const std::string& key, Time now)
{
    if (m_failures.size() >= maxKeys && !m_failures.contains(key))
        makeRoom(now);
    Failures& failures = m_failures[key];
    // Start afresh after a long time without failures.
    if (failures.count > 0 && now - failures.last > 2 * m_maxWait)
        failures.count = 0;
    ++failures.count;
    failures.last = now;
}

void SignInThrottle::makeRoom(Time now)
{
    std::erase_if(m_failures, [this, now](const auto& one) { return one.second.last + waitAfter(one.second.count) <= now; });
    // All of them wait. Drop the shortest waits, so that nobody can end a long wait by creating many keys.
    while (m_failures.size() >= maxKeys) {
        const auto least = std::min_element(m_failures.begin(), m_failures.end(), [this](const auto& a, const auto& b) {
            return a.second.last + waitAfter(a.second.count) < b.second.last + waitAfter(b.second.count);
        });
        m_failures.erase(least);
    }
}

} // namespace vigie
