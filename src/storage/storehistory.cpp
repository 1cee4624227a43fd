// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/storehistory.h"

#include "storage/historyreader.h"

#include <atomic>
#include <utility>

namespace vigie {

namespace {

std::atomic<std::uint64_t> lastNumber = 0;

} // namespace

template <typename Answer>
HistoryJob StoreHistory::jobOf(HistoryJob::Kind kind, std::function<Answer(HistoryReaders&)> ask,
                               std::function<void(Answer)> done)
{
    const std::uint64_t number = ++lastNumber;
    m_waiting.emplace(number, [done = std::move(done)](const std::any& answer) { done(std::any_cast<const Answer&>(answer)); });
    return {number, [ask = std::move(ask)](HistoryReaders& readers) { return std::any(ask(readers)); }, kind};
}

void StoreHistory::deliver(const HistoryAnswer& answer)
{
    // One that is told may ask again.
    if (const auto waiting = m_waiting.extract(answer.number))
        waiting.mapped()(answer.value);
}

void StoreHistory::query(HistoryQuery query, std::function<void(HistoryPage)> done)
{
    Q_EMIT asked(jobOf<HistoryPage>(
        HistoryJob::Kind::Search, [query = std::move(query)](HistoryReaders& readers) { return readers.logs.page(query); },
        std::move(done)));
}

void StoreHistory::replay(std::string appId, std::uint64_t afterSequence, std::size_t maxBytes,
                          std::function<void(ReplayPage)> done)
{
    Q_EMIT asked(jobOf<ReplayPage>(
        HistoryJob::Kind::CatchUp,
        [appId = std::move(appId), afterSequence, maxBytes](HistoryReaders& readers) {
            return readers.logs.replay(appId, afterSequence, maxBytes);
        },
        std::move(done)));
}

void StoreHistory::find(std::string appId, std::string id, std::function<void(std::optional<std::uint64_t>)> done)
{
    Q_EMIT asked(jobOf<std::optional<std::uint64_t>>(
        HistoryJob::Kind::CatchUp,
        [appId = std::move(appId), id = std::move(id)](HistoryReaders& readers) { return readers.logs.find(appId, id); },
        std::move(done)));
}

void StoreHistory::counts(LogCountsQuery query, std::function<void(LogCounts)> done)
{
    Q_EMIT asked(jobOf<LogCounts>(
        HistoryJob::Kind::Search, [query = std::move(query)](HistoryReaders& readers) { return readers.logs.counts(query); },
        std::move(done)));
}

void StoreHistory::metrics(MetricQuery query, std::function<void(MetricFramePtr)> done)
{
    Q_EMIT askedForMetrics(jobOf<MetricFramePtr>(
        HistoryJob::Kind::Figures,
        [query = std::move(query)](HistoryReaders& readers) -> MetricFramePtr {
            return std::make_shared<MetricFrame>(readers.metrics.frame(query));
        },
        std::move(done)));
}

void StoreHistory::processesAt(std::int64_t atMs, std::function<void(ProcessMoment)> done)
{
    Q_EMIT askedForMetrics(jobOf<ProcessMoment>(
        HistoryJob::Kind::Figures, [atMs](HistoryReaders& readers) { return readers.metrics.processesAt(atMs); },
        std::move(done)));
}

} // namespace vigie
