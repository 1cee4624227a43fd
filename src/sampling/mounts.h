// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vigie {

/// One line of `/proc/self/mountinfo` (proc_pid_mountinfo(5)).
struct Mount
{
    unsigned major = 0; ///< 0: not a block device (or btrfs and zfs, which number their own)
    unsigned minor = 0;
    std::string root;  ///< which directory of the filesystem is mounted
    std::string point; ///< where
    std::string type;
    std::string source;
    std::string options; ///< the filesystem's own: "rw,memory" for a control group hierarchy
};

/// Lines that make no sense are skipped.
std::vector<Mount> parseMounts(std::string_view text);

/// The mounts that stand for this machine's own disks: one for each block device, at its most
/// telling mount point. Left out: what is in memory, on the network or hidden under another mount,
/// and read-only images (a snap's squashfs, a CD, a file mounted by a loop device).
///
/// Where "/" itself is on no block device, as in a container, it is included all the same, unless it
/// is on the network: asking a dead server for its free space never returns.
std::vector<Mount> localFilesystems(std::vector<Mount> mounts);

} // namespace vigie
