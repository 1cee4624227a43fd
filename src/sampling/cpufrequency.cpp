// SPDX-License-Identifier: GPL-3.0-or-later
#include "sampling/cpufrequency.h"

#include "sampling/textscan.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace vigie {

namespace {

constexpr std::size_t maxCores = 65536;

/// The value of "key<blanks>: value", empty when the line has another key.
std::string_view valueOf(std::string_view line, std::string_view key)
{
    if (!line.starts_with(key))
        return {};
    line.remove_prefix(key.size());
    if (takeWord(line) != ":")
        return {};
    return takeWord(line);
}

} // namespace

CpuFrequency::CpuFrequency(const std::string& root)
    : m_cpuDirectory(root + "/sys/devices/system/cpu"), m_cpuInfo(root + "/proc/cpuinfo")
{
}

void CpuFrequency::read(const Look& look, std::vector<CoreSample>& cores)
{
    // A core plugged in is not kept waiting for its figure.
    if (!m_nextAt || look.at >= *m_nextAt || cores.size() != m_coreCount) {
        m_nextAt = look.at + period;
        m_coreCount = cores.size();
        std::fill(m_mhz.begin(), m_mhz.end(), 0.0);
        if (!readCpuFreq(cores) && !m_cpuInfoIsSilent) {
            const auto text = m_cpuInfo.read();
            m_cpuInfoIsSilent = !text || !parseCpuInfo(*text, m_mhz);
        }
    }
    for (CoreSample& core : cores) {
        const auto index = static_cast<std::size_t>(core.index);
        core.frequencyMHz = index < m_mhz.size() ? m_mhz[index] : 0;
    }
}

bool CpuFrequency::readCpuFreq(const std::vector<CoreSample>& cores)
{
    bool found = false;
    for (const CoreSample& core : cores) {
        std::array<char, 64> path{};
        std::array<char, 64> buffer{};
        std::snprintf(path.data(), path.size(), "cpu%d/cpufreq/scaling_cur_freq", core.index);
        std::string_view text = m_cpuDirectory.read(path.data(), buffer);
        std::string_view line;
        quint64 kHz = 0;
        if (!takeLine(text, line) || !takeNumber(line, kHz)) {
            if (!found && core.index == cores.front().index)
                return false; // no cpufreq on the first core: none on the others, do not ask them all
            continue;
        }
        const auto index = static_cast<std::size_t>(core.index);
        if (index >= m_mhz.size())
            m_mhz.resize(index + 1);
        m_mhz[index] = static_cast<double>(kHz) / 1000;
        found = true;
    }
    return found;
}

bool CpuFrequency::parseCpuInfo(std::string_view text, std::vector<double>& mhz)
{
    bool found = false;
    std::size_t index = maxCores;
    std::string_view line;
    while (takeLine(text, line)) {
        if (const auto number = valueOf(line, "processor"); !number.empty()) {
            if (!toNumber(number, index))
                index = maxCores;
        } else if (const auto figure = valueOf(line, "cpu MHz"); !figure.empty() && index < maxCores) {
            double value = 0;
            if (!toNumber(figure, value) || !(value > 0))
                continue;
            if (index >= mhz.size())
                mhz.resize(index + 1);
            mhz[index] = value;
            found = true;
        }
    }
    return found;
}

} // namespace vigie
