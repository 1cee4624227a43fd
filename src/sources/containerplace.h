// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace vigie {

struct EnginePiece;

/// What a piece is told by from others of its container: a hash that is the same in every run.
std::uint64_t hashOf(const EnginePiece& piece);

/// How far one stream of a container was read: engines count time in whole seconds, so it takes the pieces of a second as well.
struct StreamPlace
{
    std::int64_t second = 0; ///< since the epoch; all before it were read
    std::uint64_t count = 0; ///< of the pieces from then on, that were read
    std::uint64_t hash = 0; ///< of these, in order

    /// The next piece was read. `advances`: none from before its second is missing.
    void add(std::int64_t pieceSecond, std::uint64_t pieceHash, bool advances);
    bool operator==(const StreamPlace&) const = default;
};

/// How far a container's log was read: a checkpoint's place.
struct ContainerPlace
{
    StreamPlace out;
    StreamPlace err;

    std::string toText() const;
    /// Nothing: it is no such text.
    static std::optional<ContainerPlace> fromText(std::string_view text);
    bool operator==(const ContainerPlace&) const = default;
};

} // namespace vigie
