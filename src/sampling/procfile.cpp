// SPDX-License-Identifier: GPL-3.0-or-later
#include "sampling/procfile.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace vigie {

namespace {

constexpr std::size_t firstBufferBytes = 4096;
// Far above any real source (a /proc/stat of 500 cores is 300 KiB): a bound against a file without end.
constexpr std::size_t maxBufferBytes = 16 * 1024 * 1024;

ssize_t readAt(int fd, char* to, std::size_t bytes, std::size_t offset)
{
    ssize_t got = 0;
    do
        got = ::pread(fd, to, bytes, static_cast<off_t>(offset));
    while (got < 0 && errno == EINTR);
    return got;
}

} // namespace

ProcFile::ProcFile(std::string path) : m_path(std::move(path)) {}

ProcFile::~ProcFile()
{
    close();
}

std::optional<std::string_view> ProcFile::read()
{
    const bool wasOpen = m_fd >= 0;
    if (wasOpen && isReplaced())
        close();
    if (m_fd < 0 && !open())
        return std::nullopt;
    auto text = readOpen();
    // An old descriptor can die under a living path (a FUSE-backed /proc restarted, a device replugged).
    if (!text && wasOpen) {
        close();
        if (open())
            text = readOpen();
    }
    if (!text)
        close();
    return text;
}

bool ProcFile::open()
{
    m_fd = ::open(m_path.c_str(), O_RDONLY | O_CLOEXEC);
    return m_fd >= 0;
}

void ProcFile::close()
{
    if (m_fd >= 0)
        ::close(m_fd);
    m_fd = -1;
}

bool ProcFile::isReplaced() const
{
    struct stat status = {};
    return ::fstat(m_fd, &status) != 0 || status.st_nlink == 0;
}

std::optional<std::string_view> ProcFile::readOpen()
{
    std::size_t used = 0;
    for (;;) {
        if (used == m_buffer.size()) {
            if (m_buffer.size() >= maxBufferBytes)
                return std::nullopt;
            m_buffer.resize(m_buffer.empty() ? firstBufferBytes : m_buffer.size() * 2);
        }
        const ssize_t got = readAt(m_fd, m_buffer.data() + used, m_buffer.size() - used, used);
        if (got < 0)
            return std::nullopt;
        if (got == 0)
            return std::string_view(m_buffer.data(), used);
        used += static_cast<std::size_t>(got);
    }
}

ProcDirectory::ProcDirectory(std::string path) : m_path(std::move(path)) {}

ProcDirectory::~ProcDirectory()
{
    if (m_fd >= 0)
        ::close(m_fd);
}

std::string_view ProcDirectory::read(const char* relativePath, std::span<char> buffer)
{
    if (descriptor() < 0)
        return {};
    const int fd = ::openat(m_fd, relativePath, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return {};
    const ssize_t got = readAt(fd, buffer.data(), buffer.size(), 0);
    ::close(fd);
    return got > 0 ? std::string_view(buffer.data(), static_cast<std::size_t>(got)) : std::string_view();
}

int ProcDirectory::descriptor()
{
    if (m_fd < 0)
        m_fd = ::open(m_path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return m_fd;
}

} // namespace vigie
