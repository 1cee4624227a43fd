// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/logs/segmentsearch.h"

#include "core/pattern.h"
#include "core/searchedtexts.h"
#include "storage/logs/logplace.h"

#include <algorithm>
#include <limits>

namespace vigie {

std::uint32_t severityMask(const HistoryQuery& query)
{
    std::uint32_t mask = 0;
    for (const std::string& level : query.filter.levels)
        mask |= 1u << static_cast<unsigned>(severityOf(level));
    if (mask != 0)
        mask |= 1u << static_cast<unsigned>(Severity::Other);
    std::uint32_t wanted = static_cast<std::uint32_t>(query.severities.to_ulong());
    if (wanted != (1u << severityCount) - 1)
        wanted |= 1u << static_cast<unsigned>(Severity::Other);
    return (mask ? mask : ~0u) & wanted;
}

SegmentSearch::SegmentSearch(const SegmentQuery& question, std::int64_t appNumber)
    : asked(question), query(question.query), from(LogPlace::of(appNumber, question.fromSequence)),
      to(LogPlace::of(appNumber, question.toSequence)), severities(severityMask(question.query)),
      leastTimeMs(question.query.filter.startTimeMs.value_or(std::numeric_limits<std::int64_t>::min())),
      maxTimeMs(question.query.filter.endTimeMs.value_or(std::numeric_limits<std::int64_t>::max()))
{
    if (query.beforeTimeMs)
        maxTimeMs = std::min(maxTimeMs, *query.beforeTimeMs - 1);
}

bool SegmentSearch::isLate(int& rows) const
{
    constexpr int rowsALook = 256;
    // The first is always looked at: each search comes at least one further.
    return rows++ > 0 && (asked.pattern || rows % rowsALook == 0) && (asked.deadline.hasExpired() || query.stop.stop_requested());
}

bool SegmentSearch::accepts(const NewLogEntry& entry, std::string_view userId) const
{
    return entry.timestampMs >= leastTimeMs && entry.timestampMs <= maxTimeMs
        && (query.severities.all() || query.severities.test(static_cast<std::size_t>(severityOf(entry.level))))
        && (query.userId.empty() || query.userId == userId) && query.filter.matches(entry)
        && (query.terms.isEmpty() || query.terms.matches(entry, userId, query.appId))
        && hasPattern(entry);
}

bool SegmentSearch::hasPattern(const NewLogEntry& entry) const
{
    if (!asked.pattern)
        return true;
    const SearchedTexts texts(entry);
    return asked.pattern->isIn(texts.message()) || asked.pattern->isIn(texts.metadata());
}

LogEntryRef SegmentSearch::found(const NewLogEntry& entry, const LogOrigin& origin, std::uint64_t sequence) const
{
    LogBatch batch(query.appId);
    batch.append(entry, origin);
    batch.setFirstSequence(sequence);
    return {std::make_shared<const LogBatch>(std::move(batch)), 0};
}

} // namespace vigie
