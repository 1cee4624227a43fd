// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sampling/readings.h"
#include "sampling/cgroupcpu.h"
#include "sampling/cgroupmemory.h"
#include "sampling/look.h"
#include "sampling/procfile.h"

#include <optional>
#include <string>

namespace vigie {

/// What the control groups (cgroups(7), version 1 and 2) allow the container or slice that Vigie runs in. Where the groups are is
/// looked at anew when Vigie has been put into another one.
class CgroupReader
{
public:
    explicit CgroupReader(const std::string& root);

    /// Where less memory is allowed than the machine has, makes `memory` that of the group, and returns the limit.
    std::optional<quint64> narrow(MemorySample& memory);
    /// Where less is allowed than the machine's cores, makes `cpu.total` a share of what is, and returns how many cores that is.
    std::optional<double> narrow(const Look& look, CpuSample& cpu);

private:
    bool findGroups();

    std::string m_root;
    ProcFile m_file;
    ProcFile m_mounts;
    std::string m_text; ///< of `m_file`, when the groups were looked for
    std::optional<CgroupMemory> m_memory;
    std::optional<CgroupCpu> m_cpu;
};

} // namespace vigie
