// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <string>

namespace vigie {

/// How far a source of log entries has read. It is written to disk in the same transaction as the entries read up to there, so
/// that the source, after any end of the program, goes on behind what is stored.
struct Checkpoint
{
    static constexpr std::size_t maxSourceBytes = 200;
    static constexpr std::size_t maxPlaceBytes = 4'096;

    std::string source; ///< its name: "file:/var/log/x"
    std::string place; ///< only the source reads it; empty: the source is gone, and its checkpoint with it

    bool isValid() const { return !source.empty() && source.size() <= maxSourceBytes && place.size() <= maxPlaceBytes; }
    bool operator==(const Checkpoint&) const = default;
};

using CheckpointPtr = std::shared_ptr<const Checkpoint>;

} // namespace vigie
