// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logfilter.h"
#include "server/net/connection.h"

#include <cstdint>
#include <string>

namespace vigie {

/// What the Fanout knows of one signed-in client. Owned by its Session.
struct Viewer
{
    enum class State {
        Away, ///< belongs to no application, or wants no log entries
        Live, ///< gets each entry as it comes
        Lagging, ///< has more unsent than it may; nothing is queued until it drains
        CatchingUp, ///< is read to from history
    };

    explicit Viewer(Connection& connection) : out(connection) {}

    Connection& out; ///< takes whole frames
    std::string appId;
    LogFilter filter;
    bool mayRead = false; ///< entries and figures, of its application and the machine
    bool wantsLogs = false; ///< and may read
    bool isProducer = false; ///< has sent entries or figures: commands are for it
    State state = State::Away;
    std::uint64_t reached = 0; ///< number of the last entry sent, or passed over by its filter; not while Live
    std::string reachedId; ///< its id, to tell a gap by; may be empty
};

} // namespace vigie
