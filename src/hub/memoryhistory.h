// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history.h"
#include "hub/sharedmemorylimit.h"

#include <deque>
#include <string>
#include <unordered_map>

namespace vigie {

/// The newest entries of each application, in memory, within bounds: by default at most 1,000 entries and 16 MiB an application,
/// and 128 MiB in all, for which those of applications go that have sent nothing for longest. Answers at once. One thread.
class MemoryHistory : public History
{
public:
    static constexpr std::size_t maxEntries = 1'000;
    static constexpr std::size_t maxBytes = 16 * 1024 * 1024;
    static constexpr std::size_t maxBytesInAll = 128 * 1024 * 1024;

    struct Bounds
    {
        std::size_t entries = maxEntries; ///< of one application; likewise `bytes`
        std::size_t bytes = maxBytes;
        std::size_t bytesInAll = maxBytesInAll;
    };

    MemoryHistory() : MemoryHistory(Bounds()) {}
    explicit MemoryHistory(const Bounds& bounds) : m_bounds(bounds), m_room(bounds.bytesInAll) {}

    /// Takes the entries of a batch that has its place in the order.
    void add(const LogBatchPtr& batch);
    /// The application's entries, and what comes, have their places so much further on; those before them are elsewhere.
    void moveOn(const std::string& appId, std::uint64_t by, std::uint32_t epoch);
    void clear(const std::string& appId);

    /// The first sequence from which on everything is here; one past the newest when nothing is.
    std::uint64_t heldFrom(const std::string& appId) const;

    void query(HistoryQuery query, std::function<void(HistoryPage)> done) override;
    void replay(std::string appId, std::uint64_t afterSequence, std::size_t maxBytes,
                std::function<void(ReplayPage)> done) override;
    void find(std::string appId, std::string id,
              std::function<void(std::optional<std::uint64_t>)> done) override;
    void counts(LogCountsQuery query, std::function<void(LogCounts)> done) override;

private:
    /// Whole batches, as they came: a batch goes when the entries behind it alone fill the ring.
    struct Ring
    {
        std::deque<LogBatchPtr> batches;
        std::size_t entries = 0;
        std::size_t bytes = 0;
        std::uint64_t lastSequence = 0; ///< of the newest entry ever added
        SharedMemoryLimit<Ring>::Part part;
    };

    void trim(Ring& ring) const;
    void empty(Ring& ring);

    Bounds m_bounds;
    std::unordered_map<std::string, Ring> m_rings;
    SharedMemoryLimit<Ring> m_room;
};

} // namespace vigie
