// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history.h"
#include "hub/memoryhistory.h"

#include <cstdint>
#include <string>
#include <unordered_map>

namespace vigie {

/// The newest entries from memory, at once; all that is older from the archive behind it, if there is one.
/// The server's thread.
class LayeredHistory : public History
{
public:
    explicit LayeredHistory(MemoryHistory& memory) : m_memory(memory) {}

    /// Null: memory is all there is. Must outlive this, or be taken away before it goes.
    void setArchive(History* archive) { m_archive = archive; }
    /// An application's entries have their places so much further on: a question that is on its way by the places of before
    /// is asked once more.
    void noteMove(const std::string& appId, std::uint64_t by);

    /// The application's entries up to that place are gone: no answer has them any more, nor one that is on its way.
    void clear(const std::string& appId, std::uint64_t upToSequence);

    void query(HistoryQuery query, std::function<void(HistoryPage)> done) override;
    void replay(std::string appId, std::uint64_t afterSequence, std::size_t maxBytes,
                std::function<void(ReplayPage)> done) override;
    void find(std::string appId, std::string id,
              std::function<void(std::optional<std::uint64_t>)> done) override;
    void counts(LogCountsQuery query, std::function<void(LogCounts)> done) override;

private:
    std::uint64_t moves(const std::string& appId) const;
    std::uint64_t clearedOf(const std::string& appId) const;
    void dropCleared(const std::string& appId, HistoryPage& page) const;
    void dropCleared(const std::string& appId, std::uint64_t afterSequence, ReplayPage& page) const;

    MemoryHistory& m_memory;
    History* m_archive = nullptr;
    std::unordered_map<std::string, std::uint64_t> m_moves; // by application: all together
    std::unordered_map<std::string, std::uint64_t> m_cleared; // by application: up to where, since the start
    std::uint64_t m_clears = 0; // since the start
};

} // namespace vigie
