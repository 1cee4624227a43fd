// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sampling/readings.h"
#include "sampling/look.h"
#include "sampling/procfile.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vigie {

/// The clock of each core, from cpufreq's `scaling_cur_freq` (kernel: admin-guide/pm/cpufreq.rst) or,
/// where there is no cpufreq, from the "cpu MHz" lines of `/proc/cpuinfo`.
///
/// It asks every five seconds and gives the same answer in between: it is one file a core, or one
/// long text, and on some kernels each question interrupts the core it is about.
class CpuFrequency
{
public:
    static constexpr std::chrono::seconds period{5};

    explicit CpuFrequency(const std::string& root);

    /// Writes `frequencyMHz` of the cores given, 0 where unknown.
    void read(const Look& look, std::vector<CoreSample>& cores);

    /// Puts the "cpu MHz" of each "processor" of `/proc/cpuinfo` into `mhz`, by core number; false when
    /// there is none (as on arm).
    static bool parseCpuInfo(std::string_view text, std::vector<double>& mhz);

private:
    bool readCpuFreq(const std::vector<CoreSample>& cores);

    ProcDirectory m_cpuDirectory;
    ProcFile m_cpuInfo;
    bool m_cpuInfoIsSilent = false;
    std::optional<std::chrono::nanoseconds> m_nextAt;
    std::size_t m_coreCount = 0;
    std::vector<double> m_mhz; // by core number
};

} // namespace vigie
