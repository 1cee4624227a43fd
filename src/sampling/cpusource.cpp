// SPDX-License-Identifier: GPL-3.0-or-later
#include "sampling/cpusource.h"

namespace vigie {

namespace {

constexpr SeriesKind livePercent(std::string_view name, std::string_view words)
{
    return {name, Unit::Percent, words, std::nullopt, 0, 100};
}

constexpr SeriesKind load(std::string_view name, std::string_view words)
{
    return {name, Unit::Count, words, Quantum::Hundredth};
}

constexpr SeriesKind usage = storedPercent("cpu.usage", "CPU in use");
constexpr SeriesKind user = storedPercent("cpu.user", "CPU used by programs");
constexpr SeriesKind system = storedPercent("cpu.system", "CPU used by the kernel");
constexpr SeriesKind iowait = storedPercent("cpu.iowait", "CPU idle while disks are waited for");
constexpr SeriesKind steal = storedPercent("cpu.steal", "CPU taken by the hypervisor");
constexpr SeriesKind coreUsage = storedPercent("cpu.core.*", "Core %1 in use");
constexpr SeriesKind coreUser = livePercent("cpu.core.*.user", "Core %1 used by programs");
constexpr SeriesKind coreSystem = livePercent("cpu.core.*.system", "Core %1 used by the kernel");
constexpr SeriesKind coreIowait = livePercent("cpu.core.*.iowait", "Core %1 idle while disks are waited for");
constexpr SeriesKind coreSteal = livePercent("cpu.core.*.steal", "Core %1 taken by the hypervisor");
constexpr SeriesKind frequency{"cpu.core.*.frequency", Unit::Megahertz, "Clock of core %1"};
constexpr SeriesKind allowed{"limits.cpu", Unit::Cores, "Cores that Vigie's control group allows"};
constexpr SeriesKind loads[] = {load("load.1", "Load average of 1 minute"), load("load.5", "Load average of 5 minutes"),
                                load("load.15", "Load average of 15 minutes")};

} // namespace

const QString& CpuSource::CoreNames::of(int core)
{
    const auto index = static_cast<std::size_t>(core);
    if (index >= m_names.size())
        m_names.resize(index + 1);
    if (m_names[index].isNull())
        m_names[index] = QString::number(core);
    return m_names[index];
}

void CpuSource::look(const Look& look, FrameBuilder& out)
{
    m_reader.read(look, m_cpu);
    if (!m_cpu)
        return;
    const std::optional<double> allowedCores = m_cgroup.narrow(look, *m_cpu);
    tell(*m_cpu, allowedCores, m_names, out);
}

void CpuSource::tell(const CpuSample& cpu, std::optional<double> allowedCores, CoreNames& names, FrameBuilder& out)
{
    out.add(usage, cpu.total.usagePercent);
    out.add(user, cpu.total.userPercent);
    out.add(system, cpu.total.systemPercent);
    out.add(iowait, cpu.total.iowaitPercent);
    out.add(steal, cpu.total.stealPercent);
    for (const CoreSample& core : cpu.cores) {
        const QString& name = names.of(core.index);
        out.add(coreUsage, name, core.usage.usagePercent);
        out.add(coreUser, name, core.usage.userPercent);
        out.add(coreSystem, name, core.usage.systemPercent);
        out.add(coreIowait, name, core.usage.iowaitPercent);
        out.add(coreSteal, name, core.usage.stealPercent);
        out.add(frequency, name, core.frequencyMHz > 0 ? core.frequencyMHz : unknown);
    }
    for (std::size_t i = 0; cpu.loadAverage && i < std::size(loads); ++i)
        out.add(loads[i], (*cpu.loadAverage)[i]);
    if (allowedCores)
        out.add(allowed, *allowedCores);
}

} // namespace vigie
