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

} // namespace

MemoryReader::MemoryReader(const std::string& root) : m_file(root + "/proc/meminfo") {}

void MemoryReader::read(std::optional<MemorySample>& out)
{
    const auto text = m_file.read();
    out = text ? parse(*text) : std::nullopt;
}

std::optional<MemorySample> MemoryReader::parse(std::string_view text)
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
    memory.usedBytes = memory.totalBytes - memory.availableBytes;
    memory.swapTotalBytes = value(SwapTotal);
    memory.swapUsedBytes = memory.swapTotalBytes - std::min(value(SwapFree), memory.swapTotalBytes);
    return memory;
}

} // namespace vigie
