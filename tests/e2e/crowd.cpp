// SPDX-License-Identifier: GPL-3.0-or-later
#include "crowd.h"

#include "harness.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace vigie::e2e {

namespace {

constexpr std::size_t maxWaiting = 500; // well within the server's line of those it has not accepted

void reset(int descriptor)
{
    const linger hard{1, 0}; // keeps no port busy
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    ::close(descriptor);
}

} // namespace

Crowd::Crowd(const char* from, quint16 port) : m_from(from), m_port(port)
{
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

void Crowd::leave()
{
    for (const pollfd& waiting : std::exchange(m_waiting, {}))
        reset(waiting.fd);
    for (const int descriptor : std::exchange(m_answered, {}))
        reset(descriptor);
}

bool Crowd::come(int count, const QByteArray& head)
{
    bool isAble = true;
    const bool isDone = waitUntil(
        [&] {
            while (isAble && m_waiting.size() < maxWaiting && int(m_waiting.size() + m_answered.size()) < count)
                isAble = add();
            read(head);
            return !isAble || int(m_answered.size()) == count;
        },
        12 * longWaitMs);
    return isDone && isAble;
}

int Crowd::answers(int status) const
{
    const auto known = m_statuses.find(status);
    return known == m_statuses.end() ? 0 : known->second;
}

bool Crowd::add()
{
    const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    sockaddr_in own{};
    own.sin_family = AF_INET;
    inet_pton(AF_INET, m_from.constData(), &own.sin_addr);
    sockaddr_in server{};
    server.sin_family = AF_INET;
    server.sin_port = htons(m_port);
    server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (descriptor < 0 || ::bind(descriptor, reinterpret_cast<const sockaddr*>(&own), sizeof own) != 0
        || (::connect(descriptor, reinterpret_cast<const sockaddr*>(&server), sizeof server) != 0 && errno != EINPROGRESS)) {
        qWarning("cannot connect: %s", strerror(errno));
        if (descriptor >= 0)
            ::close(descriptor);
        return false;
    }
    m_waiting.push_back({descriptor, POLLOUT, 0});
    return true;
}

void Crowd::read(const QByteArray& head)
{
    if (::poll(m_waiting.data(), m_waiting.size(), 0) <= 0)
        return;
    std::erase_if(m_waiting, [&](pollfd& waiting) {
        if (waiting.revents & POLLOUT) {
            ::send(waiting.fd, head.constData(), std::size_t(head.size()), MSG_NOSIGNAL);
            waiting.events = POLLIN;
            return false;
        }
        std::array<char, 12> line{}; // "HTTP/1.1 101"
        if (!(waiting.revents & (POLLIN | POLLHUP | POLLERR)))
            return false;
        const ssize_t size = ::recv(waiting.fd, line.data(), line.size(), 0);
        ++m_statuses[size == ssize_t(line.size()) ? QByteArray(line.data() + 9, 3).toInt() : 0];
        m_answered.push_back(waiting.fd);
        return true;
    });
}

} // namespace vigie::e2e
