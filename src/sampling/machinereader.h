// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sample.h"
#include "sampling/cgroupreader.h"
#include "sampling/connectioncounter.h"
#include "sampling/cpureader.h"
#include "sampling/diskreader.h"
#include "sampling/linkreader.h"
#include "sampling/look.h"
#include "sampling/memoryreader.h"
#include "sampling/networkreader.h"
#include "sampling/pressurereader.h"
#include "sampling/processreader.h"
#include "sampling/uptimereader.h"

#include <string>

namespace vigie {

/// All readers together: one look at the whole machine. Its memory is reused from look to look, so
/// that once every source has been read, a look at a machine that has not changed allocates nothing.
/// One thread at a time.
class MachineReader
{
public:
    /// `root` is where `proc` and `sys` are found: "/" for this machine. Connections, links and free space
    /// are asked of the running kernel, and so only where that is the machine meant; below another
    /// root there is no file that tells them.
    explicit MachineReader(const std::string& root);

    /// Fills every part of `out`, whatever it held, but its time of day; processes only with `detail`.
    void read(const Look& look, bool detail, Sample& out);

private:
    NetworkReader::ConnectionCount connectionCount(const std::string& prefix);
    NetworkReader::LinkQuery linkQuery(const std::string& prefix);

    ConnectionCounter m_connections;
    LinkReader m_links;
    CpuReader m_cpu;
    MemoryReader m_memory;
    DiskReader m_disk;
    NetworkReader m_network;
    PressureReader m_pressure;
    ProcessReader m_processes;
    UptimeReader m_uptime;
    CgroupReader m_cgroup;
};

} // namespace vigie
