// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/appevents.h"
#include "core/checkpoint.h"
#include "core/logbatch.h"
#include "core/result.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vigie {

/// Which message of which program: the epoch is new at each start, and the number counts up by one within an epoch and an application.
struct BusOrigin
{
    std::string node; ///< its name, for people
    std::string nodeId; ///< that no other has
    std::string epoch;
    std::uint64_t number = 0;
};

/// What one message on the stream of log entries says: entries of one application, or that it was emptied. Its bytes are described in
/// docs/cluster.md.
struct BusMessage
{
    static constexpr int version = 1; ///< a reader takes this and all before it

    BusOrigin origin;
    std::string appId;
    bool isClearing = false;
    std::string clearedBy;
    std::vector<CheckpointPtr> places; ///< how far sources of that node have read with these entries
    LogBatch batch{std::string()}; ///< of `appId`
};

/// The bytes of a message.
std::string encodeBus(const BusOrigin& origin, const LogBatch& batch, const std::vector<CheckpointPtr>& places);
std::string encodeBus(const BusOrigin& origin, const AppCleared& cleared);

/// Only who sent the message and for what; `batch` stays empty. The error is in English.
Result<BusMessage> readBusHead(std::string_view bytes);
/// All of it. An entry that cannot be read is left out and counted in `refused`.
Result<BusMessage> readBus(std::string_view bytes, std::size_t& refused);

/// Entries that a message of `maxBytes` cannot hold even when packed, as several that say which part they are; all others as they are.
LogBatch cutForBus(LogBatch batch, std::size_t maxBytes);

} // namespace vigie
