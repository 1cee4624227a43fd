// SPDX-License-Identifier: GPL-3.0-or-later
#include "sampling/mounts.h"

#include "sampling/textscan.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace vigie {

namespace {

constexpr unsigned loopMajor = 7; // kernel: admin-guide/devices.txt

template <std::size_t N> bool contains(const std::array<std::string_view, N>& names, std::string_view name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// The kernel writes blank, tab, newline and backslash as three octal digits.
std::string unescape(std::string_view text)
{
    std::string plain;
    plain.reserve(text.size());
    const auto isOctal = [](char c) { return c >= '0' && c <= '7'; };
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && i + 3 < text.size() && isOctal(text[i + 1]) && isOctal(text[i + 2]) &&
            isOctal(text[i + 3])) {
            plain +=
                static_cast<char>((text[i + 1] - '0') * 64 + (text[i + 2] - '0') * 8 + text[i + 3] - '0');
            i += 3;
        } else {
            plain += text[i];
        }
    }
    return plain;
}

bool parseMount(std::string_view line, Mount& mount)
{
    unsigned number = 0;
    if (!takeNumber(line, number) || !takeNumber(line, number))
        return false;
    const std::string_view device = takeWord(line);
    const auto colon = device.find(':');
    if (colon == std::string_view::npos || !toNumber(device.substr(0, colon), mount.major) ||
        !toNumber(device.substr(colon + 1), mount.minor))
        return false;
    mount.root = unescape(takeWord(line));
    mount.point = unescape(takeWord(line));
    const auto separator = line.find(" - ");
    if (separator == std::string_view::npos)
        return false;
    line.remove_prefix(separator + 3);
    mount.type = takeWord(line);
    mount.source = unescape(takeWord(line));
    mount.options = takeWord(line);
    return mount.point.starts_with('/') && !mount.type.empty();
}

bool isNetwork(const Mount& mount)
{
    static constexpr std::array<std::string_view, 9> types = {"nfs",  "nfs4", "cifs", "smb3", "smbfs",
                                                              "ceph", "afs",  "9p",   "ncpfs"};
    return contains(types, mount.type) || mount.type.starts_with("fuse.");
}

bool isImage(const Mount& mount)
{
    static constexpr std::array<std::string_view, 6> types = {"squashfs", "iso9660", "udf",
                                                              "erofs",    "cramfs",  "romfs"};
    return contains(types, mount.type) || mount.major == loopMajor;
}

bool isInMemory(const Mount& mount)
{
    return mount.source.starts_with("/dev/zram") || mount.source.starts_with("/dev/ram");
}

bool isLocalDisk(const Mount& mount)
{
    static constexpr std::array<std::string_view, 3> selfNumbered = {"btrfs", "bcachefs", "zfs"};
    return (mount.major != 0 || contains(selfNumbered, mount.type)) && !isImage(mount) && !isInMemory(mount);
}

/// Equal for mounts that share one pool of free space.
std::string poolOf(const Mount& mount)
{
    if (mount.type == "zfs")
        return mount.source.substr(0, mount.source.find('/'));
    return std::to_string(mount.major) + ':' + std::to_string(mount.minor);
}

/// Lower is more telling: the system's root, then a whole filesystem rather than a directory of it.
auto rank(const Mount& mount)
{
    return std::make_tuple(mount.point != "/", mount.root != "/", mount.point.size());
}

bool isBelow(std::string_view point, std::string_view ancestor)
{
    return point.size() > ancestor.size() && point.starts_with(ancestor) &&
           (ancestor == "/" || point[ancestor.size()] == '/');
}

/// A later mount at the same place hides an earlier one.
void dropHidden(std::vector<Mount>& mounts)
{
    std::unordered_map<std::string, std::size_t> last;
    for (std::size_t i = 0; i < mounts.size(); ++i)
        last[mounts[i].point] = i;
    std::size_t i = 0;
    std::erase_if(mounts, [&](const Mount& mount) { return last[mount.point] != i++; });
}

} // namespace

std::vector<Mount> parseMounts(std::string_view text)
{
    std::vector<Mount> mounts;
    std::string_view line;
    while (takeLine(text, line)) {
        Mount mount;
        if (parseMount(line, mount))
            mounts.push_back(std::move(mount));
    }
    return mounts;
}

std::vector<Mount> localFilesystems(std::vector<Mount> mounts)
{
    dropHidden(mounts);
    std::vector<std::string> networkPoints;
    for (const Mount& mount : mounts) {
        if (isNetwork(mount))
            networkPoints.push_back(mount.point);
    }
    // The way to a disk mounted below a network directory leads over the network.
    const auto isReachable = [&networkPoints](const Mount& mount) {
        return std::none_of(networkPoints.begin(), networkPoints.end(),
                            [&](const std::string& point) { return isBelow(mount.point, point); });
    };

    std::vector<Mount> local;
    std::unordered_map<std::string, std::size_t> byPool;
    for (Mount& mount : mounts) {
        const bool isRoot = mount.point == "/" && !isNetwork(mount);
        if (!(isRoot || isLocalDisk(mount)) || !isReachable(mount))
            continue;
        const auto [known, isNew] = byPool.try_emplace(poolOf(mount), local.size());
        if (isNew)
            local.push_back(std::move(mount));
        else if (rank(mount) < rank(local[known->second]))
            local[known->second] = std::move(mount);
    }
    return local;
}

} // namespace vigie
