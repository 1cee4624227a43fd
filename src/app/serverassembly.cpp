// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/serverassembly.h"

#include "hub/hub.h"
#include "server/server.h"
#include "storage/storehistory.h"

namespace vigie {

ServerAssembly::ServerAssembly(const ServerConfig& config, int maxApps)
    : m_hub(new Hub(maxApps)), m_server(new Server(config, *m_hub)), m_history(new StoreHistory)
{
    // The server takes leave of the hub, so it goes first.
    m_thread.own(m_server);
    m_thread.own(m_hub);
    m_thread.own(m_history);
}

} // namespace vigie
