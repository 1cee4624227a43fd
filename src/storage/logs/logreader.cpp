// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/logs/logreader.h"

#include "core/pattern.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace vigie {

void LogReader::setSegments(const QStringList& paths)
{
    m_paths = paths;
    // A path that stays may lead to another file, when a folder was taken away and one came in its place.
    std::erase_if(m_open, [&paths](const auto& open) {
        return !paths.contains(open.first) || (open.second && open.second->hasMoved());
    });
}

LogSegmentReader* LogReader::segment(const QString& path)
{
    auto& open = m_open[path];
    if (!open) {
        if (auto opened = LogSegmentReader::open(path))
            open = std::move(*opened);
    }
    return open.get();
}

std::uint64_t LogReader::clearedSequence(const std::string& appId)
{
    LogSegmentReader* newest = m_paths.isEmpty() ? nullptr : segment(m_paths.last());
    const std::optional<SegmentApp> app = newest ? newest->app(appId) : std::nullopt;
    return app ? app->clearedSequence : 0;
}

HistoryPage LogReader::page(const HistoryQuery& query)
{
    HistoryPage page;
    if (query.limit == 0)
        return page;
    SegmentQuery part{query, std::max(clearedSequence(query.appId), std::min(query.afterSequence, maxSequence)) + 1,
                      maxSequence};
    part.deadline.setRemainingTime(m_patience);
    std::optional<Pattern> pattern;
    if (!query.regex.empty()) {
        Result<Pattern> compiled = Pattern::of(query.regex);
        if (!compiled)
            return page; // whoever took the question in has looked at it
        part.pattern = &pattern.emplace(std::move(*compiled));
    }
    if (query.beforeSequence)
        part.toSequence = std::min(part.toSequence, std::max<std::uint64_t>(*query.beforeSequence, 1) - 1);
    if (query.beforeId) {
        const std::optional<std::uint64_t> before = find(query.appId, *query.beforeId);
        if (!before)
            return page;
        part.toSequence = std::min(part.toSequence, *before - 1);
    }
    std::vector<LogEntryRef> newestFirst;
    for (auto path = m_paths.rbegin(); path != m_paths.rend() && part.query.limit > 0 && !page.stoppedAt; ++path) {
        LogSegmentReader* const reader = segment(*path);
        if (!reader)
            continue;
        const SegmentPage found = reader->newest(part);
        part.query.limit -= found.entries.size();
        newestFirst.insert(newestFirst.end(), found.entries.begin(), found.entries.end());
        page.stoppedAt = found.stoppedAt;
    }
    page.entries.assign(newestFirst.rbegin(), newestFirst.rend());
    return page;
}

ReplayPage LogReader::replay(const std::string& appId, std::uint64_t afterSequence, std::size_t maxBytes)
{
    ReplayPage page;
    page.reachedSequence = std::max(afterSequence, clearedSequence(appId));
    page.missing = page.reachedSequence - afterSequence;
    for (const QString& path : std::as_const(m_paths)) {
        LogSegmentReader* const reader = segment(path);
        const std::optional<SegmentApp> app = reader ? reader->app(appId) : std::nullopt;
        if (!app || app->lastSequence <= page.reachedSequence)
            continue;
        (void)reader->oldest(appId, page.reachedSequence + 1, maxBytes, page);
        if (!page.entries.empty())
            return page;
        // It should reach further but its rows are gone.
        page.missing += app->lastSequence - page.reachedSequence;
        page.reachedSequence = app->lastSequence;
    }
    return page;
}

std::optional<std::uint64_t> LogReader::find(const std::string& appId, std::string_view id)
{
    const std::uint64_t cleared = clearedSequence(appId);
    for (auto path = m_paths.rbegin(); path != m_paths.rend(); ++path) {
        LogSegmentReader* const reader = segment(*path);
        if (const auto sequence = reader ? reader->find(appId, id) : std::nullopt; sequence && *sequence > cleared)
            return sequence;
    }
    return std::nullopt;
}

LogCounts LogReader::counts(const LogCountsQuery& query)
{
    LogCounts counts(query);
    const QDeadlineTimer deadline(m_patience);
    std::unordered_map<std::string, std::uint64_t> cleared; // of all applications, by the newest segment
    for (auto path = m_paths.rbegin(); path != m_paths.rend() && counts.isComplete(); ++path) {
        LogSegmentReader* const reader = segment(*path);
        if (!reader)
            continue;
        if (!query.appId.empty()) {
            reader->count(query.appId, clearedSequence(query.appId) + 1, query.stop, deadline, counts);
            continue;
        }
        for (const std::string& appId : reader->apps()) {
            if (deadline.hasExpired() || query.stop.stop_requested())
                counts.setIncomplete();
            if (!counts.isComplete())
                break;
            const auto [known, isNew] = cleared.try_emplace(appId, 0);
            if (isNew)
                known->second = clearedSequence(appId);
            reader->count(appId, known->second + 1, query.stop, deadline, counts);
        }
    }
    return counts;
}

void LogReader::lookUp(const std::string& appId, std::vector<SoughtEntry>& sought)
{
    const std::uint64_t cleared = clearedSequence(appId);
    for (const QString& path : std::as_const(m_paths)) {
        if (LogSegmentReader* const reader = segment(path))
            reader->lookUp(appId, sought, cleared);
    }
}

} // namespace vigie
