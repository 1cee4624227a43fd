// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history.h"
#include "core/metricarchive.h"
#include "storage/database/historyjob.h"

#include <QObject>
#include <array>
#include <deque>
#include <unordered_map>

namespace vigie {

/// Access to stored data from the thread this object lives on. Queries leave by a signal, answers arrive at a slot, and callbacks
/// run from the event loop. Callbacks never leave the thread; pending ones are dropped with this object.
///
/// At most `maxOnTheirWay` queries of each kind are in flight and the rest are queued here. Answers are large, and must not pile
/// up where no limit counts them.
class StoreHistory : public QObject, public History, public MetricArchive
{
    Q_OBJECT

public:
    static constexpr int maxOnTheirWay = 4; ///< of one kind

    using QObject::QObject;

    void query(HistoryQuery query, std::function<void(HistoryPage)> done) override;
    void replay(std::string appId, std::uint64_t afterSequence, std::size_t maxBytes,
                std::function<void(ReplayPage)> done) override;
    void find(std::string appId, std::string id,
              std::function<void(std::optional<std::uint64_t>)> done) override;
    void counts(LogCountsQuery query, std::function<void(LogCounts)> done) override;
    void metrics(MetricQuery query, std::function<void(MetricRangePtr)> done) override;
    void processesAt(std::int64_t atMs, std::function<void(ProcessSnapshot)> done) override;

public Q_SLOTS:
    /// Ignores answers to other objects' queries.
    void deliver(const vigie::HistoryAnswer& answer);

Q_SIGNALS:
    void asked(vigie::HistoryJob job);
    void askedForMetrics(vigie::HistoryJob job);

private:
    struct Waiting
    {
        HistoryJob::Kind kind;
        std::function<void(const std::any&)> tell;
    };
    /// The queries of one kind.
    struct Line
    {
        int onTheirWay = 0;
        std::deque<HistoryJob> next;
    };

    template <typename Answer>
    void ask(HistoryJob::Kind kind, std::function<Answer(HistoryReaders&)> ask, std::function<void(Answer)> done);
    void send(const HistoryJob& job);
    Line& lineOf(HistoryJob::Kind kind) { return m_lines[std::size_t(kind)]; }

    std::unordered_map<std::uint64_t, Waiting> m_waiting;
    std::array<Line, 3> m_lines; // by kind
};

} // namespace vigie
