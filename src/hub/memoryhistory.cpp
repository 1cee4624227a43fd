// SPDX-License-Identifier: GPL-3.0-or-later
#include "hub/memoryhistory.h"

#include "core/pattern.h"
#include "core/searchedtexts.h"
#include "core/wordquery.h"

#include <QDeadlineTimer>
#include <algorithm>

namespace vigie {

namespace {

// Of those who ask by what takes long: nobody else is served meanwhile.
constexpr std::chrono::milliseconds patience{50};

} // namespace

void MemoryHistory::add(const LogBatchPtr& batch)
{
    if (batch->empty())
        return;
    Ring& ring = m_rings[batch->appId()];
    ring.batches.push_back(batch);
    ring.entries += batch->size();
    ring.bytes += batch->heldBytes();
    ring.lastSequence = batch->lastSequence();
    trim(ring);
    m_room.set(ring, ring.part, ring.bytes);
    while (Ring* const longest = m_room.toEvict())
        empty(*longest);
}

void MemoryHistory::empty(Ring& ring)
{
    ring.batches.clear();
    ring.entries = 0;
    ring.bytes = 0;
    m_room.set(ring, ring.part, 0);
}

void MemoryHistory::trim(Ring& ring) const
{
    // The newest batch always stays, however large.
    while (ring.batches.size() > 1) {
        const LogBatch& oldest = *ring.batches.front();
        if (ring.entries - oldest.size() < m_bounds.entries && ring.bytes <= m_bounds.bytes)
            return;
        ring.entries -= oldest.size();
        ring.bytes -= oldest.heldBytes();
        ring.batches.pop_front();
    }
}

void MemoryHistory::moveOn(const std::string& appId, std::uint64_t by, std::uint32_t epoch)
{
    Ring& ring = m_rings[appId];
    ring.lastSequence += by;
    ring.bytes = 0; // a copy has less room that is not used
    for (LogBatchPtr& batch : ring.batches) {
        batch = std::make_shared<const LogBatch>(batch->movedOn(by, epoch));
        ring.bytes += batch->heldBytes();
    }
    m_room.set(ring, ring.part, ring.bytes);
}

void MemoryHistory::clear(const std::string& appId)
{
    const auto found = m_rings.find(appId);
    if (found != m_rings.end())
        empty(found->second);
}

std::uint64_t MemoryHistory::heldFrom(const std::string& appId) const
{
    const auto found = m_rings.find(appId);
    if (found == m_rings.end())
        return 1;
    const Ring& ring = found->second;
    return ring.batches.empty() ? ring.lastSequence + 1 : ring.batches.front()->firstSequence();
}

void MemoryHistory::query(HistoryQuery query, std::function<void(HistoryPage)> done)
{
    HistoryPage page;
    const auto found = m_rings.find(query.appId);
    if (found == m_rings.end())
        return done(page);
    std::optional<Pattern> pattern;
    if (!query.regex.empty()) {
        Result<Pattern> compiled = Pattern::of(query.regex);
        if (!compiled)
            return done(page); // whoever took the question in has looked at it
        pattern.emplace(std::move(*compiled));
    }
    const WordQuery words(query.words);
    const auto hasText = [&](const NewLogEntry& entry) {
        if (!pattern && query.words.empty())
            return true;
        const SearchedTexts texts(entry);
        return (!pattern || pattern->isIn(texts.message()) || pattern->isIn(texts.metadata()))
            && (query.words.empty() || words.isIn(texts.message(), texts.metadata()));
    };
    const QDeadlineTimer deadline = query.isForStore() || !query.terms.isEmpty() ? QDeadlineTimer(patience) : QDeadlineTimer(QDeadlineTimer::Forever);
    bool reached = !query.beforeId;
    const auto& batches = found->second.batches;
    for (auto batch = batches.rbegin(); batch != batches.rend() && page.entries.size() < query.limit; ++batch) {
        for (std::size_t i = (*batch)->size(); i-- > 0 && page.entries.size() < query.limit;) {
            if (!reached) {
                reached = (*batch)->id(i) == *query.beforeId;
                continue;
            }
            if (query.beforeSequence && (*batch)->firstSequence() + i >= *query.beforeSequence)
                continue;
            if ((*batch)->firstSequence() + i <= query.afterSequence)
                continue;
            if (!query.severities.test(static_cast<std::size_t>((*batch)->severity(i))))
                continue;
            if (query.beforeTimeMs && (*batch)->timestampMs(i) >= *query.beforeTimeMs)
                continue;
            if (!query.userId.empty() && (*batch)->userId(i) != query.userId)
                continue;
            if (deadline.hasExpired() || query.stop.stop_requested()) {
                page.stoppedAt = (*batch)->firstSequence() + i + 1;
                std::reverse(page.entries.begin(), page.entries.end());
                return done(std::move(page));
            }
            if (!query.terms.isEmpty() && !query.terms.matches((*batch)->entry(i), (*batch)->userId(i), query.appId))
                continue;
            if (!query.filter.matches(**batch, i))
                continue;
            if (hasText((*batch)->entry(i)))
                page.entries.push_back({*batch, static_cast<std::uint32_t>(i)});
        }
    }
    std::reverse(page.entries.begin(), page.entries.end());
    done(std::move(page));
}

void MemoryHistory::replay(std::string appId, std::uint64_t afterSequence, std::size_t maxReplayBytes,
                           std::function<void(ReplayPage)> done)
{
    ReplayPage page;
    page.reachedSequence = afterSequence;
    const auto found = m_rings.find(appId);
    if (found == m_rings.end())
        return done(std::move(page));

    const Ring& ring = found->second;
    const std::uint64_t from = std::max(afterSequence, ring.batches.empty() ? ring.lastSequence
                                                                            : ring.batches.front()->firstSequence() - 1);
    page.missing = from - afterSequence;
    page.reachedSequence = from;
    std::size_t bytes = 0;
    for (const LogBatchPtr& batch : ring.batches) {
        if (batch->lastSequence() <= from)
            continue;
        const std::uint64_t first = std::max(from + 1, batch->firstSequence()) - batch->firstSequence();
        for (std::size_t i = first; i < batch->size(); ++i) {
            if (bytes >= maxReplayBytes && !page.entries.empty())
                return done(std::move(page));
            bytes += batch->json(i).size();
            page.entries.push_back({batch, static_cast<std::uint32_t>(i)});
            page.reachedSequence = batch->firstSequence() + i;
        }
    }
    done(std::move(page));
}

void MemoryHistory::find(std::string appId, std::string id,
                         std::function<void(std::optional<std::uint64_t>)> done)
{
    const auto found = m_rings.find(appId);
    if (found != m_rings.end()) {
        for (const LogBatchPtr& batch : found->second.batches) {
            for (std::size_t i = 0; i < batch->size(); ++i) {
                if (batch->id(i) == id)
                    return done(batch->firstSequence() + i);
            }
        }
    }
    done(std::nullopt);
}

void MemoryHistory::counts(LogCountsQuery query, std::function<void(LogCounts)> done)
{
    LogCounts counts(query);
    const auto count = [&counts](const Ring& ring) {
        for (const LogBatchPtr& batch : ring.batches) {
            for (std::size_t i = 0; i < batch->size(); ++i)
                counts.add(batch->timestampMs(i), batch->severity(i));
        }
    };
    if (query.appId.empty()) {
        for (const auto& [appId, ring] : m_rings)
            count(ring);
    } else if (const auto found = m_rings.find(query.appId); found != m_rings.end()) {
        count(found->second);
    }
    done(std::move(counts));
}

} // namespace vigie
