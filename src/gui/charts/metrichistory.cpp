// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/charts/metrichistory.h"

#include "gui/charts/storedtraces.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace vigie {

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
constexpr qint64 smallestGapMs = 2000;
constexpr qint64 storedIntervalMs = 1000;

double percentOf(quint64 part, quint64 whole)
{
    return whole > 0 ? 100.0 * static_cast<double>(part) / static_cast<double>(whole) : unknown;
}

} // namespace

void MetricHistory::add(const Sample& sample)
{
    Point point;
    if (!m_points.empty()) {
        const qint64 wall = sample.timestampMs - m_lastWallMs;
        const qint64 interval = sample.intervalMs > 0 ? sample.intervalMs : std::max<qint64>(wall, 1);
        const qint64 usual = m_lastIntervalMs > 0 ? std::min(interval, m_lastIntervalMs) : interval;
        const qint64 slept = wall > interval + smallestGapMs ? wall : interval;
        point.timeMs = m_points.back().timeMs + slept;
        point.afterGap = slept > std::max(3 * usual, smallestGapMs);
        m_lastIntervalMs = interval;
    } else {
        point.timeMs = sample.timestampMs; // so that stored points fit before it
    }
    m_lastWallMs = sample.timestampMs;

    point.values.fill(unknown);
    const auto set = [&](Metric metric, double value) {
        point.values[static_cast<std::size_t>(metric)] = value;
    };
    // Rates are told of an interval: the first sample has none.
    const bool hasRates = sample.intervalMs > 0;
    if (sample.cpu && hasRates) {
        set(Metric::CpuPercent, sample.cpu->total.usagePercent);
        point.cores.reserve(sample.cpu->cores.size());
        for (const CoreSample& core : sample.cpu->cores)
            point.cores.push_back({core.index, static_cast<float>(core.usage.usagePercent)});
    }
    if (sample.memory) {
        set(Metric::MemoryPercent, percentOf(sample.memory->usedBytes, sample.memory->totalBytes));
        set(Metric::SwapPercent, percentOf(sample.memory->swapUsedBytes, sample.memory->swapTotalBytes));
    }
    if (sample.disk && hasRates) {
        set(Metric::DiskRead, sample.disk->readBytesPerSecond);
        set(Metric::DiskWrite, sample.disk->writeBytesPerSecond);
    }
    if (sample.network && hasRates) {
        set(Metric::NetworkReceive, sample.network->receiveBytesPerSecond);
        set(Metric::NetworkSend, sample.network->sendBytesPerSecond);
    }
    m_points.push(std::move(point));
}

void MetricHistory::addStored(const MetricFrame& frame)
{
    const RingBuffer<Point> live = std::exchange(m_points, RingBuffer<Point>(capacity));
    const qint64 until = live.empty() ? std::numeric_limits<qint64>::max() : live.front().timeMs;
    const StoredTraces stored(std::make_shared<MetricFrame>(frame));
    std::array<std::vector<TracePoint>, metricCount> traces;
    for (std::size_t i = 0; i < metricCount; ++i)
        traces[i] = stored.trace(static_cast<Metric>(i), 0);
    std::vector<std::pair<int, std::vector<TracePoint>>> cores;
    for (const int core : stored.cores())
        cores.emplace_back(core, stored.coreTrace(core, 0));
    const auto valueAt = [](const std::vector<TracePoint>& trace, qint64 timeMs) {
        const auto point = std::ranges::lower_bound(trace, timeMs, {}, &TracePoint::timeMs);
        return point != trace.end() && point->timeMs == timeMs ? point->value : unknown;
    };
    for (const qint64 timeMs : frame.times) {
        if (timeMs >= until)
            break;
        Point point;
        point.timeMs = timeMs;
        point.afterGap = !m_points.empty() && timeMs - m_points.back().timeMs > 3 * smallestGapMs / 2;
        for (std::size_t i = 0; i < metricCount; ++i)
            point.values[i] = valueAt(traces[i], timeMs);
        for (const auto& [core, trace] : cores) {
            if (const double value = valueAt(trace, timeMs); !std::isnan(value))
                point.cores.push_back({core, static_cast<float>(value)});
        }
        m_points.push(std::move(point));
    }
    // The first live one goes on from the last stored, as from one of its own.
    if (live.empty() && !m_points.empty()) {
        m_lastWallMs = m_points.back().timeMs;
        m_lastIntervalMs = storedIntervalMs;
    }
    for (std::size_t i = 0; i < live.size(); ++i) {
        Point point = live[i];
        point.afterGap = point.afterGap
            || (i == 0 && !m_points.empty() && point.timeMs - m_points.back().timeMs > 3 * smallestGapMs / 2);
        m_points.push(std::move(point));
    }
}

std::size_t MetricHistory::firstSince(qint64 fromMs) const
{
    std::size_t low = 0;
    std::size_t high = m_points.size();
    while (low < high) {
        const std::size_t middle = (low + high) / 2;
        if (m_points[middle].timeMs < fromMs)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 ? low - 1 : 0;
}

std::vector<TracePoint> MetricHistory::trace(Metric metric, qint64 fromMs) const
{
    std::vector<TracePoint> trace;
    const std::size_t first = firstSince(fromMs);
    trace.reserve(m_points.size() - first);
    for (std::size_t i = first; i < m_points.size(); ++i) {
        const Point& point = m_points[i];
        trace.push_back({point.timeMs, point.values[static_cast<std::size_t>(metric)], point.afterGap});
    }
    return trace;
}

std::vector<TracePoint> MetricHistory::coreTrace(int coreIndex, qint64 fromMs) const
{
    std::vector<TracePoint> trace;
    const std::size_t first = firstSince(fromMs);
    trace.reserve(m_points.size() - first);
    for (std::size_t i = first; i < m_points.size(); ++i) {
        const Point& point = m_points[i];
        const auto core = std::ranges::find(point.cores, coreIndex, &Core::index);
        trace.push_back(
            {point.timeMs, core != point.cores.end() ? core->usagePercent : unknown, point.afterGap});
    }
    return trace;
}

std::vector<int> MetricHistory::cores() const
{
    std::vector<int> indexes;
    if (!m_points.empty()) {
        for (const Core& core : m_points.back().cores)
            indexes.push_back(core.index);
    }
    return indexes;
}

} // namespace vigie
