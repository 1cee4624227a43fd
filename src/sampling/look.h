// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>
#include <chrono>

namespace vigie {

/// The moment a reader looks at the machine, on the monotonic clock.
struct Look
{
    std::chrono::nanoseconds at{};
    std::chrono::nanoseconds interval{}; ///< since the look before; 0 for the first one
};

/// How far a counter moved between two looks. A counter that went down was reset or wrapped: nothing
/// is known about that interval, so it counts as no movement rather than as a huge one.
inline quint64 counterDelta(quint64 before, quint64 now)
{
    return now >= before ? now - before : 0;
}

/// `amount` over `interval`, per second; 0 for an empty interval.
inline double perSecond(quint64 amount, std::chrono::nanoseconds interval)
{
    const double seconds = std::chrono::duration<double>(interval).count();
    return seconds > 0 ? static_cast<double>(amount) / seconds : 0;
}

} // namespace vigie
