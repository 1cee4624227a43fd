// SPDX-License-Identifier: GPL-3.0-or-later
#include "sampling/memoryreader.h"

#include "sampling/look.h"
#include "sampling/textscan.h"

#include <algorithm>
#include <array>
#include <limits>

namespace vigie {

namespace {

enum Field {
    MemTotal,
    MemFree,
    MemAvailable,
    Buffers,
    Cached,
    Shmem,
    SReclaimable,
    SwapTotal,
    SwapFree,
    FieldCount
};

constexpr std::array<std::string_view, FieldCount> fieldNames = {
    "MemTotal:", "MemFree:",      "MemAvailable:", "Buffers:",  "Cached:",
    "Shmem:",    "SReclaimable:", "SwapTotal:",    "SwapFree:",
};

/// A line is a name, a type and the value.
quint64 reclaimableArc(std::string_view text)
{
    std::optional<quint64> size;
    std::optional<quint64> least;
    std::string_view line;
    while (takeLine(text, line)) {
        const std::string_view name = takeWord(line);
        quint64 value = 0;
        if ((name != "size" && name != "c_min") || takeWord(line).empty() || !takeNumber(line, value))
            continue;
        (name == "size" ? size : least) = value;
    }
    return size && least ? counterDelta(*least, *size) : 0;
}

} // namespace

MemoryReader::MemoryReader(const std::string& root)
    : m_file(root + "/proc/meminfo"), m_arcFile(root + "/proc/spl/kstat/zfs/arcstats")
{
}

void MemoryReader::read(std::optional<MemorySample>& out)
{
    const auto text = m_file.read();
    out = text ? parse(*text, m_arcFile.read().value_or(std::string_view())) : std::nullopt;
}

std::optional<MemorySample> MemoryReader::parse(std::string_view text, std::string_view arcstats)
{
    std::array<std::optional<quint64>, FieldCount> bytes;
    std::string_view line;
    while (takeLine(text, line)) {
        const auto* const name = std::find(fieldNames.begin(), fieldNames.end(), takeWord(line));
        quint64 kib = 0;
        if (name == fieldNames.end() || !takeNumber(line, kib))
            continue;
        if (kib <= std::numeric_limits<quint64>::max() / 1024)
            bytes[static_cast<std::size_t>(name - fieldNames.begin())] = kib * 1024;
    }
    if (bytes[MemTotal].value_or(0) == 0)
        return std::nullopt;

    const auto value = [&bytes](Field field) { return bytes[field].value_or(0); };
    MemorySample memory;
    memory.totalBytes = value(MemTotal);
    memory.freeBytes = std::min(value(MemFree), memory.totalBytes);
    memory.buffersBytes = value(Buffers);
    memory.cachedBytes = value(Cached) + value(SReclaimable);
    const quint64 estimate = memory.freeBytes + memory.buffersBytes +
                             counterDelta(value(Shmem), value(Cached)) + value(SReclaimable);
    memory.availableBytes = std::min(bytes[MemAvailable].value_or(estimate), memory.totalBytes);
    const quint64 arc = std::min(reclaimableArc(arcstats), memory.totalBytes - memory.availableBytes);
    memory.availableBytes += arc;
    memory.cachedBytes += arc;
    memory.usedBytes = memory.totalBytes - memory.availableBytes;
    memory.swapTotalBytes = value(SwapTotal);
    memory.swapUsedBytes = memory.swapTotalBytes - std::min(value(SwapFree), memory.swapTotalBytes);
    return memory;
}

} // namespace vigie
