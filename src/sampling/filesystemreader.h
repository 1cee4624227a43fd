// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sampling/readings.h"
#include "sampling/procfile.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

struct statvfs;

namespace vigie {

/// Space on the machine's own filesystems: which there are from `/proc/self/mountinfo`, how full they
/// are from statvfs(3), counted as df(1) does. The list is made again only when a mount changed.
class FilesystemReader
{
public:
    /// Fills the figures of the filesystem mounted at a path; false on error.
    using SpaceQuery = std::function<bool(const char* mountPoint, struct statvfs& space)>;

    /// Without a query of its own, asks the kernel.
    explicit FilesystemReader(const std::string& root, SpaceQuery query = {});

    /// Fills the filesystems and their sums; false when mountinfo is absent.
    bool read(DiskSample& out);

private:
    struct Filesystem
    {
        std::string path;
        QString mountPoint;
        QString device;
        QString type;
    };

    bool refresh();
    bool mayHaveChanged();

    ProcFile m_file;
    SpaceQuery m_query;
    int m_watched = -1;
    bool m_canWatch = false;
    bool m_rootIsLayered = false;
    std::string m_text;
    std::vector<Filesystem> m_filesystems;
};

} // namespace vigie
