// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace vigie {

/// Where a log entry stands in a segment, and its row's key: the application's number in that segment in the
/// upper 24 bits, the entry's sequence in the lower 40. So one application's entries lie together, in order.
struct LogPlace
{
    static constexpr int sequenceBits = 40;
    static constexpr std::uint64_t maxSequence = (std::uint64_t(1) << sequenceBits) - 1;

    static constexpr std::int64_t of(std::int64_t app, std::uint64_t sequence)
    {
        return (app << sequenceBits) | static_cast<std::int64_t>(sequence);
    }
    static constexpr std::uint64_t sequence(std::int64_t place) { return static_cast<std::uint64_t>(place) & maxSequence; }
    static constexpr std::int64_t app(std::int64_t place) { return place >> sequenceBits; }
};

} // namespace vigie
