// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/workerthread.h"

namespace vigie {

class Hub;
class Server;
class StoreHistory;
struct ServerConfig;

/// The hub and the server on one thread, and what is stored as that thread asks it. Main thread.
class ServerAssembly
{
public:
    /// `maxApps`: applications that may send.
    ServerAssembly(const ServerConfig& config, int maxApps);

    Hub* hub() const { return m_hub; }
    Server* server() const { return m_server; }
    StoreHistory* history() const { return m_history; }

    void start() { m_thread.start(); }
    void end() { m_thread.end(); }

private:
    WorkerThread m_thread{QStringLiteral("server")};
    // They live on the thread and end with it.
    Hub* m_hub;
    Server* m_server;
    StoreHistory* m_history;
};

} // namespace vigie
