// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/charts/reduction.h"

#include <QtGlobal>
#include <vector>

namespace vigie {

/// A quantity the charts show.
enum class Metric {
    CpuPercent,
    MemoryPercent,
    SwapPercent,
    DiskRead, ///< bytes per second, as those below
    DiskWrite,
    NetworkReceive,
    NetworkSend
};

inline constexpr std::size_t metricCount = 7;

/// Where charts get their points from: of the last hour, or of what is stored. Times are the source's own.
class TraceSource
{
public:
    virtual ~TraceSource() = default;

    /// The points of a quantity since `fromMs`, and the one before, so that a line enters at the edge.
    virtual std::vector<TracePoint> trace(Metric metric, qint64 fromMs) const = 0;
    /// Where the points are averages: between what they lay. Otherwise nothing.
    virtual std::vector<BandPoint> band(Metric metric, qint64 fromMs) const
    {
        Q_UNUSED(metric)
        Q_UNUSED(fromMs)
        return {};
    }
    virtual std::vector<TracePoint> coreTrace(int coreIndex, qint64 fromMs) const = 0;
    /// The cores there are, by the N of `cpuN`.
    virtual std::vector<int> cores() const = 0;
};

} // namespace vigie
