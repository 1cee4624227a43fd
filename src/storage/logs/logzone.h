// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logcounts.h"

#include <array>
#include <cstdint>
#include <limits>
#include <string_view>

namespace vigie {

/// What is known of some neighbouring entries of one application, so that a search can pass over them all.
struct LogZone
{
    /// Places that one covers.
    static constexpr std::uint32_t maxPlaces = 512;

    std::int64_t firstPlace = 0;
    std::int64_t lastPlace = 0;
    std::int64_t leastTimeMs = std::numeric_limits<std::int64_t>::max();
    std::int64_t maxTimeMs = std::numeric_limits<std::int64_t>::min();
    std::uint32_t places = 0; ///< those of repeats included
    SeverityCounts counts{}; ///< of entries

    /// Bit N: one of Severity N is among them.
    std::uint32_t severities() const;
    /// Takes in an entry that stands behind all others.
    void include(std::int64_t place, std::int64_t timeMs, Severity severity);
    /// Takes in the place of a repeat, which holds none.
    void includeRepeat(std::int64_t place);

    /// `counts` as a row keeps them: 16 bits each, the lower 8 first.
    std::array<char, 2 * severityCount> packedCounts() const;
    /// And back; none of a row that is not so.
    static SeverityCounts unpackCounts(std::string_view packed);
};

} // namespace vigie
