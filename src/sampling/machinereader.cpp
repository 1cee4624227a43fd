// SPDX-License-Identifier: GPL-3.0-or-later
#include "sampling/machinereader.h"

#include <chrono>
#include <sys/statvfs.h>

namespace vigie {

namespace {

/// Without the slash at its end, so that "/proc" can follow: "" for this machine.
std::string prefixOf(std::string root)
{
    while (root.ends_with('/'))
        root.pop_back();
    return root;
}

FilesystemReader::SpaceQuery spaceQueryFor(const std::string& prefix)
{
    if (prefix.empty())
        return {};
    return [](const char*, struct statvfs&) { return false; };
}

} // namespace

MachineReader::MachineReader(const std::string& root)
    : m_cpu(prefixOf(root)), m_memory(prefixOf(root)), m_disk(prefixOf(root), spaceQueryFor(prefixOf(root))),
      m_network(prefixOf(root), connectionCount(prefixOf(root)), linkQuery(prefixOf(root))), m_pressure(prefixOf(root)),
      m_processes(prefixOf(root)), m_uptime(prefixOf(root)), m_cgroup(prefixOf(root))
{
}

NetworkReader::ConnectionCount MachineReader::connectionCount(const std::string& prefix)
{
    if (!prefix.empty())
        return {};
    return [this] { return m_connections.count(); };
}

NetworkReader::LinkQuery MachineReader::linkQuery(const std::string& prefix)
{
    if (!prefix.empty())
        return {};
    return [this](std::vector<Link>& links) { return m_links.refresh(links); };
}

void MachineReader::read(const Look& look, bool detail, Sample& out)
{
    out.intervalMs = std::chrono::round<std::chrono::milliseconds>(look.interval).count();
    out.uptimeSeconds = m_uptime.read();
    m_cpu.read(look, out.cpu);
    m_memory.read(out.memory);
    m_cgroup.read(look, out);
    m_disk.read(look, out.disk);
    m_network.read(look, out.network);
    m_pressure.read(out.pressure);
    m_processes.read(look, detail, out.processes);
}

} // namespace vigie
