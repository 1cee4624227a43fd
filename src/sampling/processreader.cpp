// SPDX-License-Identifier: GPL-3.0-or-later
#include "sampling/processreader.h"

#include "sampling/textscan.h"

#include <algorithm>
#include <cstdio>
#include <tuple>
#include <unistd.h>
#include <utility>

namespace vigie {

ProcessReader::ProcessReader(const std::string& root)
    : m_path(root + "/proc"), m_directory(m_path),
      m_pageBytes(static_cast<quint64>(std::max(1L, ::sysconf(_SC_PAGESIZE)))),
      m_ticksPerSecond(static_cast<double>(std::max(1L, ::sysconf(_SC_CLK_TCK))))
{
}

void ProcessReader::read(const Look& look, bool wanted, std::optional<ProcessesSample>& out)
{
    if (!wanted) {
        forget();
        out.reset();
        return;
    }
    const bool isDue = !m_nextScan || look.at >= *m_nextScan;
    if (isDue) {
        const bool isFirst = !m_lastScan;
        m_hasAnswer = scan(isFirst ? std::chrono::nanoseconds(0) : look.at - *m_lastScan) && !isFirst;
        m_lastScan = look.at;
        m_nextScan = isFirst ? look.at : look.at + period;
    }
    if (!m_hasAnswer) {
        out.reset();
        return;
    }
    if (!out)
        out.emplace();
    *out = m_answer;
    out->isNew = isDue;
}

void ProcessReader::forget()
{
    m_lastScan.reset();
    m_nextScan.reset();
    m_hasAnswer = false;
    m_processes.clear();
}

bool ProcessReader::scan(std::chrono::nanoseconds elapsed)
{
    m_before.swap(m_processes);
    m_processes.clear();
    if (m_listing)
        ::rewinddir(m_listing.get());
    else
        m_listing.reset(::opendir(m_path.c_str()));
    if (!m_listing)
        return false;
    while (const dirent* entry = ::readdir(m_listing.get())) {
        int pid = 0;
        if (!toNumber(std::string_view(entry->d_name), pid) || pid <= 0)
            continue;
        std::array<char, 32> path{};
        std::array<char, 1024> buffer{};
        std::snprintf(path.data(), path.size(), "%d/stat", pid);
        // A process may end between being listed and being read.
        const auto stat = parseStat(m_directory.read(path.data(), buffer));
        if (!stat)
            continue;
        Process& process = m_processes.emplace_back();
        process.pid = pid;
        process.ticks = stat->ticks;
        process.startTicks = stat->startTicks;
        process.residentBytes = stat->residentPages * m_pageBytes;
        stat->name.copy(process.nameBytes.data(), process.nameBytes.size() - 1);
    }
    const auto byPid = [](const Process& a, const Process& b) { return a.pid < b.pid; };
    if (!std::is_sorted(m_processes.begin(), m_processes.end(), byPid))
        std::sort(m_processes.begin(), m_processes.end(), byPid);
    compare(elapsed);
    takeTop(m_answer.topByCpu, [](const Process* a, const Process* b) {
        return std::tie(b->cpuPercent, b->residentBytes, a->pid) <
               std::tie(a->cpuPercent, a->residentBytes, b->pid);
    });
    takeTop(m_answer.topByMemory, [](const Process* a, const Process* b) {
        return std::tie(b->residentBytes, a->pid) < std::tie(a->residentBytes, b->pid);
    });
    return !m_processes.empty();
}

void ProcessReader::compare(std::chrono::nanoseconds elapsed)
{
    auto before = m_before.begin();
    for (Process& process : m_processes) {
        while (before != m_before.end() && before->pid < process.pid)
            ++before;
        const bool isKnown = before != m_before.end() && before->pid == process.pid &&
                             before->startTicks == process.startTicks;
        // A process that was not there before has spent all its time since.
        const quint64 ticks = isKnown ? counterDelta(before->ticks, process.ticks) : process.ticks;
        process.cpuPercent = 100 * perSecond(ticks, elapsed) / m_ticksPerSecond;
        if (isKnown && before->nameBytes == process.nameBytes)
            process.name = std::move(before->name);
    }
}

template <typename Less> void ProcessReader::takeTop(std::vector<ProcessSample>& top, Less isBefore)
{
    m_order.clear();
    for (Process& process : m_processes)
        m_order.push_back(&process);
    const std::size_t count = std::min(topCount, m_order.size());
    std::partial_sort(m_order.begin(), m_order.begin() + static_cast<std::ptrdiff_t>(count), m_order.end(),
                      isBefore);
    top.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
        Process& process = *m_order[i];
        if (process.name.isNull())
            process.name = QString::fromUtf8(process.nameBytes.data());
        top[i].pid = process.pid;
        top[i].name = process.name;
        top[i].cpuPercent = process.cpuPercent;
        top[i].residentBytes = process.residentBytes;
    }
}

std::optional<ProcessReader::Stat> ProcessReader::parseStat(std::string_view text)
{
    // The name is whatever the process likes, newlines and parentheses included, so only the outermost
    // parentheses and the newline at the end can be trusted.
    if (!text.ends_with('\n'))
        return std::nullopt;
    std::string_view line = text.substr(0, text.size() - 1);
    const auto open = line.find('(');
    const auto close = line.rfind(')');
    if (open == std::string_view::npos || close == std::string_view::npos || close <= open)
        return std::nullopt;
    Stat stat;
    stat.name = line.substr(open + 1, close - open - 1);
    line.remove_prefix(close + 1);
    quint64 userTicks = 0;
    quint64 systemTicks = 0;
    for (int field = 3; field <= 24; ++field) {
        const std::string_view word = takeWord(line);
        const bool isValid = field == 14   ? toNumber(word, userTicks)
                             : field == 15 ? toNumber(word, systemTicks)
                             : field == 22 ? toNumber(word, stat.startTicks)
                             : field == 24 ? toNumber(word, stat.residentPages)
                                           : !word.empty();
        if (!isValid)
            return std::nullopt;
    }
    stat.ticks = userTicks + systemTicks;
    return stat;
}

} // namespace vigie
