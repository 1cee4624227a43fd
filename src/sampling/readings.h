// SPDX-License-Identifier: GPL-3.0-or-later
// What readers make of the kernel's texts. Nobody beyond this folder sees it: sources tell it on as figures.
#pragma once

#include <QString>
#include <QtGlobal>
#include <array>
#include <optional>
#include <vector>

namespace vigie {

/// Shares of one interval in percent. For the whole machine, 100 is all cores together.
struct CpuUsage
{
    double usagePercent = 0;
    double userPercent = 0; ///< user + nice
    double systemPercent = 0; ///< system + irq + softirq
    double iowaitPercent = 0;
    double stealPercent = 0;
};

struct CoreSample
{
    int index = 0; ///< the N of `cpuN`; not contiguous when a core was unplugged
    CpuUsage usage;
    double frequencyMHz = 0; ///< 0 if the kernel does not report it
};

struct CpuSample
{
    CpuUsage total; ///< of what the control group allows, where that is less
    std::vector<CoreSample> cores; ///< online cores only
    std::optional<std::array<double, 3>> loadAverage; ///< over 1, 5 and 15 minutes
};

/// Of what the control group allows, where that is less; swap is the machine's.
struct MemorySample
{
    quint64 totalBytes = 0;
    quint64 availableBytes = 0;
    quint64 usedBytes = 0; ///< total − available
    quint64 freeBytes = 0;
    quint64 cachedBytes = 0; ///< page cache, reclaimable slab, and the part of ZFS's cache that can be freed
    quint64 buffersBytes = 0;
    quint64 swapTotalBytes = 0; ///< 0: no swap
    quint64 swapUsedBytes = 0;
};

struct FilesystemSample
{
    QString mountPoint;
    QString device;
    QString type;
    quint64 totalBytes = 0;
    quint64 usedBytes = 0;
    quint64 freeBytes = 0; ///< available to unprivileged users
};

struct BlockDeviceSample
{
    QString name; ///< "nvme0n1"; whole devices, not partitions
    double readBytesPerSecond = 0;
    double writeBytesPerSecond = 0;
    double utilisationPercent = 0; ///< share of the interval with I/O in flight
    bool isStacked = false; ///< built on other devices (LVM, RAID, a ZFS volume), which count the same bytes
};

struct DiskSample
{
    std::vector<FilesystemSample> filesystems; ///< distinct local block-device filesystems
    std::vector<BlockDeviceSample> devices;
    quint64 totalBytes = 0; ///< sums over `filesystems`
    quint64 usedBytes = 0;
    quint64 freeBytes = 0;
    double readBytesPerSecond = 0; ///< sums over the `devices` that are not stacked
    double writeBytesPerSecond = 0;
};

struct InterfaceSample
{
    QString name;
    quint64 receivedBytes = 0; ///< since the interface came up
    quint64 sentBytes = 0;
    double receiveBytesPerSecond = 0;
    double sendBytesPerSecond = 0;
    bool isRepeated = false; ///< another interface counts the same bytes (a bridge over its ports)
};

struct NetworkSample
{
    std::vector<InterfaceSample> interfaces; ///< physical and virtual, without loopback
    quint64 receivedBytes = 0; ///< sums over the `interfaces` that are not repeated
    quint64 sentBytes = 0;
    double receiveBytesPerSecond = 0;
    double sendBytesPerSecond = 0;
    int connections = 0; ///< established TCP, v4 + v6
    bool connectionsKnown = false; ///< false: the kernel did not report `connections`
};

/// Share of the last 10 seconds in which some, or all, tasks were stalled on a resource, in percent.
struct PressureShare
{
    double somePercent = 0;
    double fullPercent = 0;
};

struct PressureSample
{
    std::optional<PressureShare> cpu;
    std::optional<PressureShare> memory;
    std::optional<PressureShare> io;
};

} // namespace vigie
