// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bytepump.h"

#include <QDateTime>
#include <array>
#include <cerrno>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>
#include <utility>

namespace vigie {

namespace {

constexpr std::size_t readBytes = 64 * 1024;
constexpr std::size_t lastBytes = 4 * 1024 * 1024; // that are still read when no more is to be waited for

bool writeAll(int to, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = ::write(to, bytes.data(), bytes.size());
        if (written >= 0) {
            bytes.remove_prefix(std::size_t(written));
        } else if (errno == EAGAIN) { // whoever shares it wants it so
            pollfd ready{to, POLLOUT, 0};
            ::poll(&ready, 1, -1);
        } else if (errno != EINTR) {
            return false;
        }
    }
    return true;
}

} // namespace

BytePump::BytePump() : m_stop(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

BytePump::~BytePump()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isGone = true;
    }
    m_hasRoom.notify_all();
    finishSoon();
    for (std::thread& thread : m_threads)
        thread.join();
    ::close(m_stop);
}

void BytePump::read(int stream, int from, int copyTo)
{
    {
        const std::lock_guard lock(m_mutex);
        ++m_open;
    }
    m_threads.emplace_back([this, stream, from, copyTo] { run(stream, from, copyTo); });
}

void BytePump::finishSoon()
{
    ::eventfd_write(m_stop, 1);
}

void BytePump::run(int stream, int from, int copyTo)
{
    std::array<char, readBytes> buffer;
    for (std::size_t afterStop = 0; afterStop < lastBytes;) {
        std::array<pollfd, 2> ready{{{from, POLLIN, 0}, {m_stop, POLLIN, 0}}};
        if (::poll(ready.data(), ready.size(), -1) < 0 && errno != EINTR)
            break;
        if (ready[0].revents == 0) {
            if (ready[1].revents != 0)
                break;
            continue;
        }
        const ssize_t got = ::read(from, buffer.data(), buffer.size());
        if (got < 0 && (errno == EINTR || errno == EAGAIN))
            continue;
        if (got <= 0) // a terminal whose last writer has gone gives EIO
            break;
        const std::string_view bytes(buffer.data(), std::size_t(got));
        if (ready[1].revents != 0)
            afterStop += bytes.size();
        const bool isCopied = copyTo < 0 || writeAll(copyTo, bytes);
        push(stream, bytes);
        if (!isCopied)
            break;
    }
    ::close(from);
    const std::lock_guard lock(m_mutex);
    --m_open;
    tell();
}

void BytePump::push(int stream, std::string_view bytes)
{
    const std::int64_t nowMs = QDateTime::currentMSecsSinceEpoch();
    std::unique_lock lock(m_mutex);
    m_hasRoom.wait(lock, [this] { return m_held < maxHeld || m_isGone; });
    if (!m_bytes.empty() && m_bytes.back().stream == stream && m_bytes.back().cameMs == nowMs
        && m_bytes.back().bytes.size() < readBytes)
        m_bytes.back().bytes += bytes;
    else
        m_bytes.push_back({stream, std::string(bytes), nowMs});
    m_held += bytes.size();
    tell();
}

/// With the mutex held.
void BytePump::tell()
{
    if (!std::exchange(m_isTold, true) && !m_isGone)
        QMetaObject::invokeMethod(this, &BytePump::came, Qt::QueuedConnection);
}

std::vector<PumpedBytes> BytePump::take()
{
    std::vector<PumpedBytes> taken;
    {
        const std::lock_guard lock(m_mutex);
        taken.swap(m_bytes);
        m_held = 0;
        m_isTold = false;
    }
    m_hasRoom.notify_all();
    return taken;
}

bool BytePump::isAtEnd()
{
    const std::lock_guard lock(m_mutex);
    return m_open == 0 && m_bytes.empty();
}

} // namespace vigie
