// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sampling/readings.h"
#include "sampling/procfile.h"

#include <optional>
#include <string>
#include <string_view>

namespace vigie {

/// Memory and swap from `/proc/meminfo` (proc(5)), whose "kB" are units of 1024 bytes, and the file system cache of ZFS (the ARC)
/// from `/proc/spl/kstat/zfs/arcstats`, which the kernel takes for memory in use.
class MemoryReader
{
public:
    explicit MemoryReader(const std::string& root);

    /// Resets `out` when the file is absent or names no MemTotal.
    void read(std::optional<MemorySample>& out);

    /// Kernels before 3.14 have no MemAvailable; it is then estimated as free memory, buffers, page
    /// cache but shared memory, and reclaimable slab. What free(1) calls used is total − available. What the ARC has above the
    /// least it keeps (size − c_min) is available too.
    static std::optional<MemorySample> parse(std::string_view text, std::string_view arcstats = {});

private:
    ProcFile m_file;
    ProcFile m_arcFile;
};

} // namespace vigie
