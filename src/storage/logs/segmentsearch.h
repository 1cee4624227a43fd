// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/logs/logsegmentreader.h"

#include <cstdint>
#include <string_view>

namespace vigie {

/// What the levels of a query can mean: a bit for each Severity. Includes Other where others are left out, as a level that was not
/// understood when it was counted counts there.
std::uint32_t severityMask(const HistoryQuery& query);

/// A question in a segment's terms, and what was found. One thread; the const functions any.
struct SegmentSearch
{
    /// `asked` must outlive it.
    SegmentSearch(const SegmentQuery& asked, std::int64_t appNumber);

    const SegmentQuery& asked;
    const HistoryQuery& query;
    std::int64_t from; ///< places, both inclusive
    std::int64_t to;
    std::uint32_t severities;
    std::int64_t leastTimeMs;
    std::int64_t maxTimeMs;
    SegmentPage page = {};
    int rows = 0; ///< that were looked at, where one thread looks at all

    bool isDone() const { return page.stoppedAt || page.entries.size() >= query.limit; }
    /// To be asked at each row, counted in `rows`: it looks at the clock as often as rows may take long.
    bool isLate(int& rows) const;
    /// Whether neighbours may match of which only this is known.
    bool mayMatch(std::int64_t leastMs, std::int64_t mostMs, std::uint32_t severitiesThere) const
    {
        return mostMs >= leastTimeMs && leastMs <= maxTimeMs && (severitiesThere & severities) != 0;
    }
    /// Whether an entry matches; `query.words` are left to the caller.
    bool accepts(const NewLogEntry& entry, std::string_view userId) const;
    bool hasPattern(const NewLogEntry& entry) const;
    /// The entry as it is given.
    LogEntryRef found(const NewLogEntry& entry, const LogOrigin& origin, std::uint64_t sequence) const;
};

} // namespace vigie
