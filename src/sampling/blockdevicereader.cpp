// SPDX-License-Identifier: GPL-3.0-or-later
#include "sampling/blockdevicereader.h"

#include "sampling/textscan.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <unistd.h>

namespace vigie {

namespace {

constexpr quint64 sectorBytes = 512;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

template <std::size_t N>
bool startsWithAny(std::string_view name, const std::array<std::string_view, N>& heads)
{
    return std::any_of(heads.begin(), heads.end(), [name](auto head) { return name.starts_with(head); });
}

/// By the kernel's naming rule: a digit after a letter-named disk (sda1), "p" and a number after a
/// numbered one (nvme0n1p2).
bool isPartitionName(std::string_view name)
{
    static constexpr std::array<std::string_view, 4> lettered = {"sd", "hd", "vd", "xvd"};
    if (name.empty() || !isDigit(name.back()))
        return false;
    if (startsWithAny(name, lettered))
        return true;
    while (!name.empty() && isDigit(name.back()))
        name.remove_suffix(1);
    return name.size() > 1 && name.back() == 'p' && isDigit(name[name.size() - 2]);
}

} // namespace

BlockDeviceReader::BlockDeviceReader(const std::string& root)
    : m_sysBlock(root + "/sys/block"), m_file(root + "/proc/diskstats")
{
}

bool BlockDeviceReader::read(const Look& look, DiskSample& out)
{
    const auto text = m_file.read();
    parse(text.value_or(std::string_view()), look, out);
    return text.has_value();
}

void BlockDeviceReader::parse(std::string_view text, const Look& look, DiskSample& out)
{
    m_devices.beginLook();
    out.readBytesPerSecond = out.writeBytesPerSecond = 0;
    std::size_t count = 0;
    bool isChanged = false;
    std::string_view line;
    while (takeLine(text, line)) {
        std::string_view name;
        Device now;
        if (!parseLine(line, name, now))
            continue;
        auto* const known = m_devices.visit(name);
        if (!known)
            continue;
        const bool isJudged = !known->isNew && known->state.asOf == m_listCount;
        now.kind = isJudged ? known->state.kind : kindOf(known->bytes);
        now.asOf = m_listCount;
        isChanged = isChanged || known->isNew;
        const Device before = known->isNew ? now : known->state;
        known->state = now;
        if (now.kind == Kind::Ignored)
            continue;

        if (count == out.devices.size())
            out.devices.emplace_back();
        BlockDeviceSample& device = out.devices[count++];
        device.name = known->name;
        device.isStacked = now.kind == Kind::Stacked;
        device.readBytesPerSecond =
            perSecond(counterDelta(before.sectorsRead, now.sectorsRead) * sectorBytes, look.interval);
        device.writeBytesPerSecond =
            perSecond(counterDelta(before.sectorsWritten, now.sectorsWritten) * sectorBytes, look.interval);
        device.utilisationPercent = known->isNew ? 0 : busyPercent(before.busyMs, now.busyMs, look);
        if (!device.isStacked) {
            out.readBytesPerSecond += device.readBytesPerSecond;
            out.writeBytesPerSecond += device.writeBytesPerSecond;
        }
    }
    out.devices.resize(count);
    if (isChanged)
        ++m_listCount;
    m_devices.endLook();
}

bool BlockDeviceReader::parseLine(std::string_view line, std::string_view& name, Device& now)
{
    unsigned number = 0;
    if (!takeNumber(line, number) || !takeNumber(line, number))
        return false;
    name = takeWord(line);
    // reads, merged, sectors, ms; writes, merged, sectors, ms; in flight, ms busy
    std::array<quint64, 10> columns{};
    for (quint64& column : columns) {
        if (!takeNumber(line, column))
            return false;
    }
    now.sectorsRead = columns[2];
    now.sectorsWritten = columns[6];
    now.busyMs = columns[9];
    return true;
}

double BlockDeviceReader::busyPercent(quint64 beforeMs, quint64 nowMs, const Look& look)
{
    const double intervalMs = std::chrono::duration<double, std::milli>(look.interval).count();
    if (intervalMs <= 0)
        return 0;
    // The kernel keeps this one in 32 bits, so it wraps every 50 busy days. Unlike a reset, a wrap
    // leaves a difference that fits the interval.
    const auto busyMs = static_cast<double>(static_cast<quint32>(nowMs - beforeMs));
    if (nowMs < beforeMs && busyMs > 2 * intervalMs)
        return 0;
    return std::min(100.0, 100.0 * busyMs / intervalMs);
}

BlockDeviceReader::Kind BlockDeviceReader::kindOf(std::string name) const
{
    static constexpr std::array<std::string_view, 5> notDisks = {"loop", "ram", "zram", "fd", "sr"};
    // Not all of them tell sysfs what they lie on.
    static constexpr std::array<std::string_view, 6> stacked = {"dm-", "md", "bcache", "zd", "drbd", "emcpower"};
    if (startsWithAny(name, notDisks))
        return Kind::Ignored;
    const bool stackedByName = startsWithAny(name, stacked);
    std::error_code error;
    if (!std::filesystem::is_directory(m_sysBlock, error)) {
        if (isPartitionName(name))
            return Kind::Ignored;
        return stackedByName ? Kind::Stacked : Kind::Physical;
    }
    std::replace(name.begin(), name.end(), '/', '!'); // as sysfs writes it: cciss!c0d0
    const std::string directory = m_sysBlock + '/' + name;
    if (::access(directory.c_str(), F_OK) != 0)
        return Kind::Ignored;
    const bool hasSlaves = !std::filesystem::is_empty(directory + "/slaves", error) && !error;
    return stackedByName || hasSlaves || hasPaths(name) ? Kind::Stacked : Kind::Physical;
}

bool BlockDeviceReader::hasPaths(std::string_view name) const
{
    const auto space = name.starts_with("nvme") ? name.rfind('n') : 0;
    if (space == 0)
        return false;
    const std::string head = std::string(name.substr(0, space)) + 'c'; // nvme0n1 has nvme0c0n1, nvme0c1n1 …
    std::error_code error;
    for (std::filesystem::directory_iterator entry(m_sysBlock, error), end; !error && entry != end; entry.increment(error)) {
        const std::string other = entry->path().filename();
        if (other.starts_with(head) && other.ends_with(name.substr(space)))
            return true;
    }
    return false;
}

} // namespace vigie
