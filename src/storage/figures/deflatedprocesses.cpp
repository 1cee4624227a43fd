// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/figures/deflatedprocesses.h"

#include "storage/database/varint.h"

#include <algorithm>
#include <cmath>

namespace vigie {

namespace {

constexpr double cpuStep = 0.1;
constexpr double kibi = 1024;
constexpr std::size_t maxNames = 2 * ProcessChunk::maxInList * ProcessChunk::maxLooks;

/// A process is told by its difference from the same place of the look before.
bool readTop(ByteReader& in, std::vector<ProcessSample>& top, const std::vector<ProcessSample>& before,
             const std::vector<QString>& names)
{
    const std::size_t count = in.count();
    if (count > ProcessChunk::maxInList)
        return false;
    for (std::size_t i = 0; i < count && in.isGood(); ++i) {
        const ProcessSample& last = i < before.size() ? before[i] : ProcessSample{};
        ProcessSample& process = top.emplace_back();
        process.pid = static_cast<int>(wrappingSum(last.pid, in.signedNumber()));
        const std::uint64_t name = in.number();
        if (name >= names.size())
            return false;
        process.name = names[name];
        process.cpuPercent = static_cast<double>(in.number()) * cpuStep;
        const std::int64_t kib = wrappingSum(std::llround(static_cast<double>(last.residentBytes) / kibi), in.signedNumber());
        process.residentBytes = static_cast<quint64>(std::max<std::int64_t>(0, kib)) * 1024;
    }
    return in.isGood();
}

} // namespace

std::optional<ProcessChunk> decodeDeflatedProcesses(std::string_view bytes)
{
    const std::optional<QByteArray> plain = inflated(bytes);
    if (!plain)
        return std::nullopt;
    ByteReader in({plain->constData(), static_cast<std::size_t>(plain->size())});
    const std::size_t nameCount = in.count();
    if (nameCount > maxNames)
        return std::nullopt;
    std::vector<QString> names(nameCount);
    for (QString& name : names) {
        const std::string_view text = in.text();
        name = QString::fromUtf8(text);
    }
    ProcessChunk chunk;
    const std::size_t count = in.count();
    if (count > ProcessChunk::maxLooks)
        return std::nullopt;
    ProcessChunk::Look before;
    for (std::size_t i = 0; i < count; ++i) {
        ProcessChunk::Look look;
        look.timeMs = wrappingSum(before.timeMs, in.signedNumber());
        if (!readTop(in, look.processes.topByCpu, before.processes.topByCpu, names)
            || !readTop(in, look.processes.topByMemory, before.processes.topByMemory, names))
            return std::nullopt;
        before = look;
        chunk.looks.push_back(std::move(look));
    }
    if (!in.isGood())
        return std::nullopt;
    return chunk;
}

} // namespace vigie
