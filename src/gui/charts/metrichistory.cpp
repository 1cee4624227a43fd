// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/charts/metrichistory.h"

#include "gui/charts/storedtraces.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace vigie {

namespace {

constexpr qint64 smallestGapMs = 2000;
constexpr qint64 storedIntervalMs = 1000;

/// What is read of a frame; the names in the same order.
enum Figure { CpuUsage, MemoryUsed, MemoryTotal, SwapUsed, SwapTotal, DiskRead, DiskWrite, Receive, Send };
const std::vector<std::string_view> figureNames = {"cpu.usage",  "memory.used", "memory.total",
                                                   "swap.used",  "swap.total",  "disk.read",
                                                   "disk.write", "network.receive", "network.send"};

double percentOf(double part, double whole)
{
    return whole > 0 ? 100 * part / whole : unknown;
}

} // namespace

MetricHistory::MetricHistory() : m_series(figureNames) {}

void MetricHistory::followCores(const Catalogue* catalogue)
{
    m_cores.clear();
    if (!catalogue)
        return;
    for (const std::size_t index : catalogue->ofKind("cpu.core.*"))
        m_cores.emplace_back(catalogue->series()[index].instance.toInt(), index);
}

void MetricHistory::add(const Frame& frame)
{
    if (m_series.read(frame))
        followCores(frame.catalogue.get());
    Point point;
    if (!m_points.empty()) {
        const qint64 wall = frame.timestampMs - m_lastWallMs;
        const qint64 interval = frame.intervalMs > 0 ? frame.intervalMs : std::max<qint64>(wall, 1);
        const qint64 usual = m_lastIntervalMs > 0 ? std::min(interval, m_lastIntervalMs) : interval;
        const qint64 slept = wall > interval + smallestGapMs ? wall : interval;
        point.timeMs = m_points.back().timeMs + slept;
        point.afterGap = slept > std::max(3 * usual, smallestGapMs);
        m_lastIntervalMs = interval;
    } else {
        point.timeMs = frame.timestampMs; // so that stored points fit before it
    }
    m_lastWallMs = frame.timestampMs;

    point.values.fill(unknown);
    const auto set = [&](Metric metric, double value) {
        point.values[static_cast<std::size_t>(metric)] = value;
    };
    // Rates are told of an interval: the first frame has none.
    const bool hasRates = frame.intervalMs > 0;
    set(Metric::MemoryPercent, percentOf(m_series.value(MemoryUsed), m_series.value(MemoryTotal)));
    set(Metric::SwapPercent, percentOf(m_series.value(SwapUsed), m_series.value(SwapTotal)));
    if (hasRates) {
        set(Metric::CpuPercent, m_series.value(CpuUsage));
        set(Metric::DiskRead, m_series.value(DiskRead));
        set(Metric::DiskWrite, m_series.value(DiskWrite));
        set(Metric::NetworkReceive, m_series.value(Receive));
        set(Metric::NetworkSend, m_series.value(Send));
        point.cores.reserve(m_cores.size());
        for (const auto& [core, index] : m_cores)
            point.cores.push_back({core, static_cast<float>(frame.values[index])});
    }
    m_points.push(std::move(point));
}

void MetricHistory::addStored(const MetricRange& frame)
{
    const RingBuffer<Point> live = std::exchange(m_points, RingBuffer<Point>(capacity));
    const qint64 until = live.empty() ? std::numeric_limits<qint64>::max() : live.front().timeMs;
    const StoredTraces stored(std::make_shared<MetricRange>(frame));
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

bool MetricHistory::reaches(qint64 timeMs) const
{
    // With a full ring, its oldest point decides: looks may have been taken at other intervals.
    const bool isFull = m_points.size() == capacity;
    return timeMs >= newestMs() - reachMs && (!isFull || timeMs >= m_points.front().timeMs - smallestGapMs);
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
