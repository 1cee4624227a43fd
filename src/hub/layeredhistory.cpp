// SPDX-License-Identifier: GPL-3.0-or-later
#include "hub/layeredhistory.h"

#include <algorithm>
#include <utility>

namespace vigie {

std::uint64_t LayeredHistory::moves(const std::string& appId) const
{
    const auto found = m_moves.find(appId);
    return found == m_moves.end() ? 0 : found->second;
}

void LayeredHistory::noteMove(const std::string& appId, std::uint64_t by)
{
    m_moves[appId] += by;
    if (const auto cleared = m_cleared.find(appId); cleared != m_cleared.end())
        cleared->second += by;
}

void LayeredHistory::clear(const std::string& appId, std::uint64_t upToSequence)
{
    m_cleared[appId] = upToSequence;
    ++m_clears;
    m_memory.clear(appId);
}

std::uint64_t LayeredHistory::clearedOf(const std::string& appId) const
{
    const auto found = m_cleared.find(appId);
    return found == m_cleared.end() ? 0 : found->second;
}

void LayeredHistory::dropCleared(const std::string& appId, HistoryPage& page) const
{
    const std::uint64_t cleared = clearedOf(appId);
    std::erase_if(page.entries, [cleared](const LogEntryRef& entry) { return entry.sequence() <= cleared; });
    if (page.stoppedAt && *page.stoppedAt <= cleared + 1)
        page.stoppedAt.reset();
}

void LayeredHistory::dropCleared(const std::string& appId, std::uint64_t afterSequence, ReplayPage& page) const
{
    const std::uint64_t cleared = clearedOf(appId);
    if (cleared <= afterSequence || (!page.entries.empty() && page.entries.front().sequence() > cleared))
        return;
    std::erase_if(page.entries, [cleared](const LogEntryRef& entry) { return entry.sequence() <= cleared; });
    page.reachedSequence = std::max(page.reachedSequence, cleared);
    page.missing = (page.entries.empty() ? page.reachedSequence : page.entries.front().sequence() - 1) - afterSequence;
}

void LayeredHistory::query(HistoryQuery query, std::function<void(HistoryPage)> done)
{
    if (m_archive) {
        done = [this, query, before = moves(query.appId), done = std::move(done)](HistoryPage page) mutable {
            const std::uint64_t by = moves(query.appId) - before;
            if (by == 0)
                return done(std::move(page));
            if (query.beforeSequence)
                *query.beforeSequence += by;
            if (query.afterSequence > 0)
                query.afterSequence += by;
            this->query(std::move(query), std::move(done));
        };
    }
    if (query.beforeId) {
        m_memory.find(query.appId, *query.beforeId, [&query](std::optional<std::uint64_t> sequence) {
            if (!sequence)
                return;
            query.beforeSequence = std::min(query.beforeSequence.value_or(*sequence), *sequence);
            query.beforeId.reset();
        });
    }
    HistoryPage newest;
    const bool isForArchive = query.storedOnly && m_archive;
    // By words and expressions the store alone is asked, as that costs the server's thread nothing.
    if (!isForArchive && !(m_archive && query.isForStore()))
        m_memory.query(query, [&newest](HistoryPage page) { newest = std::move(page); });
    if (!m_archive || newest.stoppedAt || newest.entries.size() >= query.limit)
        return done(std::move(newest));
    // Memory has given what it holds.
    if (!isForArchive && !query.isForStore()) {
        query.limit -= newest.entries.size();
        const std::uint64_t heldFrom = m_memory.heldFrom(query.appId);
        query.beforeSequence = std::min(query.beforeSequence.value_or(heldFrom), heldFrom);
    }
    const std::string appId = query.appId;
    m_archive->query(std::move(query), [this, appId, newest = std::move(newest), done = std::move(done)](HistoryPage page) {
        page.entries.insert(page.entries.end(), newest.entries.begin(), newest.entries.end());
        dropCleared(appId, page);
        done(std::move(page));
    });
}

void LayeredHistory::replay(std::string appId, std::uint64_t afterSequence, std::size_t maxBytes,
                            std::function<void(ReplayPage)> done)
{
    if (!m_archive || m_memory.heldFrom(appId) <= afterSequence + 1)
        return m_memory.replay(std::move(appId), afterSequence, maxBytes, std::move(done));
    m_archive->replay(appId, afterSequence, maxBytes,
                      [this, appId, afterSequence, maxBytes, before = moves(appId), done = std::move(done)](ReplayPage page) {
                          if (const std::uint64_t by = moves(appId) - before)
                              return replay(appId, afterSequence + by, maxBytes, done);
                          dropCleared(appId, afterSequence, page);
                          // An archive that cannot write has nothing newer: what memory holds is all there is.
                          if (page.reachedSequence == afterSequence)
                              return m_memory.replay(appId, afterSequence, maxBytes, done);
                          done(std::move(page));
                      });
}

void LayeredHistory::find(std::string appId, std::string id, std::function<void(std::optional<std::uint64_t>)> done)
{
    std::optional<std::uint64_t> sequence;
    m_memory.find(appId, id, [&sequence](std::optional<std::uint64_t> found) { sequence = found; });
    if (sequence || !m_archive)
        return done(sequence);
    m_archive->find(appId, std::move(id), [this, appId, done = std::move(done)](std::optional<std::uint64_t> found) {
        done(found && *found > clearedOf(appId) ? found : std::nullopt);
    });
}

void LayeredHistory::counts(LogCountsQuery query, std::function<void(LogCounts)> done)
{
    if (!m_archive)
        return m_memory.counts(std::move(query), std::move(done));
    const auto clearedNow = [this, appId = query.appId] { return appId.empty() ? m_clears : clearedOf(appId); };
    m_archive->counts(query, [this, query, clearedNow, cleared = clearedNow(), done = std::move(done)](LogCounts counts) {
        // What was cleared meanwhile may be among them, and cannot be told from the rest.
        if (clearedNow() != cleared)
            return this->counts(query, done);
        done(std::move(counts));
    });
}

} // namespace vigie
