// SPDX-License-Identifier: GPL-3.0-or-later
#include "sampling/cgroupcpu.h"

#include "sampling/textscan.h"

#include <algorithm>

namespace vigie {

namespace {

std::unique_ptr<ProcFile> file(const std::string& path)
{
    return std::make_unique<ProcFile>(path);
}

std::string_view firstLine(ProcFile& source)
{
    std::string_view text = source.read().value_or(std::string_view());
    std::string_view line;
    return takeLine(text, line) ? line : std::string_view();
}

/// `folder` seen from the outermost that is known.
std::string_view relative(const CgroupPlace& place, const std::string& folder)
{
    return std::string_view(folder).substr(place.folders.back().size());
}

} // namespace

CgroupCpu::Level::Level(const std::string& folder, bool isUnified)
    : quota(folder + (isUnified ? "/cpu.max" : "/cpu.cfs_quota_us")), period(folder + "/cpu.cfs_period_us")
{
    if (isUnified)
        times.push_back(file(folder + "/cpu.stat"));
}

CgroupCpu::CgroupCpu(const std::string& root, const Places& places) : m_isUnified(places.quota.isUnified)
{
    for (const std::string& folder : places.quota.folders) {
        auto level = std::make_unique<Level>(root + folder, m_isUnified);
        for (const std::string& other : places.accounting.folders) {
            const bool isSame = relative(places.accounting, other) == relative(places.quota, folder);
            if (m_isUnified || places.accounting.isUnified || !isSame)
                continue;
            for (const auto* name : {"/cpuacct.usage", "/cpuacct.usage_user", "/cpuacct.usage_sys"})
                level->times.push_back(file(root + other + name));
        }
        m_levels.push_back(std::move(level));
    }
    for (const std::string& folder : places.cores.folders)
        m_coreLists.push_back(
            file(root + folder + (places.cores.isUnified ? "/cpuset.cpus.effective" : "/cpuset.effective_cpus")));
}

std::optional<double> CgroupCpu::narrow(const Look& look, CpuSample& cpu)
{
    const auto all = static_cast<double>(cpu.cores.size());
    double smallest = all;
    Level* tightest = nullptr;
    for (const auto& level : m_levels) {
        // Of equal ones the outer has more that uses it.
        const auto quota = quotaOf(*level);
        if (!quota || *quota >= all || *quota > smallest)
            continue;
        smallest = *quota;
        tightest = level.get();
    }
    readAllowedCores();
    CpuUsage usage;
    const auto allowed = static_cast<double>(averageAllowed(cpu, usage));
    if (allowed > 0 && allowed < all && allowed <= smallest) {
        m_counted = nullptr;
        cpu.total = usage;
        return allowed;
    }
    if (!tightest) {
        m_counted = nullptr;
        return std::nullopt;
    }
    if (usageOf(*tightest, look, smallest, usage))
        cpu.total = usage;
    return smallest;
}

std::optional<double> CgroupCpu::quotaOf(Level& level) const
{
    std::string_view line = firstLine(level.quota);
    double quota = 0;
    double period = 0;
    // "max", or −1, is no limit.
    if (!takeNumber(line, quota) || quota <= 0)
        return std::nullopt;
    if (!m_isUnified)
        line = firstLine(level.period);
    return takeNumber(line, period) && period > 0 ? std::optional(quota / period) : std::nullopt;
}

std::optional<CgroupCpu::Times> CgroupCpu::timesOf(Level& level) const
{
    Times times;
    bool isKnown = false;
    if (m_isUnified) {
        constexpr quint64 nsPerUs = 1000;
        std::string_view text = level.times.front()->read().value_or(std::string_view());
        std::string_view line;
        while (takeLine(text, line)) {
            const std::string_view name = takeWord(line);
            quint64 value = 0;
            if (!takeNumber(line, value))
                continue;
            if (name == "usage_usec") {
                isKnown = true;
                times.total = value * nsPerUs;
            } else if (name == "user_usec") {
                times.user = value * nsPerUs;
            } else if (name == "system_usec") {
                times.system = value * nsPerUs;
            }
        }
    } else if (level.times.size() == 3) {
        quint64* const values[] = {&times.total, &times.user, &times.system};
        for (std::size_t i = 0; i < 3; ++i) {
            std::string_view line = firstLine(*level.times[i]);
            const bool isNumber = takeNumber(line, *values[i]);
            isKnown = i == 0 ? isNumber : isKnown;
        }
    }
    return isKnown ? std::optional(times) : std::nullopt;
}

void CgroupCpu::readAllowedCores()
{
    for (const auto& list : m_coreLists) {
        const auto text = list->read();
        if (!text)
            continue;
        if (*text == m_coreText)
            return;
        m_coreText = *text;
        m_allowed = numbersInList(m_coreText);
        std::sort(m_allowed.begin(), m_allowed.end());
        return;
    }
    m_coreText.clear();
    m_allowed.clear();
}

/// How many of the machine's cores are allowed; `usage` is what they did.
std::size_t CgroupCpu::averageAllowed(const CpuSample& cpu, CpuUsage& usage) const
{
    std::size_t count = 0;
    for (const CoreSample& core : cpu.cores) {
        if (!std::binary_search(m_allowed.begin(), m_allowed.end(), core.index))
            continue;
        ++count;
        for (double CpuUsage::*share : {&CpuUsage::usagePercent, &CpuUsage::userPercent, &CpuUsage::systemPercent,
                                        &CpuUsage::iowaitPercent, &CpuUsage::stealPercent})
            usage.*share += (core.usage.*share - usage.*share) / static_cast<double>(count);
    }
    return count;
}

/// False where the group's time is not told; 0 % at the first look.
bool CgroupCpu::usageOf(Level& level, const Look& look, double cores, CpuUsage& usage)
{
    const auto now = timesOf(level);
    if (!now) {
        m_counted = nullptr;
        return false;
    }
    usage = {};
    const double available = static_cast<double>((look.at - m_countedAt).count()) * cores;
    if (m_counted == &level && available > 0) {
        const auto share = [available](quint64 before, quint64 after) {
            return std::min(100.0, 100.0 * static_cast<double>(counterDelta(before, after)) / available);
        };
        usage.usagePercent = share(m_before.total, now->total);
        usage.userPercent = share(m_before.user, now->user);
        usage.systemPercent = share(m_before.system, now->system);
    }
    m_counted = &level;
    m_before = *now;
    m_countedAt = look.at;
    return true;
}

} // namespace vigie
