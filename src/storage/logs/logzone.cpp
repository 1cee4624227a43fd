// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/logs/logzone.h"

#include <algorithm>

namespace vigie {

void LogZone::include(std::int64_t place, std::int64_t timeMs, Severity severity)
{
    includeRepeat(place);
    leastTimeMs = std::min(leastTimeMs, timeMs);
    maxTimeMs = std::max(maxTimeMs, timeMs);
    ++counts[static_cast<std::size_t>(severity)];
}

void LogZone::includeRepeat(std::int64_t place)
{
    if (places++ == 0)
        firstPlace = place;
    lastPlace = place;
}

std::uint32_t LogZone::severities() const
{
    std::uint32_t mask = 0;
    for (std::size_t i = 0; i < counts.size(); ++i)
        mask |= std::uint32_t(counts[i] > 0) << i;
    return mask;
}

std::array<char, 2 * severityCount> LogZone::packedCounts() const
{
    static_assert(maxPlaces < 0x10000);
    std::array<char, 2 * severityCount> packed;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        packed[2 * i] = static_cast<char>(counts[i] & 0xff);
        packed[2 * i + 1] = static_cast<char>(counts[i] >> 8);
    }
    return packed;
}

SeverityCounts LogZone::unpackCounts(std::string_view packed)
{
    SeverityCounts counts{};
    if (packed.size() != 2 * counts.size())
        return counts;
    for (std::size_t i = 0; i < counts.size(); ++i)
        counts[i] = static_cast<std::uint8_t>(packed[2 * i])
                    | static_cast<std::uint32_t>(static_cast<std::uint8_t>(packed[2 * i + 1])) << 8;
    return counts;
}

} // namespace vigie
