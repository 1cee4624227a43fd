// SPDX-License-Identifier: GPL-3.0-or-later
#include "sampling/memorysource.h"

namespace vigie {

namespace {

constexpr SeriesKind total = storedBytes("memory.total", "Memory");
constexpr SeriesKind used = storedBytes("memory.used", "Memory in use");
constexpr SeriesKind unused = storedBytes("memory.free", "Memory that nothing is in");
constexpr SeriesKind cached = storedBytes("memory.cached", "Memory that caches files");
constexpr SeriesKind buffers = storedBytes("memory.buffers", "Memory that buffers disks");
constexpr SeriesKind available{"memory.available", Unit::Bytes, "Memory that programs can still get"};
constexpr SeriesKind swapTotal = storedBytes("swap.total", "Swap");
constexpr SeriesKind swapUsed = storedBytes("swap.used", "Swap in use");
constexpr SeriesKind allowed{"limits.memory", Unit::Bytes, "Memory that Vigie's control group allows"};

} // namespace

void MemorySource::look(const Look&, FrameBuilder& out)
{
    std::optional<MemorySample> memory;
    m_reader.read(memory);
    if (!memory)
        return;
    const std::optional<quint64> allowedBytes = m_cgroup.narrow(*memory);
    tell(*memory, allowedBytes, out);
}

void MemorySource::tell(const MemorySample& memory, std::optional<quint64> allowedBytes, FrameBuilder& out)
{
    const auto bytes = [](quint64 value) { return static_cast<double>(value); };
    out.add(total, bytes(memory.totalBytes));
    out.add(used, bytes(memory.usedBytes));
    out.add(unused, bytes(memory.freeBytes));
    out.add(cached, bytes(memory.cachedBytes));
    out.add(buffers, bytes(memory.buffersBytes));
    out.add(available, bytes(memory.availableBytes));
    out.add(swapTotal, bytes(memory.swapTotalBytes));
    out.add(swapUsed, bytes(memory.swapUsedBytes));
    if (allowedBytes)
        out.add(allowed, bytes(*allowedBytes));
}

} // namespace vigie
