// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/appevents.h"
#include "core/logbatch.h"

#include <cstdint>
#include <functional>

namespace vigie {

/// What gives log entries one order on all machines that share it. Without one the Hub gives it by itself, at once. The server's thread.
///
/// Each batch comes back by Hub::acceptShared(), on this machine as on all others, and is durable when the bus says so by
/// Hub::noteShared().
class Bus
{
public:
    virtual ~Bus() = default;

    /// Takes entries on their way. The batch may be empty: its checkpoint then holds when all that was shared before has come back.
    virtual void share(LogBatch batch) = 0;
    /// Its application is emptied, at this place of the order.
    virtual void shareClearing(const AppCleared& which) = 0;
    /// Hub::noteShared() is to be called with this ticket when all that was shared so far is safe.
    virtual void drawTicket(std::uint64_t ticket) = 0;
    /// Whether so much is on its way that producers should be read no further for now.
    virtual bool isBehind() const = 0;
    /// Whether all has come back that was on the bus when this program started.
    virtual bool isCurrent() const = 0;
    /// Calls `done` when all has come back that is on the bus now; after some seconds in any case. Later or at once.
    virtual void whenCurrent(std::function<void()> done) = 0;
};

} // namespace vigie
