// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/processes.h"
#include "sampling/look.h"
#include "sampling/procfile.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <dirent.h>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vigie {

/// The processes that use most processor time and memory, from `/proc/[pid]/stat` (proc_pid_stat(5)).
///
/// Reading every process is by far the dearest look there is: it is done only while wanted, every
/// five seconds, and its answer repeated in between. Of a first look only memory could be told, so
/// the answer starts with the second.
class ProcessReader
{
public:
    static constexpr std::chrono::seconds period{5};
    static constexpr std::size_t topCount = 10;

    explicit ProcessReader(const std::string& root);

    /// Resets `out` while not wanted, before the second look, and where there are no processes.
    void read(const Look& look, bool wanted, std::optional<ProcessesSample>& out);

    struct Stat
    {
        std::string_view name;  ///< points into the text; may contain blanks and parentheses
        quint64 ticks = 0;      ///< user + system, in clock ticks, its threads together
        quint64 startTicks = 0; ///< since boot: tells a process from an earlier one of the same pid
        quint64 residentPages = 0;
    };
    static std::optional<Stat> parseStat(std::string_view text);

private:
    struct Process
    {
        int pid = 0;
        quint64 ticks = 0;
        quint64 startTicks = 0;
        quint64 residentBytes = 0;
        double cpuPercent = 0;
        std::array<char, 64> nameBytes{}; // room for the longest the kernel gives, a worker thread's
        QString name;                     // made when it first comes to the top
    };
    struct CloseDirectory
    {
        void operator()(DIR* directory) const { ::closedir(directory); }
    };

    void forget();
    bool scan(std::chrono::nanoseconds elapsed);
    void compare(std::chrono::nanoseconds elapsed);
    template <typename Less> void takeTop(std::vector<ProcessSample>& top, Less isBefore);

    std::string m_path;
    ProcDirectory m_directory;
    std::unique_ptr<DIR, CloseDirectory> m_listing;
    quint64 m_pageBytes;
    double m_ticksPerSecond;
    std::vector<Process> m_processes; // by pid
    std::vector<Process> m_before;
    std::vector<Process*> m_order;
    std::optional<std::chrono::nanoseconds> m_lastScan;
    std::optional<std::chrono::nanoseconds> m_nextScan;
    bool m_hasAnswer = false;
    ProcessesSample m_answer;
};

} // namespace vigie
