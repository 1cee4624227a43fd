// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history.h"
#include "core/pattern.h"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace vigie {

/// A store in memory that answers at once or when told to.
class FakeHistory : public History
{
public:
    void add(const std::string& appId, std::int64_t timeMs, std::string_view level, std::string_view message,
             std::string_view metadata = {}, const std::string& userId = "ann")
    {
        auto& entries = m_entries[appId];
        LogBatch batch(appId);
        batch.setFirstSequence(entries.size() + 1);
        batch.append({appId + '-' + std::to_string(entries.size() + 1), timeMs, level, message, metadata, false},
                     LogOrigin(appId, userId));
        entries.push_back({std::make_shared<const LogBatch>(std::move(batch)), 0});
    }

    void query(HistoryQuery query, std::function<void(HistoryPage)> done) override
    {
        ++asked;
        stop = query.stop;
        const auto look = [this, query] { return pageOf(query); };
        if (looksLate)
            answer([look, done = std::move(done)] { done(look()); });
        else
            answer([page = look(), done = std::move(done)] { done(page); });
    }

    void replay(std::string appId, std::uint64_t after, std::size_t, std::function<void(ReplayPage)> done) override
    {
        ++replays;
        ReplayPage page;
        page.reachedSequence = after;
        for (const LogEntryRef& entry : m_entries[appId]) {
            if (entry.sequence() > after && page.entries.size() < replayEntries) {
                page.entries.push_back(entry);
                page.reachedSequence = entry.sequence();
            }
        }
        answer([page, done = std::move(done)] { done(page); });
    }

    /// Forgets the application's stored entries.
    void forget(const std::string& appId) { m_entries.erase(appId); }

    void find(std::string, std::string, std::function<void(std::optional<std::uint64_t>)>) override {}
    void counts(LogCountsQuery query, std::function<void(LogCounts)> done) override
    {
        ++counted;
        LogCounts counts(query);
        if (!countsAll)
            counts.setIncomplete();
        for (const auto& [appId, entries] : m_entries) {
            if (!query.appId.empty() && appId != query.appId)
                continue;
            for (const LogEntryRef& entry : entries)
                counts.add(entry.batch->timestampMs(0), entry.batch->severity(0));
        }
        answer([counts, done = std::move(done)] { done(counts); });
    }

    void tell()
    {
        while (!m_waiting.empty())
            tellOne();
    }

    void tellOne()
    {
        const auto next = m_waiting.front();
        m_waiting.erase(m_waiting.begin());
        next();
    }

    LogBatchPtr batchOf(const std::string& appId, std::size_t sequence) { return m_entries[appId][sequence - 1].batch; }

    bool atOnce = false;
    bool looksLate = false; ///< an answer shows the entries at the time of the answer, not of the query
    int asked = 0;
    int replays = 0;
    std::size_t replayEntries = 150; ///< at most so many in one answer to replay()
    int counted = 0;
    bool countsAll = true; ///< answers to counts() are complete
    std::stop_token stop; // of the last query
    int patience = 0; ///< number of entries that one query examines; 0: all

private:
    HistoryPage pageOf(const HistoryQuery& query)
    {
        HistoryPage page;
        const auto& entries = m_entries[query.appId];
        std::optional<Result<Pattern>> pattern;
        if (!query.regex.empty())
            pattern = Pattern::of(query.regex);
        int looked = 0;
        for (auto entry = entries.rbegin(); entry != entries.rend() && page.entries.size() < query.limit; ++entry) {
            if (entry->sequence() <= query.afterSequence)
                break;
            if (query.beforeSequence && entry->sequence() >= *query.beforeSequence)
                continue;
            if (patience > 0 && ++looked > patience) {
                page.stoppedAt = entry->sequence() + 1;
                break;
            }
            if (query.severities.test(std::size_t(entry->batch->severity(0)))
                && (!query.beforeTimeMs || entry->batch->timestampMs(0) < *query.beforeTimeMs)
                && query.filter.matches(*entry->batch, 0)
                && query.terms.matches(entry->batch->entry(0), entry->batch->userId(0), query.appId)
                && (!pattern || (*pattern)->isIn(entry->batch->message(0))))
                page.entries.insert(page.entries.begin(), *entry);
        }
        return page;
    }

    void answer(std::function<void()> tellIt)
    {
        if (atOnce)
            tellIt();
        else
            m_waiting.push_back(std::move(tellIt));
    }

    std::map<std::string, std::vector<LogEntryRef>> m_entries;
    std::vector<std::function<void()>> m_waiting;
};

} // namespace vigie
