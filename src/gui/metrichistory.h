// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ringbuffer.h"
#include "core/sample.h"
#include "gui/reduction.h"

#include <array>
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

/// The last hour of what the charts show, one point a sample. GUI thread.
///
/// Time here runs with the machine's monotonic clock, so that setting the wall clock back bends no chart;
/// a leap of the wall clock that the monotonic one did not make (a suspend) is a gap.
class MetricHistory
{
public:
    static constexpr std::size_t capacity = 3600;

    void add(const Sample& sample);

    bool isEmpty() const { return m_points.empty(); }
    /// The time of the newest point, on this history's own clock.
    qint64 newestMs() const { return m_points.empty() ? 0 : m_points.back().timeMs; }

    /// The points of a quantity since `fromMs`, and the one before, so that a line enters at the edge.
    std::vector<TracePoint> trace(Metric metric, qint64 fromMs) const;
    std::vector<TracePoint> coreTrace(int coreIndex, qint64 fromMs) const;
    /// The cores of the newest sample, by the N of `cpuN`.
    std::vector<int> cores() const;

private:
    struct Core
    {
        int index = 0;
        float usagePercent = 0;
    };
    struct Point
    {
        qint64 timeMs = 0;
        bool afterGap = false;
        std::array<double, metricCount> values;
        std::vector<Core> cores;
    };

    std::size_t firstSince(qint64 fromMs) const;

    RingBuffer<Point> m_points{capacity};
    qint64 m_lastWallMs = 0;
    qint64 m_lastIntervalMs = 0;
};

} // namespace vigie
