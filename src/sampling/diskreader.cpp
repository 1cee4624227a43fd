// SPDX-License-Identifier: GPL-3.0-or-later
#include "sampling/diskreader.h"

#include <utility>

namespace vigie {

DiskReader::DiskReader(const std::string& root, FilesystemReader::SpaceQuery query)
    : m_filesystems(root, std::move(query)), m_devices(root)
{
}

void DiskReader::read(const Look& look, std::optional<DiskSample>& out)
{
    if (!out)
        out.emplace();
    const bool hasFilesystems = m_filesystems.read(*out);
    const bool hasDevices = m_devices.read(look, *out);
    if (!hasFilesystems && !hasDevices)
        out.reset();
}

} // namespace vigie
