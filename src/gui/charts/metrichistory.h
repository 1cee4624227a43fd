// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metricarchive.h"
#include "core/ringbuffer.h"
#include "figures/figurereader.h"
#include "gui/charts/tracesource.h"

#include <array>
#include <vector>

namespace vigie {

/// The last hour of what the charts show, one point a sample. GUI thread.
///
/// Time here runs with the machine's monotonic clock, so that setting the wall clock back bends no chart;
/// a leap of the wall clock that the monotonic one did not make (a suspend) is a gap.
class MetricHistory : public TraceSource
{
public:
    MetricHistory();

    static constexpr std::size_t capacity = 3600;
    static constexpr qint64 reachMs = 3'600'000;

    void add(const Frame& frame);

    /// Puts stored seconds before what was added; once, soon after the start.
    void addStored(const MetricRange& frame);

    bool isEmpty() const { return m_points.empty(); }
    /// The time of the newest point, on this history's own clock.
    qint64 newestMs() const { return m_points.empty() ? 0 : m_points.back().timeMs; }

    /// The wall clock's time at a moment of this history, as it runs now.
    qint64 wallMs(qint64 timeMs) const { return timeMs + m_lastWallMs - newestMs(); }

    /// The other way round.
    qint64 timeAt(qint64 wallMs) const { return wallMs - m_lastWallMs + newestMs(); }
    /// Whether points from here on (this history's clock) are held as long as there were any, in the last hour.
    bool reaches(qint64 timeMs) const;

    std::vector<TracePoint> trace(Metric metric, qint64 fromMs) const override;
    std::vector<TracePoint> coreTrace(int coreIndex, qint64 fromMs) const override;
    /// Those of the newest sample.
    std::vector<int> cores() const override;

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

    void followCores(const Catalogue* catalogue);

    FigureReader m_series;
    std::vector<std::pair<int, std::size_t>> m_cores; ///< core number, index in the catalogue last seen
    RingBuffer<Point> m_points{capacity};
    qint64 m_lastWallMs = 0;
    qint64 m_lastIntervalMs = 0;
};

} // namespace vigie
