// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <QString>
#include <array>
#include <memory>
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
    CpuUsage total; ///< of what `MachineLimits` allows, if set
    std::vector<CoreSample> cores; ///< online cores only
    std::optional<std::array<double, 3>> loadAverage; ///< over 1, 5 and 15 minutes
};

/// Relative to `MachineLimits`, if set; swap is the machine's.
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

struct ProcessSample
{
    int pid = 0;
    QString name;
    double cpuPercent = 0; ///< 100 is one core: 200 is two busy cores
    quint64 residentBytes = 0;
};

/// The processes that use the most. Sampled less often than the rest.
struct ProcessesSample
{
    std::vector<ProcessSample> topByCpu; ///< at most 10, highest first
    std::vector<ProcessSample> topByMemory;
    bool isNew = false; ///< taken for this sample; false: repeats the previous result
};

/// Limits of the container or slice that Vigie runs in, where they are below the machine's own.
struct MachineLimits
{
    std::optional<quint64> memoryBytes;
    std::optional<double> cpuCores; ///< 0.5: half of one core's time
};

/// One sample of the machine. Parts without a source on this machine are absent.
struct Sample
{
    qint64 timestampMs = 0; ///< wall clock, ms since the epoch
    qint64 intervalMs = 0; ///< monotonic time since the previous sample; 0 for the first
    std::optional<qint64> uptimeSeconds;
    std::optional<CpuSample> cpu;
    std::optional<MemorySample> memory;
    std::optional<DiskSample> disk;
    std::optional<NetworkSample> network;
    MachineLimits limits;
    PressureSample pressure;
    std::optional<ProcessesSample> processes; ///< only while a client has subscribed to detail
};

/// Samples are shared between threads and immutable.
using SamplePtr = std::shared_ptr<const Sample>;

} // namespace vigie

Q_DECLARE_METATYPE(vigie::SamplePtr)
