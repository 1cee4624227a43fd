// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "intake/continuation.h"
#include "intake/linemeaning.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vigie {

/// How much is joined to one entry.
struct JoinBounds
{
    std::size_t bytes = 256 * 1024;
    std::size_t lines = 1'000;
    std::chrono::milliseconds silence{1'000}; ///< after which an entry is whole
};

/// One entry as a program printed it.
struct PrintedEntry
{
    std::string text; ///< its lines, parted by LFs; UTF-8
    std::string level; ///< as it stands there; empty: nothing says one
    LevelFrom levelFrom = LevelFrom::Nowhere;
    std::optional<LineTime> time;
    std::string metadataJson; ///< the fields of its first line; empty: none
    std::size_t lines = 0;
    std::uint64_t end = 0; ///< of the last of its lines, as add() was told: where the next entry begins
    bool isCut = false; ///< more belongs to it, and comes as the next entry
};

/// Joins the lines of one stream to entries, and says what they mean: the way from what a program prints to an entry, the same for
/// every source. One thread.
class LineJoiner
{
public:
    using Time = std::chrono::milliseconds;

    explicit LineJoiner(LineReader reader = LineReader(), JoinBounds bounds = {});

    /// Takes the next line, without its end, at this time of a monotonic clock; `end` as LineCutter says it. `goesOn`: the next
    /// line is its rest. Appends the entries that are whole by it.
    void add(std::string_view line, std::uint64_t end, bool goesOn, Time now, std::vector<PrintedEntry>& whole);
    /// Appends the entry that has waited long enough, if any.
    void finishSilent(Time now, std::vector<PrintedEntry>& whole);
    /// Appends what there is: the stream is at its end.
    void finish(std::vector<PrintedEntry>& whole);
    /// When finishSilent() has something to do; absent: not before another line.
    std::optional<Time> deadline() const;

    const LineReader& reader() const { return m_reader; }
    /// What most of the newest lines were found to be that began entries; empty: none came.
    const std::string& format() const { return m_format; }

private:
    void begin(const LineMeaning& meaning);
    bool fits(std::size_t bytes, std::size_t lines) const;

    LineReader m_reader;
    JoinBounds m_bounds;
    Continuation m_continuation;
    std::optional<PrintedEntry> m_entry;
    std::size_t m_emptyLines = 0; // behind it, that belong to it if more does
    std::uint64_t m_emptyEnd = 0;
    std::string m_format;
    std::string m_otherFormat; // of lines since, that may be another
    int m_others = 0;
    bool m_isRest = false; // the next line is the rest of the last
    Time m_lastLine{0};
};

} // namespace vigie
