// SPDX-License-Identifier: GPL-3.0-or-later
#include "sampling/pressuresource.h"

namespace vigie {

namespace {

constexpr SeriesKind share(std::string_view name, std::string_view words)
{
    return {name, Unit::Percent, words, Quantum::Hundredth, 0, 100};
}

constexpr SeriesKind cpuSome = share("pressure.cpu.some", "Time in which some tasks waited for a CPU");
constexpr SeriesKind cpuFull = share("pressure.cpu.full", "Time in which all tasks waited for a CPU");
constexpr SeriesKind memorySome = share("pressure.memory.some", "Time in which some tasks waited for memory");
constexpr SeriesKind memoryFull = share("pressure.memory.full", "Time in which all tasks waited for memory");
constexpr SeriesKind ioSome = share("pressure.io.some", "Time in which some tasks waited for disks");
constexpr SeriesKind ioFull = share("pressure.io.full", "Time in which all tasks waited for disks");

void add(const SeriesKind& some, const SeriesKind& full, const std::optional<PressureShare>& share, FrameBuilder& out)
{
    if (!share)
        return;
    out.add(some, share->somePercent);
    out.add(full, share->fullPercent);
}

} // namespace

void PressureSource::look(const Look&, FrameBuilder& out)
{
    PressureSample pressure;
    m_reader.read(pressure);
    tell(pressure, out);
}

void PressureSource::tell(const PressureSample& pressure, FrameBuilder& out)
{
    add(cpuSome, cpuFull, pressure.cpu, out);
    add(memorySome, memoryFull, pressure.memory, out);
    add(ioSome, ioFull, pressure.io, out);
}

} // namespace vigie
