// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sampling/readings.h"
#include "sampling/cgroups.h"
#include "sampling/procfile.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vigie {

/// The memory that a control group and those it lies in may use, from `memory.max` (kernel: admin-guide/cgroup-v2.rst) or
/// `memory.limit_in_bytes` (cgroup-v1/memory.rst). The smallest limit counts, with the use of the group that has it: what else
/// is in that group takes from the same.
class CgroupMemory
{
public:
    CgroupMemory(const std::string& root, const CgroupPlace& place);

    /// Where the limit is less than the machine's memory, makes `memory` that of the group, and returns the limit. Used is then
    /// what the group is charged with, less the page cache and slab that can be taken back.
    std::optional<quint64> narrow(MemorySample& memory);

    /// What the group can give back, from the text of `memory.stat`.
    static quint64 reclaimableIn(std::string_view stat, bool isUnified);

private:
    struct Level
    {
        Level(const std::string& folder, bool isUnified);

        ProcFile limit;
        ProcFile usage;
        ProcFile stat;
    };

    bool m_isUnified;
    std::vector<std::unique_ptr<Level>> m_levels; ///< the innermost first
};

} // namespace vigie
