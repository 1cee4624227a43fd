// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trace.h"

#include "core/names.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace vigie {

namespace {

constexpr std::size_t pageEntries = 1'000;

/// One search on its way. It lives as long as an answer is awaited.
class TraceSearch : public std::enable_shared_from_this<TraceSearch>
{
public:
    TraceSearch(History& history, TraceQuery query, std::function<void(TraceEntries)> done)
        : m_history(history), m_query(std::move(query)), m_done(std::move(done))
    {
    }

    /// Asks until an answer is not there at once: as a loop, as there may be thousands of applications.
    void goOn()
    {
        while (m_app < m_query.apps.size() && !m_found.hasMore && !m_query.stop.stop_requested()) {
            m_isAsking = true;
            m_history.query(nextQuestion(), [self = shared_from_this()](const HistoryPage& page) {
                self->take(page);
                self->m_isAnswered = self->m_isAsking;
                if (!self->m_isAsking)
                    self->goOn();
            });
            m_isAsking = false;
            if (!std::exchange(m_isAnswered, false))
                return;
        }
        finish();
    }

private:
    HistoryQuery nextQuestion() const
    {
        HistoryQuery question;
        question.appId = m_query.apps[m_app];
        question.limit = pageEntries;
        question.beforeSequence = m_before;
        if (m_query.isIndexed)
            question.words = m_query.traceId;
        question.terms.where.push_back({"trace_id", m_query.traceId});
        question.stop = m_query.stop;
        return question;
    }

    void take(const HistoryPage& page)
    {
        for (auto entry = page.entries.rbegin(); entry != page.entries.rend() && !m_found.hasMore; ++entry) {
            m_bytes += entry->json().size();
            if (m_found.entries.size() == TraceQuery::maxEntries || m_bytes > TraceQuery::maxBytes)
                m_found.hasMore = true;
            else
                m_found.entries.push_back(*entry);
        }
        m_found.hasMore |= page.stoppedAt.has_value();
        if (page.entries.size() == pageEntries) {
            m_before = page.entries.front().sequence();
            return;
        }
        m_before.reset();
        ++m_app;
    }

    void finish()
    {
        const auto time = [](const LogEntryRef& entry) { return entry.batch->timestampMs(entry.index); };
        std::ranges::reverse(m_found.entries); // they came newest first
        std::ranges::stable_sort(m_found.entries, {}, time);
        std::exchange(m_done, nullptr)(std::move(m_found));
    }

    History& m_history;
    TraceQuery m_query;
    std::function<void(TraceEntries)> m_done;
    std::size_t m_app = 0; // of the query's
    std::optional<std::uint64_t> m_before;
    std::size_t m_bytes = 0;
    bool m_isAsking = false;
    bool m_isAnswered = false; // while it was asked
    TraceEntries m_found;
};

} // namespace

std::optional<std::string> traceIdFrom(std::string_view text)
{
    return idProblem(text).empty() ? std::optional(std::string(text)) : std::nullopt;
}

void findTrace(History& history, TraceQuery query, std::function<void(TraceEntries)> done)
{
    std::make_shared<TraceSearch>(history, std::move(query), std::move(done))->goOn();
}

} // namespace vigie
