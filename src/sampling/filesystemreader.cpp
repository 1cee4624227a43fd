// SPDX-License-Identifier: GPL-3.0-or-later
#include "sampling/filesystemreader.h"

#include "sampling/mounts.h"

#include <algorithm>
#include <limits>
#include <linux/magic.h>
#include <poll.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>
#include <utility>

namespace vigie {

namespace {

bool askKernel(const char* mountPoint, struct statvfs& space)
{
    return ::statvfs(mountPoint, &space) == 0;
}

QString fromBytes(const std::string& text)
{
    return QString::fromUtf8(text);
}

} // namespace

FilesystemReader::FilesystemReader(const std::string& root, SpaceQuery query)
    : m_file(root + "/proc/self/mountinfo"), m_query(query ? std::move(query) : SpaceQuery(askKernel))
{
}

bool FilesystemReader::read(DiskSample& out)
{
    out.totalBytes = out.usedBytes = out.freeBytes = 0;
    if (!refresh()) {
        out.filesystems.clear();
        return false;
    }
    std::size_t count = 0;
    quint64 layeredTotal = 0;
    for (const Filesystem& known : m_filesystems) {
        struct statvfs space = {};
        if (!m_query(known.path.c_str(), space) || space.f_blocks == 0)
            continue;
        const quint64 unit = space.f_frsize;
        if (unit > std::numeric_limits<quint64>::max() / space.f_blocks)
            continue; // a filesystem that says what cannot be
        const quint64 total = space.f_blocks * unit;
        // The root of a container reports the disk it is layered on, which is often also mounted
        // piecemeal (/etc/hosts, volumes): the same disk is not counted twice.
        if (m_rootIsLayered && known.path != "/" && total == layeredTotal)
            continue;
        if (m_rootIsLayered && known.path == "/")
            layeredTotal = total;

        if (count == out.filesystems.size())
            out.filesystems.emplace_back();
        FilesystemSample& filesystem = out.filesystems[count++];
        filesystem.mountPoint = known.mountPoint;
        filesystem.device = known.device;
        filesystem.type = known.type;
        filesystem.totalBytes = total;
        filesystem.usedBytes = (space.f_blocks - std::min(space.f_bfree, space.f_blocks)) * unit;
        filesystem.freeBytes = std::min(space.f_bavail, space.f_blocks) * unit;
        out.totalBytes += filesystem.totalBytes;
        out.usedBytes += filesystem.usedBytes;
        out.freeBytes += filesystem.freeBytes;
    }
    out.filesystems.resize(count);
    return true;
}

bool FilesystemReader::refresh()
{
    if (!mayHaveChanged())
        return true;
    const auto text = m_file.read();
    if (!text) {
        m_text.clear();
        m_filesystems.clear();
        m_watched = -1;
        return false;
    }
    if (m_file.descriptor() != m_watched) {
        // Only the kernel's own file tells of changes by poll(2).
        struct statfs status = {};
        m_watched = m_file.descriptor();
        m_canWatch = ::fstatfs(m_watched, &status) == 0 && status.f_type == PROC_SUPER_MAGIC;
    } else if (m_text == *text) {
        return true;
    }
    m_text = *text;
    m_filesystems.clear();
    m_rootIsLayered = false;
    for (const Mount& mount : localFilesystems(parseMounts(m_text))) {
        m_filesystems.push_back(
            {mount.point, fromBytes(mount.point), fromBytes(mount.source), fromBytes(mount.type)});
        if (mount.point == "/") {
            m_rootIsLayered = mount.type == "overlay" || mount.type == "aufs";
            std::rotate(m_filesystems.begin(), m_filesystems.end() - 1, m_filesystems.end());
        }
    }
    return true;
}

bool FilesystemReader::mayHaveChanged()
{
    if (m_watched < 0 || !m_canWatch)
        return true;
    pollfd watch = {m_watched, POLLPRI, 0};
    return ::poll(&watch, 1, 0) != 0;
}

} // namespace vigie
