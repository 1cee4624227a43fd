// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/logs/logfeed.h"

namespace vigie {

void LogFeed::push(LogBatchPtr batch)
{
    if (!batch || batch->empty())
        return;
    // Declared before the lock, so that the last reference to a batch is released outside it.
    std::vector<LogBatchPtr> dropped;
    bool announce = false;
    {
        const std::lock_guard lock(m_mutex);
        m_entryCount += batch->size();
        m_byteCount += batch->json().size();
        m_batches.push_back(std::move(batch));
        while (m_batches.size() > 1 &&
               (m_entryCount - m_batches.front()->size() >= maximumEntries || m_byteCount > maximumBytes)) {
            const LogBatchPtr& oldest = m_batches.front();
            m_entryCount -= oldest->size();
            m_byteCount -= oldest->json().size();
            m_skipped += oldest->size();
            dropped.push_back(std::move(m_batches.front()));
            m_batches.pop_front();
        }
        announce = !m_announced;
        m_announced = true;
    }
    if (announce)
        Q_EMIT waiting();
}

void LogFeed::clear(const std::string& appId, std::uint64_t upToSequence)
{
    {
        const std::lock_guard lock(m_mutex);
        std::erase_if(m_batches, [&](const LogBatchPtr& batch) {
            if (batch->appId() != appId)
                return false;
            m_entryCount -= batch->size();
            m_byteCount -= batch->json().size();
            return true;
        });
        m_cleared[appId] = upToSequence;
        m_announced = true;
    }
    Q_EMIT waiting();
}

bool LogFeed::isWaiting()
{
    const std::lock_guard lock(m_mutex);
    return !m_batches.empty();
}

std::map<std::string, std::uint64_t> LogFeed::takeCleared()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_cleared, {});
}

LogFeed::Drained LogFeed::take()
{
    Drained drained;
    std::deque<LogBatchPtr> batches;
    std::size_t count = 0;
    {
        const std::lock_guard lock(m_mutex);
        batches.swap(m_batches);
        drained.cleared.swap(m_cleared);
        drained.skipped = std::exchange(m_skipped, 0);
        count = std::exchange(m_entryCount, 0);
        m_byteCount = 0;
        m_announced = false;
    }
    // The oldest batch may extend beyond the limit.
    std::size_t extra = count > maximumEntries ? count - maximumEntries : 0;
    drained.skipped += extra;
    drained.entries.reserve(count - extra);
    for (const LogBatchPtr& batch : batches) {
        for (std::size_t i = 0; i < batch->size(); ++i) {
            if (extra > 0)
                --extra;
            else
                drained.entries.push_back({batch, static_cast<std::uint32_t>(i)});
        }
    }
    return drained;
}

} // namespace vigie
