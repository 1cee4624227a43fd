// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <chrono>

namespace vigie {

/// The service manager that started the program, such as systemd: it is told how the program is by datagrams (sd_notify(3)). A
/// value, to be copied; without one, nothing is told.
class ServiceManager
{
public:
    /// None.
    ServiceManager() = default;
    /// As the environment says, out of which it is taken: what the program starts must not answer in its place. Before any other
    /// thread runs.
    static ServiceManager takenFromEnvironment();

    bool isThere() const { return !m_socket.isEmpty(); }
    /// Within which it wants to hear that the program is alive; 0: it does not.
    std::chrono::milliseconds watchdogInterval() const { return m_watchdogInterval; }

    /// Lines such as "READY=1". What cannot be delivered is dropped. Never waits. Any thread.
    void tell(const QByteArray& state) const;
    void tellReady(const QByteArray& status) const { tell("READY=1\nSTATUS=" + status); }
    /// Until tellReady().
    void tellReloading() const;
    void tellStopping() const { tell("STOPPING=1"); }
    void tellAlive() const { tell("WATCHDOG=1"); }

private:
    QByteArray m_socket; ///< its path; with a first '@' the name of an abstract one (unix(7))
    std::chrono::milliseconds m_watchdogInterval{0};
};

} // namespace vigie
