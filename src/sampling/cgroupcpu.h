// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sampling/readings.h"
#include "sampling/cgroups.h"
#include "sampling/look.h"
#include "sampling/procfile.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vigie {

/// The processor time that a control group and those it lies in may use: a share of time (`cpu.max`, or `cpu.cfs_quota_us` and
/// its period) and certain cores (cpuset), whichever is less.
class CgroupCpu
{
public:
    /// Where time is counted is a hierarchy of its own in version 1.
    struct Places
    {
        CgroupPlace quota;
        CgroupPlace accounting;
        CgroupPlace cores;
    };

    CgroupCpu(const std::string& root, const Places& places);

    /// Where less is allowed than the machine's cores, returns how many, and makes `cpu.total` a share of those: of the time the
    /// group itself used where time is bounded, of what those cores did where cores are. The cores stay as they are.
    std::optional<double> narrow(const Look& look, CpuSample& cpu);

private:
    struct Times
    {
        quint64 total = 0; ///< ns, as the others
        quint64 user = 0;
        quint64 system = 0;
    };
    struct Level
    {
        Level(const std::string& folder, bool isUnified);

        ProcFile quota;
        ProcFile period;
        std::vector<std::unique_ptr<ProcFile>> times; ///< none: not counted
    };

    std::optional<double> quotaOf(Level& level) const;
    std::optional<Times> timesOf(Level& level) const;
    void readAllowedCores();
    std::size_t averageAllowed(const CpuSample& cpu, CpuUsage& usage) const;
    bool usageOf(Level& level, const Look& look, double cores, CpuUsage& usage);

    bool m_isUnified;
    std::vector<std::unique_ptr<Level>> m_levels;       ///< the innermost first
    std::vector<std::unique_ptr<ProcFile>> m_coreLists; ///< the first that can be read counts
    std::string m_coreText;
    std::vector<int> m_allowed;       ///< sorted; empty: all
    const Level* m_counted = nullptr; ///< whose times `m_before` are
    Times m_before;
    std::chrono::nanoseconds m_countedAt{};
};

} // namespace vigie
