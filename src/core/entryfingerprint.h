// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <string_view>

namespace vigie {

struct NewLogEntry;

/// A fingerprint of an entry in 16 bytes. Tells a repeated entry from a different one with the same id.
struct EntryFingerprint
{
    static constexpr std::int64_t noTime = std::numeric_limits<std::int64_t>::min();

    std::uint64_t content = 0; ///< a hash of sender, level, message and metadata; its seed changes with each start
    std::int64_t timeMs = noTime; ///< as the producer gave it; noTime: it gave none

    /// A missing time equals any time.
    bool isSameAs(const EntryFingerprint& other) const
    {
        return content == other.content && (timeMs == other.timeMs || timeMs == noTime || other.timeMs == noTime);
    }

    static EntryFingerprint of(const NewLogEntry& entry, std::string_view userId);
};

} // namespace vigie
