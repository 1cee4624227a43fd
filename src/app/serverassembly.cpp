// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/serverassembly.h"

#include "hub/hub.h"
#include "intake/intake.h"
#include "server/server.h"
#include "storage/storehistory.h"

namespace vigie {

ServerAssembly::ServerAssembly(const ServerConfig& config, int maxApps, const std::optional<LogBus::Config>& bus)
    : m_hub(new Hub(maxApps)), m_bus(bus ? new LogBus(*bus, *m_hub) : nullptr), m_intake(new Intake(*m_hub)), m_server(new Server(config, *m_hub, *m_intake)),
      m_history(new StoreHistory)
{
    // The server takes leave of the door, and the door of the hub.
    m_thread.own(m_server);
    m_thread.own(m_intake);
    if (m_bus)
        m_thread.own(m_bus);
    m_thread.own(m_hub);
    m_thread.own(m_history);
}

} // namespace vigie
