// SPDX-License-Identifier: GPL-3.0-or-later
#include "sampling/cgroups.h"

#include "sampling/mounts.h"
#include "sampling/textscan.h"

#include <algorithm>

namespace vigie {

namespace {

constexpr std::size_t maxFolders = 32;
constexpr int maxNumbers = 65536;

std::string_view takeUntil(std::string_view& rest, char end)
{
    const std::string_view part = rest.substr(0, rest.find(end));
    rest.remove_prefix(std::min(part.size() + 1, rest.size()));
    return part;
}

bool hasItem(std::string_view list, std::string_view item)
{
    while (!list.empty()) {
        if (takeUntil(list, ',') == item)
            return true;
    }
    return false;
}

/// The path behind "4:memory:" or, for the unified hierarchy, "0::".
std::string_view pathIn(std::string_view cgroup, std::string_view controller)
{
    std::string_view line;
    while (takeLine(cgroup, line)) {
        const std::string_view number = takeUntil(line, ':');
        const std::string_view names = takeUntil(line, ':');
        if (controller.empty() ? number == "0" && names.empty() : hasItem(names, controller))
            return line;
    }
    return {};
}

/// `path` below the folder `root`; empty for `root` itself, and for what lies outside it.
std::string_view below(std::string_view path, std::string_view root)
{
    if (path.find("/..") != std::string_view::npos)
        return {};
    if (root != "/") {
        if (!path.starts_with(root))
            return {};
        path.remove_prefix(root.size());
    }
    return path.starts_with('/') && path.size() > 1 ? path : std::string_view();
}

} // namespace

CgroupPlace findCgroup(std::string_view cgroup, std::string_view mountinfo, std::string_view controller)
{
    CgroupPlace place;
    std::string_view path = pathIn(cgroup, controller);
    if (path.empty()) {
        place.isUnified = true;
        path = pathIn(cgroup, {});
    }
    if (path.empty())
        return place;
    const std::vector<Mount> mounts = parseMounts(mountinfo);
    // Of several, the last: it may hide the others.
    const auto mount = std::find_if(mounts.rbegin(), mounts.rend(), [&](const Mount& one) {
        return place.isUnified ? one.type == "cgroup2" : one.type == "cgroup" && hasItem(one.options, controller);
    });
    if (mount == mounts.rend())
        return place;
    for (std::string_view rest = below(path, mount->root); !rest.empty() && place.folders.size() < maxFolders;
         rest = rest.substr(0, rest.rfind('/')))
        place.folders.push_back(mount->point + std::string(rest));
    place.folders.push_back(mount->point);
    return place;
}

std::vector<int> numbersInList(std::string_view list)
{
    std::vector<int> numbers;
    list = list.substr(0, list.find('\n'));
    while (!list.empty()) {
        std::string_view range = takeUntil(list, ',');
        int first = 0;
        if (!toNumber(takeUntil(range, '-'), first))
            return {};
        int last = first;
        if (!range.empty() && !toNumber(range, last))
            return {};
        if (first < 0 || last < first || last >= maxNumbers)
            return {};
        for (int number = first; number <= last && numbers.size() < maxNumbers; ++number)
            numbers.push_back(number);
    }
    return numbers;
}

} // namespace vigie
