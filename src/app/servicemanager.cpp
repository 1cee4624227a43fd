// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/servicemanager.h"

#include <cstddef>
#include <cstring>
#include <ctime>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace vigie {

namespace {

QByteArray takeVariable(const char* name)
{
    const QByteArray value = qgetenv(name);
    qunsetenv(name);
    return value;
}

} // namespace

ServiceManager ServiceManager::takenFromEnvironment()
{
    ServiceManager manager;
    const QByteArray socket = takeVariable("NOTIFY_SOCKET");
    const bool isAddress = socket.startsWith('/') || socket.startsWith('@');
    if (isAddress && socket.size() > 1 && socket.size() < qsizetype(sizeof sockaddr_un::sun_path))
        manager.m_socket = socket;
    const qint64 microseconds = takeVariable("WATCHDOG_USEC").toLongLong();
    const QByteArray process = takeVariable("WATCHDOG_PID");
    if (manager.isThere() && microseconds > 0 && (process.isEmpty() || process.toLongLong() == ::getpid()))
        manager.m_watchdogInterval = std::chrono::milliseconds(std::max<qint64>(1, microseconds / 1'000));
    return manager;
}

void ServiceManager::tell(const QByteArray& state) const
{
    if (!isThere())
        return;
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, m_socket.constData(), std::size_t(m_socket.size()));
    if (m_socket.startsWith('@'))
        address.sun_path[0] = '\0';
    const auto length = socklen_t(offsetof(sockaddr_un, sun_path) + std::size_t(m_socket.size()));
    const int descriptor = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0)
        return;
    ::sendto(descriptor, state.constData(), std::size_t(state.size()), MSG_NOSIGNAL | MSG_DONTWAIT,
             reinterpret_cast<const sockaddr*>(&address), length);
    ::close(descriptor);
}

void ServiceManager::tellReloading() const
{
    // systemd 253 compares the time with that of its SIGHUP.
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    const qint64 microseconds = qint64(now.tv_sec) * 1'000'000 + now.tv_nsec / 1'000;
    tell("RELOADING=1\nMONOTONIC_USEC=" + QByteArray::number(microseconds));
}

} // namespace vigie
