// SPDX-License-Identifier: GPL-3.0-or-later
#include "sampling/cgroupmemory.h"

#include "sampling/textscan.h"

#include <algorithm>
#include <array>
#include <limits>

namespace vigie {

namespace {

std::optional<quint64> numberIn(ProcFile& file)
{
    std::string_view text = file.read().value_or(std::string_view());
    std::string_view line;
    quint64 value = 0;
    return takeLine(text, line) && takeNumber(line, value) ? std::optional(value) : std::nullopt;
}

} // namespace

CgroupMemory::Level::Level(const std::string& folder, bool isUnified)
    : limit(folder + (isUnified ? "/memory.max" : "/memory.limit_in_bytes")),
      usage(folder + (isUnified ? "/memory.current" : "/memory.usage_in_bytes")), stat(folder + "/memory.stat")
{
}

CgroupMemory::CgroupMemory(const std::string& root, const CgroupPlace& place) : m_isUnified(place.isUnified)
{
    for (const std::string& folder : place.folders)
        m_levels.push_back(std::make_unique<Level>(root + folder, m_isUnified));
}

std::optional<quint64> CgroupMemory::narrow(MemorySample& memory)
{
    quint64 smallest = memory.totalBytes;
    Level* tightest = nullptr;
    for (const auto& level : m_levels) {
        // "max", which is no number, is no limit. Of equal ones the outer has more that uses it.
        const auto limit = numberIn(level->limit);
        if (!limit || *limit == 0 || *limit >= memory.totalBytes || *limit > smallest)
            continue;
        smallest = *limit;
        tightest = level.get();
    }
    const auto charged = tightest ? numberIn(tightest->usage) : std::nullopt;
    if (!charged)
        return std::nullopt;
    const quint64 reclaimable =
        std::min(reclaimableIn(tightest->stat.read().value_or(std::string_view()), m_isUnified), *charged);
    memory.totalBytes = smallest;
    memory.usedBytes = std::min(*charged - reclaimable, smallest);
    memory.availableBytes = smallest - memory.usedBytes;
    memory.freeBytes = smallest - std::min(*charged, smallest);
    memory.cachedBytes = reclaimable;
    memory.buffersBytes = 0;
    return smallest;
}

quint64 CgroupMemory::reclaimableIn(std::string_view stat, bool isUnified)
{
    // What is in tmpfs counts as cache too, but cannot be taken back: it is in neither of these lists.
    static constexpr std::array<std::string_view, 3> unified = {"inactive_file", "active_file", "slab_reclaimable"};
    static constexpr std::array<std::string_view, 2> old = {"total_inactive_file", "total_active_file"};
    quint64 sum = 0;
    std::string_view line;
    while (takeLine(stat, line)) {
        const std::string_view name = takeWord(line);
        const bool counts = isUnified ? std::find(unified.begin(), unified.end(), name) != unified.end()
                                      : std::find(old.begin(), old.end(), name) != old.end();
        quint64 bytes = 0;
        if (counts && takeNumber(line, bytes))
            sum += std::min(bytes, std::numeric_limits<quint64>::max() - sum);
    }
    return sum;
}

} // namespace vigie
