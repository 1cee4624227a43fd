// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sampling/readings.h"
#include "sampling/cpufrequency.h"
#include "sampling/look.h"
#include "sampling/procfile.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vigie {

/// Shares of processor time, from the tick counters of `/proc/stat` (proc(5)), and load averages from
/// `/proc/loadavg`.
///
/// `user` already contains guest time and `nice` guest_nice, so those two columns are left alone. Time
/// stolen by the hypervisor counts as use: it was not free to run anything here. Waiting for I/O does
/// not. The kernel lists only cores that are online; a core that comes back starts from 0 %.
class CpuReader
{
public:
    explicit CpuReader(const std::string& root);

    /// Fills `out`, or resets it when `/proc/stat` is absent or has no total.
    void read(const Look& look, std::optional<CpuSample>& out);

    /// Fills usage from the text of `/proc/stat`; false when it has no valid total line. Lines that
    /// make no sense are skipped. Compares with the text given before.
    bool parseStat(std::string_view text, CpuSample& out);

    /// The three numbers that start `/proc/loadavg`.
    static std::optional<std::array<double, 3>> parseLoadAverage(std::string_view text);

private:
    enum Tick { User, Nice, System, Idle, IoWait, Irq, SoftIrq, Steal, TickCount };
    using Ticks = std::array<quint64, TickCount>;
    struct Baseline
    {
        Ticks ticks{};
        quint64 lastLook = 0;
    };

    static bool parseTicks(std::string_view numbers, Ticks& ticks);
    static CpuUsage usageBetween(const Ticks& before, const Ticks& now);
    CpuUsage advance(Baseline& baseline, const Ticks& now) const;

    ProcFile m_statFile;
    ProcFile m_loadFile;
    CpuFrequency m_frequency;
    quint64 m_look = 1; // so that lastLook 0 is never "the look before"
    Baseline m_total;
    std::vector<Baseline> m_cores; // by core number
};

} // namespace vigie
