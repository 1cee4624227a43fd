// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace vigie {

struct NewLogEntry;

/// An id for an entry whose own is another entry's. It looks like those of an EntryIdSource, and follows from what the
/// producer said and who it is: an entry that is sent again gets the same id again. `attempt`: how many of these are another's,
/// too, as whoever knows what will be said can take them before; from the eighth on they are of chance, so that there is an end.
std::string substituteEntryId(const NewLogEntry& entry, std::string_view userId, unsigned attempt = 0);

/// Makes ids for log entries: 26 characters of Crockford's base 32 (0–9, A–Z without I, L, O, U) that sort in
/// the order they were made, also when the clock steps back, and that no other source makes: 48 bits of
/// time (ms since the epoch), then 80 bits that start at random and count up within a millisecond.
/// The layout is that of ULID (github.com/ulid/spec). One thread.
class EntryIdSource
{
public:
    static constexpr std::size_t length = 26;

    EntryIdSource();

    /// The next id; the view lasts until the next call.
    std::string_view next(std::int64_t nowMs);

private:
    void startMillisecond(std::int64_t ms);

    std::int64_t m_timeMs = 0;
    std::uint64_t m_high = 0; // the upper 40 bits of the 80
    std::uint64_t m_low = 0; // the lower 40 bits
    std::array<char, length> m_text{};
};

} // namespace vigie
