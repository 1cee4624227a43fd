// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/figures/processchunk.h"

#include "storage/database/varint.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace vigie {

namespace {

constexpr double cpuStep = 0.1;
constexpr double kibi = 1024;

/// Writes a process by its difference from the same place of the look before.
void write(ByteWriter& out, const ProcessSample& process, const ProcessSample& before, std::map<QString, std::size_t>& names,
           std::vector<QString>& newNames)
{
    const auto [place, isNew] = names.try_emplace(process.name, names.size());
    if (isNew)
        newNames.push_back(process.name);
    out.signedNumber(process.pid - before.pid);
    out.number(place->second);
    out.number(static_cast<std::uint64_t>(std::llround(std::clamp(process.cpuPercent, 0.0, 1e9) / cpuStep)));
    const auto kib = [](const ProcessSample& p) { return std::llround(static_cast<double>(p.residentBytes) / kibi); };
    out.signedNumber(kib(process) - kib(before));
}

void writeTop(ByteWriter& out, const std::vector<ProcessSample>& top, const std::vector<ProcessSample>& before,
              std::map<QString, std::size_t>& names, std::vector<QString>& newNames)
{
    out.number(top.size());
    for (std::size_t i = 0; i < top.size(); ++i)
        write(out, top[i], i < before.size() ? before[i] : ProcessSample{}, names, newNames);
}

bool readTop(ByteReader& in, std::vector<ProcessSample>& top, const std::vector<ProcessSample>& before,
             const std::vector<QString>& names)
{
    const std::size_t count = in.count();
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

QByteArray encodeProcesses(const ProcessChunk& chunk)
{
    std::map<QString, std::size_t> names;
    std::vector<QString> inOrder;
    ByteWriter looks;
    looks.number(chunk.looks.size());
    ProcessChunk::Look before;
    for (const ProcessChunk::Look& look : chunk.looks) {
        looks.signedNumber(look.timeMs - before.timeMs);
        writeTop(looks, look.processes.topByCpu, before.processes.topByCpu, names, inOrder);
        writeTop(looks, look.processes.topByMemory, before.processes.topByMemory, names, inOrder);
        before = look;
    }
    ByteWriter out;
    out.number(inOrder.size());
    for (const QString& name : inOrder)
        out.text(name.toStdString());
    return deflated(out.bytes() + looks.bytes());
}

std::optional<ProcessChunk> decodeProcesses(std::string_view bytes)
{
    const std::optional<QByteArray> plain = inflated(bytes);
    if (!plain)
        return std::nullopt;
    ByteReader in({plain->constData(), static_cast<std::size_t>(plain->size())});
    std::vector<QString> names(in.count());
    for (QString& name : names) {
        const std::string_view text = in.text();
        name = QString::fromUtf8(text);
    }
    ProcessChunk chunk;
    const std::size_t count = in.count();
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
