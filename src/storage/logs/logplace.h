// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history.h"

#include <algorithm>
#include <cstdint>

namespace vigie {

/// Where a log entry stands in a segment, and its row's key: the application's number in that segment in the
/// upper 24 bits, the entry's sequence in the lower 40. So one application's entries lie together, in order.
struct LogPlace
{
    static constexpr int sequenceBits = 40;
    static_assert(maxSequence == (std::uint64_t(1) << sequenceBits) - 1);

    /// A sequence beyond the last counts as the last: no place lies in another application.
    static constexpr std::int64_t of(std::int64_t app, std::uint64_t sequence)
    {
        return (app << sequenceBits) | static_cast<std::int64_t>(std::min(sequence, maxSequence));
    }
    static constexpr std::uint64_t sequence(std::int64_t place) { return static_cast<std::uint64_t>(place) & maxSequence; }
    static constexpr std::int64_t app(std::int64_t place) { return place >> sequenceBits; }
};

} // namespace vigie
