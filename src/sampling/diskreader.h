// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sampling/blockdevicereader.h"
#include "sampling/filesystemreader.h"

#include <optional>

namespace vigie {

/// The disk part of a sample: filesystems and block devices, either of which may be missing.
class DiskReader
{
public:
    explicit DiskReader(const std::string& root, FilesystemReader::SpaceQuery query = {});

    /// Resets `out` when there is neither.
    void read(const Look& look, std::optional<DiskSample>& out);

private:
    FilesystemReader m_filesystems;
    BlockDeviceReader m_devices;
};

} // namespace vigie
