// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/openedfile.h"

#include "core/regularfile.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>
#include <utility>

namespace vigie {

namespace {

constexpr std::int64_t msPerSecond = 1'000;
constexpr std::int64_t nsPerMs = 1'000'000;

std::int64_t modifiedMsOf(const struct stat& status)
{
    return status.st_mtim.tv_sec * msPerSecond + status.st_mtim.tv_nsec / nsPerMs;
}

/// Whether the kernel makes what is in it as it is read: no log is there, but the environment of programs is.
bool isMadeByKernel(int descriptor)
{
    constexpr std::array<unsigned long, 11> made{PROC_SUPER_MAGIC, SYSFS_MAGIC, CGROUP_SUPER_MAGIC, CGROUP2_SUPER_MAGIC, DEBUGFS_MAGIC,
                                                 TRACEFS_MAGIC, SECURITYFS_MAGIC, SELINUX_MAGIC, BPF_FS_MAGIC, EFIVARFS_MAGIC, BINFMTFS_MAGIC};
    struct statfs system = {};
    return ::fstatfs(descriptor, &system) == 0 && std::ranges::find(made, (unsigned long)(unsigned(system.f_type))) != made.end();
}

} // namespace

OpenedFile::OpenedFile(OpenedFile&& other) noexcept
{
    *this = std::move(other);
}

OpenedFile& OpenedFile::operator=(OpenedFile&& other) noexcept
{
    close();
    m_descriptor = std::exchange(other.m_descriptor, -1);
    m_key = other.m_key;
    m_size = other.m_size;
    m_modifiedMs = other.m_modifiedMs;
    m_isUnlinked = other.m_isUnlinked;
    return *this;
}

OpenedFile::~OpenedFile()
{
    close();
}

void OpenedFile::close()
{
    if (m_descriptor >= 0)
        ::close(std::exchange(m_descriptor, -1));
}

Result<OpenedFile> OpenedFile::open(const std::string& path)
{
    // Devices do things when they are opened.
    struct stat named = {};
    if (::stat(path.c_str(), &named) != 0)
        return Error{QString::fromLocal8Bit(std::strerror(errno))};
    if (!S_ISREG(named.st_mode))
        return Error{notRegularFileText()};
    OpenedFile file;
    // It may have become a pipe by now: not to wait for its writer.
    file.m_descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    struct stat status = {};
    if (file.m_descriptor < 0 || ::fstat(file.m_descriptor, &status) != 0)
        return Error{QString::fromLocal8Bit(std::strerror(errno))};
    if (!S_ISREG(status.st_mode) || isMadeByKernel(file.m_descriptor))
        return Error{notRegularFileText()};
    file.m_key = {status.st_dev, status.st_ino};
    file.look();
    if (file.size() == 0 && !file.piece(0, 1).empty()) {
        file.look(); // somebody may have written to it just now
        if (file.size() == 0)
            return Error{notRegularFileText()};
    }
    return file;
}

std::optional<NamedFile> OpenedFile::named(const std::string& path)
{
    struct stat status = {};
    if (::stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode))
        return std::nullopt;
    return NamedFile{{status.st_dev, status.st_ino}, std::uint64_t(status.st_size), modifiedMsOf(status)};
}

void OpenedFile::look()
{
    struct stat status = {};
    if (::fstat(m_descriptor, &status) != 0)
        return;
    m_size = std::uint64_t(status.st_size);
    m_modifiedMs = modifiedMsOf(status);
    m_isUnlinked = status.st_nlink == 0;
}

std::optional<std::int64_t> OpenedFile::bornMs() const
{
    struct statx status = {};
    if (::statx(m_descriptor, "", AT_EMPTY_PATH, STATX_BTIME, &status) != 0 || (status.stx_mask & STATX_BTIME) == 0)
        return std::nullopt;
    return std::int64_t(status.stx_btime.tv_sec) * 1'000 + status.stx_btime.tv_nsec / 1'000'000;
}

bool OpenedFile::hasNoWriter() const
{
    // A lease is given only where nobody writes. Who wants to meanwhile waits for its end, and the signal of that is one that
    // nobody heeds.
    if (::fcntl(m_descriptor, F_SETSIG, SIGURG) != 0 || ::fcntl(m_descriptor, F_SETLEASE, F_RDLCK) != 0)
        return false;
    ::fcntl(m_descriptor, F_SETLEASE, F_UNLCK);
    return true;
}

std::string_view OpenedFile::read(std::uint64_t offset, std::span<char> buffer) const
{
    std::size_t count = 0;
    while (count < buffer.size()) {
        const ssize_t size = ::pread(m_descriptor, buffer.data() + count, buffer.size() - count, off_t(offset + count));
        if (size < 0 && errno == EINTR)
            continue;
        if (size <= 0)
            break;
        count += std::size_t(size);
    }
    return {buffer.data(), count};
}

std::string OpenedFile::piece(std::uint64_t offset, std::size_t size) const
{
    std::string bytes(size, '\0');
    bytes.resize(read(offset, bytes).size());
    return bytes;
}

} // namespace vigie
