// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/filewatcher.h"

#include <QSocketNotifier>
#include <algorithm>
#include <array>
#include <linux/magic.h>
#include <sys/inotify.h>
#include <sys/vfs.h>
#include <unistd.h>

namespace vigie {

namespace {

constexpr unsigned folderEvents = IN_CREATE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;
constexpr unsigned fileEvents = IN_MODIFY | IN_CLOSE_WRITE | IN_ATTRIB | IN_MOVE_SELF | IN_DELETE_SELF;

// Not in linux/magic.h.
constexpr long cifsMagic = 0xFF534D42;
constexpr long smb2Magic = 0xFE534D42;

/// Whether others may write to it without this machine's kernel knowing.
bool isRemote(const struct statfs& system)
{
    constexpr std::array<long, 7> remote{NFS_SUPER_MAGIC, SMB_SUPER_MAGIC, cifsMagic, smb2Magic, FUSE_SUPER_MAGIC, V9FS_MAGIC, CEPH_SUPER_MAGIC};
    return std::ranges::find(remote, long(unsigned(system.f_type))) != remote.end();
}

} // namespace

FileWatcher::FileWatcher(QObject* parent) : QObject(parent), m_inotify(inotify_init1(IN_CLOEXEC | IN_NONBLOCK))
{
    if (m_inotify < 0)
        return;
    m_notifier = new QSocketNotifier(m_inotify, QSocketNotifier::Read, this);
    connect(m_notifier, &QSocketNotifier::activated, this, &FileWatcher::readEvents);
}

FileWatcher::~FileWatcher()
{
    delete m_notifier;
    if (m_inotify >= 0)
        close(m_inotify);
}

int FileWatcher::watch(const char* path, unsigned mask)
{
    struct statfs system = {};
    if (m_inotify < 0 || statfs(path, &system) != 0 || isRemote(system))
        return -1;
    return inotify_add_watch(m_inotify, path, mask);
}

int FileWatcher::watchFolder(const std::string& path)
{
    return watch(path.c_str(), folderEvents);
}

int FileWatcher::watchFile(int descriptor)
{
    // By its number, not by a name that may be another's by now.
    return watch(("/proc/self/fd/" + std::to_string(descriptor)).c_str(), fileEvents);
}

void FileWatcher::stopWatching(int number)
{
    inotify_rm_watch(m_inotify, number);
}

void FileWatcher::readEvents()
{
    alignas(inotify_event) std::array<char, 64 * 1024> buffer;
    const ssize_t size = read(m_inotify, buffer.data(), buffer.size());
    for (ssize_t at = 0; at < size;) {
        const auto* const event = reinterpret_cast<const inotify_event*>(buffer.data() + at);
        at += ssize_t(sizeof *event + event->len);
        if (event->mask & IN_Q_OVERFLOW)
            Q_EMIT muchWasMissed();
        if (event->wd < 0 || (event->mask & IN_IGNORED))
            continue;
        if (event->len > 0)
            Q_EMIT folderChanged(event->wd, event->name);
        else if (event->mask & IN_ISDIR)
            Q_EMIT folderChanged(event->wd, {});
        if (event->len > 0 || (event->mask & IN_ISDIR))
            continue;
        if (event->mask & IN_MODIFY)
            Q_EMIT fileChanged(event->wd);
        if (event->mask & IN_CLOSE_WRITE)
            Q_EMIT fileClosed(event->wd);
        if (event->mask & (IN_ATTRIB | IN_MOVE_SELF | IN_DELETE_SELF))
            Q_EMIT fileRenamed(event->wd);
    }
}

} // namespace vigie
