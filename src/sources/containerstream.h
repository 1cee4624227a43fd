// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "intake/streamreader.h"
#include "sources/containerpieces.h"
#include "sources/containerplace.h"

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>

namespace vigie {

/// One stream of a container: pieces in, entries out, and how far it was read with the entries that were given. One thread.
class ContainerStream
{
public:
    /// An entry, when it was written, and what its id is made of: the same whenever the piece it begins with is read again.
    using Give = std::function<void(const StreamEntry& entry, std::int64_t timeMs, const std::string& origin)>;

    /// The next piece that did not come before: the `ordinal`-th of its kind. sawPiece() was called for it.
    void add(const EnginePiece& piece, std::uint32_t ordinal, std::chrono::milliseconds now, const Give& give);
    void finishSilent(std::chrono::milliseconds now, const Give& give);
    void finish(std::chrono::milliseconds now, const Give& give);
    std::optional<std::chrono::milliseconds> deadline() const { return m_reader.deadline(); }

    /// A new answer of the engine begins, with the pieces from `second` on, complete.
    void startCounting(std::int64_t second) { m_read = {second, 0, 0}; }
    /// A piece came, that is new or is not. `advances` as in StreamPlace.
    void sawPiece(std::int64_t second, std::uint64_t hash, bool advances) { m_read.add(second, hash, advances); }
    /// It was passed over: it came before.
    void passedOver();
    /// How far it was read with the entries given: no more than that is to be read again. `lastSecond`: all of the container was read
    /// up to it.
    StreamPlace place(std::int64_t lastSecond) const;
    void setPlace(const StreamPlace& place) { m_given = place; }

private:
    /// A piece whose entry is not given yet.
    struct Mark
    {
        std::uint64_t end; // in the bytes of the stream
        std::int64_t timeMs;
        std::string origin;
        std::uint32_t entries; // that begin with it
        StreamPlace read;
    };

    void give(const StreamEntry& entry, const Give& give);

    StreamReader m_reader;
    std::uint64_t m_bytes = 0;
    std::deque<Mark> m_marks;
    StreamPlace m_read;
    StreamPlace m_given;
};

} // namespace vigie
