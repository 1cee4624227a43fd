// SPDX-License-Identifier: GPL-3.0-or-later
#include "sampling/cpureader.h"

#include "sampling/textscan.h"

#include <algorithm>
#include <numeric>

namespace vigie {

namespace {

// Above CONFIG_NR_CPUS of any kernel; a larger number is garbage and must not size a table.
constexpr unsigned maxCores = 65536;

} // namespace

CpuReader::CpuReader(const std::string& root)
    : m_statFile(root + "/proc/stat"), m_loadFile(root + "/proc/loadavg"), m_frequency(root)
{
}

void CpuReader::read(const Look& look, std::optional<CpuSample>& out)
{
    const auto text = m_statFile.read();
    if (!out)
        out.emplace();
    if (!parseStat(text.value_or(std::string_view()), *out)) {
        out.reset();
        return;
    }
    m_frequency.read(look, out->cores);
    const auto load = m_loadFile.read();
    out->loadAverage = load ? parseLoadAverage(*load) : std::nullopt;
}

bool CpuReader::parseStat(std::string_view text, CpuSample& out)
{
    ++m_look;
    bool hasTotal = false;
    std::size_t count = 0;
    std::string_view line;
    while (takeLine(text, line)) {
        if (line.starts_with("intr"))
            break; // the cpu lines come first, and this one is very long
        if (!line.starts_with("cpu"))
            continue;
        const std::string_view name = takeWord(line);
        Ticks ticks{};
        if (!parseTicks(line, ticks))
            continue;
        if (name.size() == 3) {
            hasTotal = true;
            out.total = advance(m_total, ticks);
            continue;
        }
        unsigned index = 0;
        if (!toNumber(name.substr(3), index) || index >= maxCores)
            continue;
        if (index >= m_cores.size())
            m_cores.resize(index + 1);
        if (m_cores[index].lastLook == m_look)
            continue;
        if (count == out.cores.size())
            out.cores.emplace_back();
        CoreSample& core = out.cores[count++];
        core.index = static_cast<int>(index);
        core.usage = advance(m_cores[index], ticks);
    }
    out.cores.resize(count);
    return hasTotal;
}

bool CpuReader::parseTicks(std::string_view numbers, Ticks& ticks)
{
    // Kernels before 2.6.11 stop at softirq or earlier; idle is the last that every kernel has.
    for (int i = 0; i < TickCount; ++i) {
        const std::string_view word = takeWord(numbers);
        if (word.empty())
            return i > Idle;
        if (!toNumber(word, ticks[static_cast<std::size_t>(i)]))
            return false;
    }
    return true;
}

CpuUsage CpuReader::usageBetween(const Ticks& before, const Ticks& now)
{
    // Time spent working never runs backwards unless the counters were reset. The other three do:
    // idle and iowait are corrected by the kernel, steal by a hypervisor's migration (proc(5)).
    for (const Tick tick : {User, Nice, System, Irq, SoftIrq}) {
        if (now[tick] < before[tick])
            return {};
    }
    Ticks delta{};
    for (std::size_t i = 0; i < TickCount; ++i)
        delta[i] = counterDelta(before[i], now[i]);
    // As doubles, which no sum of counters overflows.
    std::array<double, TickCount> spent{};
    std::copy(delta.begin(), delta.end(), spent.begin());
    const double all = std::accumulate(spent.begin(), spent.end(), 0.0);
    if (all <= 0)
        return {};
    const auto share = [all](double part) { return 100.0 * std::min(part / all, 1.0); };
    const double user = spent[User] + spent[Nice];
    const double system = spent[System] + spent[Irq] + spent[SoftIrq];
    CpuUsage usage;
    usage.userPercent = share(user);
    usage.systemPercent = share(system);
    usage.iowaitPercent = share(spent[IoWait]);
    usage.stealPercent = share(spent[Steal]);
    usage.usagePercent = share(user + system + spent[Steal]); // a sum of shares may round to more than 100
    return usage;
}

CpuUsage CpuReader::advance(Baseline& baseline, const Ticks& now) const
{
    const bool comparable = baseline.lastLook != 0 && baseline.lastLook + 1 == m_look;
    const CpuUsage usage = comparable ? usageBetween(baseline.ticks, now) : CpuUsage{};
    baseline = {now, m_look};
    return usage;
}

std::optional<std::array<double, 3>> CpuReader::parseLoadAverage(std::string_view text)
{
    std::string_view line;
    std::array<double, 3> load{};
    if (!takeLine(text, line))
        return std::nullopt;
    for (double& average : load) {
        if (!takeNumber(line, average) || !(average >= 0))
            return std::nullopt;
    }
    return load;
}

} // namespace vigie
