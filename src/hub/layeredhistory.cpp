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

void LayeredHistory::query(HistoryQuery query, std::function<void(HistoryPage)> done)
{
    if (m_archive) {
        done = [this, query, before = moves(query.appId), done = std::move(done)](HistoryPage page) mutable {
            const std::uint64_t by = moves(query.appId) - before;
            if (by == 0)
                return done(std::move(page));
            if (query.beforeSequence)
                *query.beforeSequence += by;
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
    if (query.storedOnly && m_archive)
        return m_archive->query(std::move(query), std::move(done));
    HistoryPage newest;
    m_memory.query(query, [&newest](HistoryPage page) { newest = std::move(page); });
    if (!m_archive || newest.entries.size() >= query.limit)
        return done(std::move(newest));
    // Memory knows no words; for all else it has given what it holds.
    if (!query.isForStore()) {
        query.limit -= newest.entries.size();
        const std::uint64_t heldFrom = m_memory.heldFrom(query.appId);
        query.beforeSequence = std::min(query.beforeSequence.value_or(heldFrom), heldFrom);
    }
    m_archive->query(std::move(query), [newest = std::move(newest), done = std::move(done)](HistoryPage page) {
        page.entries.insert(page.entries.end(), newest.entries.begin(), newest.entries.end());
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
    m_archive->find(std::move(appId), std::move(id), std::move(done));
}

void LayeredHistory::counts(LogCountsQuery query, std::function<void(LogCounts)> done)
{
    History& whole = m_archive ? *m_archive : static_cast<History&>(m_memory);
    whole.counts(std::move(query), std::move(done));
}

} // namespace vigie
