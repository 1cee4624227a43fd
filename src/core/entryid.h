// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace vigie {

struct NewLogEntry;

/// An id for an entry whose own id is taken by a different entry. Has the form of EntryIdSource's ids.
/// Depends only on the entry's content and its sender, so an entry that is sent again gets the same id again.
/// `attempt`: how many substitutes are taken, too. A hostile client could claim these in advance, so from the eighth attempt on
/// the id is random.
std::string substituteEntryId(const NewLogEntry& entry, std::string_view userId, unsigned attempt = 0);

/// Makes ids for log entries: 26 characters of Crockford's base 32 (0–9, A–Z without I, L, O, U).
/// They sort in the order they were made, even when the clock steps back, and are unique across sources.
/// Layout as ULID (github.com/ulid/spec): 48 bits of time (ms since the epoch), then 80 bits that start at random and count up: by
/// one within a millisecond, by up to 4,096 from one to the next. One thread.
class EntryIdSource
{
public:
    static constexpr std::size_t length = 26;

    EntryIdSource();

    /// The next id. The view is valid until the next call.
    std::string_view next(std::int64_t nowMs);

private:
    std::int64_t m_timeMs = 0;
    std::uint64_t m_high = 0; // the upper 40 bits of the 80
    std::uint64_t m_low = 0; // the lower 40 bits
    std::array<char, length> m_text{};
};

} // namespace vigie
