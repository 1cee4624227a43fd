// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history.h"
#include "core/metricarchive.h"

#include <functional>
#include <memory>
#include <stop_token>
#include <utility>
#include <vector>

/// A store that answers only when the test says so, always with nothing.
class ManualArchive : public vigie::History, public vigie::MetricArchive
{
public:
    void query(vigie::HistoryQuery query, std::function<void(vigie::HistoryPage)> done) override
    {
        stops.push_back(query.stop);
        asked.push_back(query);
        keep(std::move(done));
    }
    void replay(std::string, std::uint64_t, std::size_t, std::function<void(vigie::ReplayPage)> done) override { done({}); }
    void find(std::string, std::string, std::function<void(std::optional<std::uint64_t>)> done) override { done({}); }
    void counts(vigie::LogCountsQuery query, std::function<void(vigie::LogCounts)> done) override
    {
        stops.push_back(query.stop);
        keep(std::move(done));
    }
    void metrics(vigie::MetricQuery, std::function<void(vigie::MetricRangePtr)> done) override
    {
        waiting.push_back([done = std::move(done)] { done(std::make_shared<const vigie::MetricRange>()); });
    }
    void processesAt(std::int64_t, std::function<void(vigie::ProcessSnapshot)> done) override { keep(std::move(done)); }

    void answerAll()
    {
        for (const auto& answer : std::exchange(waiting, {}))
            answer();
    }

    std::vector<std::function<void()>> waiting;
    std::vector<std::stop_token> stops; // of searches
    std::vector<vigie::HistoryQuery> asked;

private:
    template <typename Answer>
    void keep(std::function<void(Answer)> done)
    {
        waiting.push_back([done = std::move(done)] { done(Answer{}); });
    }
};
