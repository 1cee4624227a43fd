// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/charts/storedtraces.h"

#include <algorithm>
#include <charconv>

namespace vigie {

namespace {

constexpr std::string_view corePrefix = "cpu.core.";

} // namespace

std::vector<std::string> StoredTraces::series()
{
    return {"cpu.usage", "cpu.core.*", "memory.used", "memory.total", "swap.used", "swap.total",
            "disk.read", "disk.write", "network.receive", "network.send"};
}

const MetricSeries* StoredTraces::find(const std::string& name) const
{
    const auto found = std::ranges::lower_bound(m_frame->series, name, {}, &MetricSeries::name);
    return found != m_frame->series.end() && found->name == name ? &*found : nullptr;
}

std::size_t StoredTraces::firstSince(qint64 fromMs) const
{
    const auto first = std::ranges::lower_bound(m_frame->times, fromMs) - m_frame->times.begin();
    return static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, first - 1));
}

StoredTraces::Part StoredTraces::partOf(Metric metric) const
{
    switch (metric) {
    case Metric::CpuPercent:
        return {find("cpu.usage"), nullptr};
    case Metric::MemoryPercent:
        return {find("memory.total") ? find("memory.used") : nullptr, find("memory.total")};
    case Metric::SwapPercent:
        return {find("swap.total") ? find("swap.used") : nullptr, find("swap.total")};
    case Metric::DiskRead:
        return {find("disk.read"), nullptr};
    case Metric::DiskWrite:
        return {find("disk.write"), nullptr};
    case Metric::NetworkReceive:
        return {find("network.receive"), nullptr};
    case Metric::NetworkSend:
        return {find("network.send"), nullptr};
    }
    return {};
}

std::vector<TracePoint> StoredTraces::traceOf(const Part& part, qint64 fromMs) const
{
    std::vector<TracePoint> trace;
    for (std::size_t i = firstSince(fromMs); part.series && i < m_frame->times.size(); ++i)
        trace.push_back({m_frame->times[i], part.series->average[i] * part.scale(i), false});
    return trace;
}

std::vector<TracePoint> StoredTraces::trace(Metric metric, qint64 fromMs) const
{
    return traceOf(partOf(metric), fromMs);
}

std::vector<BandPoint> StoredTraces::band(Metric metric, qint64 fromMs) const
{
    std::vector<BandPoint> band;
    const Part part = partOf(metric);
    for (std::size_t i = firstSince(fromMs); part.series && i < m_frame->times.size(); ++i)
        band.push_back({m_frame->times[i], part.series->low[i] * part.scale(i), part.series->high[i] * part.scale(i)});
    return band;
}

std::vector<TracePoint> StoredTraces::coreTrace(int coreIndex, qint64 fromMs) const
{
    return traceOf({find(std::string(corePrefix) + std::to_string(coreIndex)), nullptr}, fromMs);
}

std::vector<int> StoredTraces::cores() const
{
    std::vector<int> cores;
    for (const MetricSeries& series : m_frame->series) {
        int index = 0;
        const std::string_view name = series.name;
        if (name.starts_with(corePrefix)
            && std::from_chars(name.data() + corePrefix.size(), name.data() + name.size(), index).ec == std::errc())
            cores.push_back(index);
    }
    std::ranges::sort(cores);
    return cores;
}

} // namespace vigie
