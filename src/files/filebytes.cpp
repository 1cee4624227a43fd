// SPDX-License-Identifier: GPL-3.0-or-later
#include "files/filebytes.h"

#include "core/regularfile.h"

#include <QCoreApplication>
#include <QFile>
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace vigie {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LogFile)
};

constexpr std::int64_t msPerSecond = 1'000;
constexpr std::int64_t nsPerMs = 1'000'000;

} // namespace

FileBytes::~FileBytes()
{
    close();
}

void FileBytes::close()
{
    if (m_descriptor >= 0)
        ::close(std::exchange(m_descriptor, -1));
}

bool FileBytes::openAgain()
{
    // Not to wait for a writer where the name is a pipe's.
    const int descriptor = ::open(QFile::encodeName(m_path).constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    struct stat status = {};
    if (descriptor < 0 || ::fstat(descriptor, &status) != 0)
        return false;
    if (!S_ISREG(status.st_mode)) {
        ::close(descriptor);
        errno = EINVAL;
        return false;
    }
    close();
    m_descriptor = descriptor;
    m_device = status.st_dev;
    m_inode = status.st_ino;
    m_size = std::uint64_t(status.st_size);
    m_modifiedMs = status.st_mtim.tv_sec * msPerSecond + status.st_mtim.tv_nsec / nsPerMs;
    m_position = 0;
    return true;
}

Outcome FileBytes::open()
{
    if (openAgain())
        return std::monostate{};
    const QString why = errno == EINVAL ? notRegularFileText() : QString::fromLocal8Bit(std::strerror(errno));
    return Error{Text::tr("Cannot read %1: %2.").arg(m_path, why)};
}

std::string_view FileBytes::read(std::size_t size)
{
    m_buffer.resize(std::max(m_buffer.size(), size));
    ssize_t count = 0;
    do
        count = ::pread(m_descriptor, m_buffer.data(), size, off_t(m_position));
    while (count < 0 && errno == EINTR);
    if (count <= 0)
        return {};
    m_position += std::uint64_t(count);
    return {m_buffer.data(), std::size_t(count)};
}

FileBytes::Change FileBytes::look()
{
    struct stat status = {};
    if (::fstat(m_descriptor, &status) != 0)
        return Change::None;
    m_size = std::uint64_t(status.st_size);
    m_modifiedMs = status.st_mtim.tv_sec * msPerSecond + status.st_mtim.tv_nsec / nsPerMs;
    if (m_size < m_position) {
        // What /proc holds is said to be empty. It is as it was if its last byte is still there.
        char last = 0;
        if (m_size == 0 && ::pread(m_descriptor, &last, 1, off_t(m_position - 1)) == 1)
            return Change::None;
        m_position = 0;
        return Change::Truncated;
    }
    if (m_size > m_position)
        return Change::None; // the rest of it comes first
    struct stat named = {};
    const bool isThere = ::stat(QFile::encodeName(m_path).constData(), &named) == 0;
    if (!isThere || (named.st_dev == m_device && named.st_ino == m_inode))
        return Change::None;
    return openAgain() ? Change::Replaced : Change::None;
}

} // namespace vigie
