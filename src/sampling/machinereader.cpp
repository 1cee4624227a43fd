// SPDX-License-Identifier: GPL-3.0-or-later
#include "sampling/machinereader.h"

#include <chrono>

namespace vigie {

namespace {

/// Without the slash at its end, so that "/proc" can follow: "" for this machine.
std::string prefixOf(std::string root)
{
    while (root.ends_with('/'))
        root.pop_back();
    return root;
}

} // namespace

MachineReader::MachineReader(const std::string& root) : m_sources(allSources(prefixOf(root))), m_processes(prefixOf(root)) {}

void MachineReader::read(const Look& look, bool detail, Frame& out)
{
    out.intervalMs = std::chrono::round<std::chrono::milliseconds>(look.interval).count();
    m_builder.begin(out);
    for (const auto& source : m_sources)
        source->look(look, m_builder);
    m_builder.end();
    m_processes.read(look, detail, out.processes);
}

} // namespace vigie
