// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sampling/readings.h"
#include "sampling/look.h"
#include "sampling/nametable.h"
#include "sampling/procfile.h"

#include <string>
#include <string_view>

namespace vigie {

/// Bytes per second and utilisation of whole block devices, from `/proc/diskstats` (kernel:
/// admin-guide/iostats.rst), whose sectors are 512 bytes whatever the device's own are. `/sys/block`
/// tells devices from partitions, and what is stacked on other devices (LVM, RAID, several paths to one
/// NVMe disk); where it is absent, the names do. Names alone tell a ZFS volume and DRBD. What lies on a
/// file (loop) or in memory (zram) is left out; disks over the network (nbd, rbd) are disks.
class BlockDeviceReader
{
public:
    explicit BlockDeviceReader(const std::string& root);

    /// Fills the devices and their sums; false when diskstats is absent.
    bool read(const Look& look, DiskSample& out);

    /// The same from the text of diskstats. Rates are against the text before; a device that was not
    /// in it has rate 0.
    void parse(std::string_view text, const Look& look, DiskSample& out);

private:
    enum class Kind { Ignored, Physical, Stacked };
    struct Device
    {
        Kind kind = Kind::Ignored;
        quint64 asOf = 0; ///< `m_listCount` when the kind was found out
        quint64 sectorsRead = 0;
        quint64 sectorsWritten = 0;
        quint64 busyMs = 0;
    };

    static bool parseLine(std::string_view line, std::string_view& name, Device& now);
    static double busyPercent(quint64 beforeMs, quint64 nowMs, const Look& look);
    Kind kindOf(std::string name) const;
    /// Whether there are paths of a disk of NVMe with many: the kernel counts what goes over each.
    bool hasPaths(std::string_view name) const;

    std::string m_sysBlock;
    ProcFile m_file;
    NameTable<Device> m_devices;
    quint64 m_listCount = 1; ///< goes up when a device came: then what is built on what is looked at anew
};

} // namespace vigie
