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
void StoreHistory::ask(HistoryJob::Kind kind, std::function<Answer(HistoryReaders&)> ask, std::function<void(Answer)> done)
{
    const std::uint64_t number = ++lastNumber;
    const auto tell = [done = std::move(done)](const std::any& answer) { done(std::any_cast<const Answer&>(answer)); };
    m_waiting.emplace(number, Waiting{kind, tell});
    HistoryJob job{number, [ask = std::move(ask)](HistoryReaders& readers) { return std::any(ask(readers)); }, kind};
    if (lineOf(kind).onTheirWay < maxOnTheirWay)
        send(job);
    else
        lineOf(kind).next.push_back(std::move(job));
}

void StoreHistory::send(const HistoryJob& job)
{
    ++lineOf(job.kind).onTheirWay;
    if (job.kind == HistoryJob::Kind::Figures)
        Q_EMIT askedForMetrics(job);
    else
        Q_EMIT asked(job);
}

void StoreHistory::deliver(const HistoryAnswer& answer)
{
    // The callback may start another query.
    const auto waiting = m_waiting.extract(answer.number);
    if (!waiting)
        return;
    waiting.mapped().tell(answer.value);
    // Free its slot only after the callback.
    Line& line = lineOf(waiting.mapped().kind);
    --line.onTheirWay;
    if (line.next.empty())
        return;
    const HistoryJob job = std::move(line.next.front());
    line.next.pop_front();
    send(job);
}

void StoreHistory::query(HistoryQuery query, std::function<void(HistoryPage)> done)
{
    // A viewer looks for its resume point: this is quick, and must not wait for a search.
    const bool isPlace = query.storedOnly && query.limit == 1 && query.filter.isEmpty();
    ask<HistoryPage>(
        isPlace ? HistoryJob::Kind::CatchUp : HistoryJob::Kind::Search,
        [query = std::move(query)](HistoryReaders& readers) { return readers.logs.page(query); }, std::move(done));
}

void StoreHistory::replay(std::string appId, std::uint64_t afterSequence, std::size_t maxBytes,
                          std::function<void(ReplayPage)> done)
{
    ask<ReplayPage>(
        HistoryJob::Kind::CatchUp,
        [appId = std::move(appId), afterSequence, maxBytes](HistoryReaders& readers) {
            return readers.logs.replay(appId, afterSequence, maxBytes);
        },
        std::move(done));
}

void StoreHistory::find(std::string appId, std::string id, std::function<void(std::optional<std::uint64_t>)> done)
{
    ask<std::optional<std::uint64_t>>(
        HistoryJob::Kind::CatchUp,
        [appId = std::move(appId), id = std::move(id)](HistoryReaders& readers) { return readers.logs.find(appId, id); },
        std::move(done));
}

void StoreHistory::counts(LogCountsQuery query, std::function<void(LogCounts)> done)
{
    ask<LogCounts>(
        HistoryJob::Kind::Search, [query = std::move(query)](HistoryReaders& readers) { return readers.logs.counts(query); },
        std::move(done));
}

void StoreHistory::metrics(MetricQuery query, std::function<void(MetricRangePtr)> done)
{
    ask<MetricRangePtr>(
        HistoryJob::Kind::Figures,
        [query = std::move(query)](HistoryReaders& readers) -> MetricRangePtr {
            return std::make_shared<MetricRange>(readers.metrics.frame(query));
        },
        std::move(done));
}

void StoreHistory::processesAt(std::int64_t atMs, std::function<void(ProcessSnapshot)> done)
{
    ask<ProcessSnapshot>(
        HistoryJob::Kind::Figures, [atMs](HistoryReaders& readers) { return readers.metrics.processesAt(atMs); },
        std::move(done));
}

} // namespace vigie
