// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sampling/cpusource.h"
#include "sampling/disksource.h"
#include "sampling/memorysource.h"
#include "sampling/networksource.h"
#include "sampling/pressuresource.h"
#include "sampling/uptimesource.h"

#include <memory>
#include <optional>

namespace vigie::test {

struct Limits
{
    std::optional<quint64> memoryBytes;
    std::optional<double> cpuCores;
};

/// What a test makes up of a machine, in the words of the readers.
struct Sample
{
    qint64 timestampMs = 0;
    qint64 intervalMs = 0;
    std::optional<qint64> uptimeSeconds = {};
    std::optional<CpuSample> cpu = {};
    std::optional<MemorySample> memory = {};
    std::optional<DiskSample> disk = {};
    std::optional<NetworkSample> network = {};
    Limits limits = {};
    PressureSample pressure = {};
    std::optional<ProcessesSample> processes = {};
};

/// The frame that the sources would make of it. Frames of one shape share a catalogue, as they do at work.
inline FramePtr frameOf(const Sample& sample)
{
    static thread_local FrameBuilder builder;
    static thread_local CpuSource::CoreNames names;
    auto frame = std::make_shared<Frame>();
    frame->timestampMs = sample.timestampMs;
    frame->intervalMs = sample.intervalMs;
    frame->processes = sample.processes;
    builder.begin(*frame);
    UptimeSource::tell(sample.uptimeSeconds, builder);
    if (sample.cpu)
        CpuSource::tell(*sample.cpu, sample.limits.cpuCores, names, builder);
    if (sample.memory)
        MemorySource::tell(*sample.memory, sample.limits.memoryBytes, builder);
    if (sample.disk)
        DiskSource::tell(*sample.disk, builder);
    if (sample.network)
        NetworkSource::tell(*sample.network, builder);
    PressureSource::tell(sample.pressure, builder);
    builder.end();
    return frame;
}

/// The value of a series of a frame; NaN when there is none.
inline double valueIn(const Frame& frame, std::string_view name)
{
    return frame.catalogue ? frame.value(frame.catalogue->find(name)) : unknown;
}

inline bool hasSeries(const Frame& frame, std::string_view name)
{
    return frame.catalogue && frame.catalogue->find(name);
}

} // namespace vigie::test
