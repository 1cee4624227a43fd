// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <string_view>

namespace vigie {

struct NewLogEntry;

/// What an entry says, in 16 bytes: tells one that is sent again from another that bears the same id.
struct EntryPrint
{
    static constexpr std::int64_t noTime = std::numeric_limits<std::int64_t>::min();

    std::uint64_t content = 0; ///< a hash of sender, level, message and metadata, by a seed drawn anew with each start
    std::int64_t timeMs = noTime; ///< as the producer said; noTime: it said none

    /// A time that was not said is the same as any.
    bool isSameAs(const EntryPrint& other) const
    {
        return content == other.content && (timeMs == other.timeMs || timeMs == noTime || other.timeMs == noTime);
    }

    static EntryPrint of(const NewLogEntry& entry, std::string_view userId);
};

} // namespace vigie
