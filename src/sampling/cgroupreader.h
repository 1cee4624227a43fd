// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sample.h"
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

    /// To be called when `sample` has the machine's processors and memory: where less is allowed, they become what is allowed,
    /// and the sample's limits say so.
    void read(const Look& look, Sample& sample);

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
