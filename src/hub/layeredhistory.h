// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history.h"
#include "hub/memoryhistory.h"

namespace vigie {

/// The newest entries from memory, at once; all that is older from the archive behind it, if there is one.
/// The server's thread.
class LayeredHistory : public History
{
public:
    explicit LayeredHistory(MemoryHistory& memory) : m_memory(memory) {}

    /// Null: memory is all there is. Must outlive this, or be taken away before it goes.
    void setArchive(History* archive) { m_archive = archive; }

    void query(HistoryQuery query, std::function<void(HistoryPage)> done) override;
    void replay(std::string appId, std::uint64_t afterSequence, std::size_t maxBytes,
                std::function<void(ReplayPage)> done) override;
    void find(std::string appId, std::string id,
              std::function<void(std::optional<std::uint64_t>)> done) override;
    void counts(LogCountsQuery query, std::function<void(LogCounts)> done) override;

private:
    MemoryHistory& m_memory;
    History* m_archive = nullptr;
};

} // namespace vigie
