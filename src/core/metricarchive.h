// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/processes.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace vigie {

/// Which stored figures are asked for.
struct MetricQuery
{
    std::string appId; ///< whose figures; empty: the machine's
    std::int64_t fromMs = 0; ///< wall clock, ms since the epoch, both ends included
    std::int64_t toMs = 0;
    int points = 300; ///< at most so many moments and one, besides those that mark gaps; fewer of very many series
    /// Names of series, or beginnings of names with a `*` at the end; empty: all there are.
    std::vector<std::string> series = {};
};

/// One series of an answer; each list is as long as the answer's times. NaN: not known.
struct MetricSeries
{
    std::string name;
    std::vector<double> low;
    std::vector<double> average;
    std::vector<double> high;
};

/// Stored figures, reduced to the points asked for.
struct MetricFrame
{
    std::int64_t stepMs = 0; ///< the length of time that one point stands for
    /// The points' moments, ascending. One at which every series is unknown stands for a gap.
    std::vector<std::int64_t> times;
    std::vector<MetricSeries> series; ///< by name
};

using MetricFramePtr = std::shared_ptr<const MetricFrame>;

/// The processes that used most at one moment.
struct ProcessMoment
{
    std::int64_t timestampMs = 0; ///< of the look they are from; 0: none is stored near the moment
    ProcessesSample processes;
};

/// Read access to stored figures. Answers come on the caller's thread from its event loop; a caller that may go away
/// first guards its callback.
class MetricArchive
{
public:
    virtual ~MetricArchive() = default;

    virtual void metrics(MetricQuery query, std::function<void(MetricFramePtr)> done) = 0;
    /// Those of the last look before `atMs`, if it was not more than a minute before.
    virtual void processesAt(std::int64_t atMs, std::function<void(ProcessMoment)> done) = 0;
};

} // namespace vigie
