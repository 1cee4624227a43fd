// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/processes.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace vigie {

/// A query for stored metrics.
struct MetricQuery
{
    std::string appId; ///< of which application; empty: of the machine
    std::int64_t fromMs = 0; ///< wall clock, ms since the epoch, inclusive
    std::int64_t toMs = 0;
    int points = 300; ///< at most `points` + 1 points, not counting gap markers; fewer if there are very many series
    /// Names of series, or prefixes that end in `*`; empty: all.
    std::vector<std::string> series = {};
};

/// One series of a MetricRange. Each list is as long as the frame's `times`. NaN: unknown.
struct MetricSeries
{
    std::string name;
    std::vector<double> low;
    std::vector<double> average;
    std::vector<double> high;
};

/// The answer to MetricQuery, reduced to the requested number of points.
struct MetricRange
{
    std::int64_t stepMs = 0; ///< the duration that one point stands for
    /// The time of each point, ascending. A point where every series is unknown marks a gap.
    std::vector<std::int64_t> times;
    std::vector<MetricSeries> series; ///< by name
};

using MetricRangePtr = std::shared_ptr<const MetricRange>;

/// The processes that used the most at one moment.
struct ProcessSnapshot
{
    std::int64_t timestampMs = 0; ///< when they were sampled; 0: nothing is stored near the requested moment
    ProcessesSample processes;
};

/// Read access to stored metrics. Results arrive on the caller's thread, from its event loop. A caller that may be destroyed
/// first guards its callback.
class MetricArchive
{
public:
    virtual ~MetricArchive() = default;

    virtual void metrics(MetricQuery query, std::function<void(MetricRangePtr)> done) = 0;
    /// The processes of the last sample before `atMs`, at most a minute earlier.
    virtual void processesAt(std::int64_t atMs, std::function<void(ProcessSnapshot)> done) = 0;
};

} // namespace vigie
