// SPDX-License-Identifier: GPL-3.0-or-later
#include "sampling/cgroupreader.h"

namespace vigie {

CgroupReader::CgroupReader(const std::string& root)
    : m_root(root), m_file(root + "/proc/self/cgroup"), m_mounts(root + "/proc/self/mountinfo")
{
}

std::optional<quint64> CgroupReader::narrow(MemorySample& memory)
{
    return findGroups() ? m_memory->narrow(memory) : std::nullopt;
}

std::optional<double> CgroupReader::narrow(const Look& look, CpuSample& cpu)
{
    return findGroups() ? m_cpu->narrow(look, cpu) : std::nullopt;
}

bool CgroupReader::findGroups()
{
    const auto text = m_file.read();
    if (!text)
        return false;
    if (m_memory && *text == m_text)
        return true;
    m_text = *text;
    const auto mounts = m_mounts.read().value_or(std::string_view());
    const auto find = [&](std::string_view controller) { return findCgroup(m_text, mounts, controller); };
    m_memory.emplace(m_root, find("memory"));
    m_cpu.emplace(m_root, CgroupCpu::Places{find("cpu"), find("cpuacct"), find("cpuset")});
    return true;
}

} // namespace vigie
