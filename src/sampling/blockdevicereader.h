// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sample.h"
#include "sampling/look.h"
#include "sampling/nametable.h"
#include "sampling/procfile.h"

#include <string>
#include <string_view>

namespace vigie {

/// Bytes per second and utilisation of whole block devices, from `/proc/diskstats` (kernel:
/// admin-guide/iostats.rst), whose sectors are 512 bytes whatever the device's own are. `/sys/block`
/// tells devices from partitions, and what is stacked on other devices (LVM, RAID); where it is
/// absent, the names do.
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
    enum class Kind { Unknown, Ignored, Physical, Stacked };
    struct Device
    {
        Kind kind = Kind::Unknown;
        quint64 sectorsRead = 0;
        quint64 sectorsWritten = 0;
        quint64 busyMs = 0;
    };

    static bool parseLine(std::string_view line, std::string_view& name, Device& now);
    static double busyPercent(quint64 beforeMs, quint64 nowMs, const Look& look);
    Kind kindOf(std::string name) const;

    std::string m_sysBlock;
    ProcFile m_file;
    NameTable<Device> m_devices;
};

} // namespace vigie
