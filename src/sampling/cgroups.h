// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vigie {

/// Where the control group that a process is in is found, for one resource.
struct CgroupPlace
{
    bool isUnified = false;           ///< version 2 of cgroups(7)
    std::vector<std::string> folders; ///< its own, then those it lies in, as far out as can be seen; none: not known
};

/// From the texts of `/proc/self/cgroup` and `/proc/self/mountinfo`. `controller` is its name in version 1: "memory", "cpu". A
/// group that lies outside what is mounted stands where the mount's own group does.
CgroupPlace findCgroup(std::string_view cgroup, std::string_view mountinfo, std::string_view controller);

/// The numbers of such a list, in its order, up to 65535.
std::vector<int> numbersInList(std::string_view list);

} // namespace vigie
