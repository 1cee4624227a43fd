// SPDX-License-Identifier: GPL-3.0-or-later
#include "sampling/netlink.h"

#include <cerrno>
#include <sys/socket.h>
#include <unistd.h>

namespace vigie {

namespace {

// The kernel fills at most this much of a dump at a time.
constexpr std::size_t bufferBytes = 32 * 1024;

} // namespace

bool NetlinkSocket::send(std::span<const char> message)
{
    if (m_fd < 0)
        m_fd = ::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, m_protocol);
    if (m_fd < 0)
        return false;
    m_buffer.resize(bufferBytes);
    sockaddr_nl kernel = {};
    kernel.nl_family = AF_NETLINK;
    ssize_t sent = 0;
    do
        sent = ::sendto(m_fd, message.data(), message.size(), MSG_NOSIGNAL, reinterpret_cast<const sockaddr*>(&kernel),
                        sizeof kernel);
    while (sent < 0 && errno == EINTR);
    if (sent != static_cast<ssize_t>(message.size()))
        close();
    return m_fd >= 0;
}

std::optional<std::span<const char>> NetlinkSocket::receive()
{
    ssize_t got = 0;
    do
        got = ::recv(m_fd, m_buffer.data(), m_buffer.size(), MSG_TRUNC);
    while (got < 0 && errno == EINTR);
    if (got <= 0 || static_cast<std::size_t>(got) > m_buffer.size())
        return std::nullopt;
    return std::span<const char>(m_buffer.data(), static_cast<std::size_t>(got));
}

void NetlinkSocket::close()
{
    if (m_fd >= 0)
        ::close(m_fd);
    m_fd = -1;
}

} // namespace vigie
