// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/workerthread.h"
#include "cluster/logbus.h"

#include <optional>

namespace vigie {

class Hub;
class Intake;
class Server;
class StoreHistory;
struct ServerConfig;

/// The hub, the door for log entries and the server on one thread, and what is stored as that thread asks it. Main thread.
class ServerAssembly
{
public:
    /// `maxApps`: applications that may send. `bus`: with whom the order of entries is shared; absent: it is the hub's own.
    ServerAssembly(const ServerConfig& config, int maxApps, const std::optional<LogBus::Config>& bus);

    Hub* hub() const { return m_hub; }
    /// Null: there is none.
    LogBus* bus() const { return m_bus; }
    Intake* intake() const { return m_intake; }
    Server* server() const { return m_server; }
    StoreHistory* history() const { return m_history; }

    void start() { m_thread.start(); }
    void end() { m_thread.end(); }

private:
    WorkerThread m_thread{QStringLiteral("server")};
    // They live on the thread and end with it.
    Hub* m_hub;
    LogBus* m_bus;
    Intake* m_intake;
    Server* m_server;
    StoreHistory* m_history;
};

} // namespace vigie
