// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logfilter.h"
#include "server/net/connection.h"

#include <cstdint>
#include <string>

namespace vigie {

/// The Fanout's state of one signed-in client. Owned by its Session.
struct Viewer
{
    enum class State {
        Away, ///< has joined no application, or wants no log entries
        Live, ///< gets each entry as it arrives
        Lagging, ///< has too much unsent; gets nothing until it has drained
        CatchingUp, ///< is reading from history
    };

    explicit Viewer(Connection& connection) : out(connection) {}

    Connection& out; ///< takes whole frames
    std::string appId;
    LogFilter filter;
    bool mayRead = false; ///< entries and metrics, of its application and the machine
    bool wantsLogs = false; ///< and may read them
    bool isProducer = false; ///< has sent entries or metrics, so it gets commands
    State state = State::Away;
    std::uint64_t reached = 0; ///< sequence number of the last entry that was sent or filtered out; not used while Live
    std::string reachedId; ///< its id, for `gap`; may be empty
};

} // namespace vigie
