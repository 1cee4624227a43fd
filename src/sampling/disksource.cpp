// SPDX-License-Identifier: GPL-3.0-or-later
#include "sampling/disksource.h"

#include <sys/statvfs.h>

namespace vigie {

namespace {

constexpr SeriesKind total = storedBytes("disk.total", "Size of all filesystems");
constexpr SeriesKind used = storedBytes("disk.used", "Space in use on all filesystems");
constexpr SeriesKind unused{"disk.free", Unit::Bytes, "Space left on all filesystems"};
constexpr SeriesKind read = storedRate("disk.read", "Read from all disks");
constexpr SeriesKind write = storedRate("disk.write", "Written to all disks");
constexpr SeriesKind filesystemTotal = storedBytes("filesystem.*.total", "Size of %1");
constexpr SeriesKind filesystemUsed = storedBytes("filesystem.*.used", "Space in use on %1");
constexpr SeriesKind filesystemFree{"filesystem.*.free", Unit::Bytes, "Space left on %1"};
constexpr SeriesKind deviceRead = storedRate("disk.device.*.read", "Read from %1");
constexpr SeriesKind deviceWrite = storedRate("disk.device.*.write", "Written to %1");
constexpr SeriesKind utilisation = storedPercent("disk.device.*.utilisation", "Time in which %1 was busy");

FilesystemReader::SpaceQuery spaceQueryFor(const std::string& root)
{
    if (root.empty())
        return {};
    return [](const char*, struct statvfs&) { return false; };
}

} // namespace

DiskSource::DiskSource(const std::string& root) : m_reader(root, spaceQueryFor(root)) {}

void DiskSource::look(const Look& look, FrameBuilder& out)
{
    m_reader.read(look, m_disk);
    if (m_disk)
        tell(*m_disk, out);
}

void DiskSource::tell(const DiskSample& disk, FrameBuilder& out)
{
    const auto bytes = [](quint64 value) { return static_cast<double>(value); };
    out.add(total, bytes(disk.totalBytes));
    out.add(used, bytes(disk.usedBytes));
    out.add(unused, bytes(disk.freeBytes));
    out.add(read, disk.readBytesPerSecond);
    out.add(write, disk.writeBytesPerSecond);
    for (const FilesystemSample& one : disk.filesystems) {
        const SeriesLabel labels[] = {{"device", one.device}, {"type", one.type}};
        out.add(filesystemTotal, one.mountPoint, bytes(one.totalBytes), labels);
        out.add(filesystemUsed, one.mountPoint, bytes(one.usedBytes), labels);
        out.add(filesystemFree, one.mountPoint, bytes(one.freeBytes), labels);
    }
    for (const BlockDeviceSample& one : disk.devices) {
        out.add(deviceRead, one.name, one.readBytesPerSecond);
        out.add(deviceWrite, one.name, one.writeBytesPerSecond);
        out.add(utilisation, one.name, one.utilisationPercent);
    }
}

} // namespace vigie
