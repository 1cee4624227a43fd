// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>

namespace vigie {

/// When to look next: the multiples of `interval` on the monotonic clock, so that looks never drift,
/// every pace shares its wakeups with the slower ones, and those that a stall or a sleep made late are
/// skipped. A multiple less than half an interval away is too soon for figures worth having (and is
/// the one being served now, when the timer fired a little early): the one after it is returned.
constexpr std::chrono::nanoseconds nextLook(std::chrono::nanoseconds now, std::chrono::nanoseconds interval)
{
    auto next = (now / interval + 1) * interval;
    if (next - now < interval / 2)
        next += interval;
    return next;
}

} // namespace vigie
