// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <unordered_map>

namespace vigie {

/// Slows down guessing: after some failed sign-ins of a key (an address, a user), each further attempt must wait twice as long as
/// the last. Remembers a bounded number of keys. One thread.
class SignInThrottle
{
public:
    using Time = std::chrono::milliseconds; ///< of a monotonic clock

    static constexpr Time firstWait{1'000};
    static constexpr std::size_t maxKeys = 10'000;

    /// `freeFailures`: failures allowed without a wait, as people mistype. `longestWait`: the upper bound of the wait.
    SignInThrottle(int freeFailures, Time longestWait) : m_freeFailures(freeFailures), m_maxWait(longestWait) {}

    /// How long `key` must wait; 0: it may try now.
    Time waitOf(const std::string& key, Time now) const;
    void noteFailure(const std::string& key, Time now);
    void noteSuccess(const std::string& key) { m_failures.erase(key); }

private:
    struct Failures
    {
        int count = 0;
        Time last{0};
    };

    Time waitAfter(int failures) const;
    void makeRoom(Time now);

    int m_freeFailures;
    Time m_maxWait;
    std::unordered_map<std::string, Failures> m_failures;
};

} // namespace vigie
