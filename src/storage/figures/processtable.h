// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/processes.h"
#include "storage/database/database.h"
#include "storage/figures/processchunk.h"

#include <cstdint>
#include <vector>

namespace vigie {

/// Looks at the processes on their way to disk: first in chunks of two minutes, in the table `processes`, from which each half
/// hour is gathered into one block, in `process_block`. What an earlier version left is gathered alike. One thread.
class ProcessTable
{
public:
    /// The file has its tables. Later calls take the same database.
    DatabaseOutcome prepare(Database& database);

    /// Waits in memory for write().
    void add(std::int64_t timeMs, const ProcessesSample& processes);
    bool hasWaiting() const;
    /// Writes what was added since markWritten(), within the caller's transaction.
    DatabaseOutcome write();
    /// What write() wrote is on disk.
    void markWritten();

    /// Gathers one half hour that is over, in a transaction of its own, and never needs more room than that. A chunk that is damaged stays
    /// where it is. True: more may be left.
    DatabaseResult<bool> gather(Database& database);

    /// Removes what was over before a moment (ms since the epoch), of the oldest only so much that it takes a few milliseconds. How
    /// many rows it was.
    static DatabaseResult<int> removeBefore(Database& database, std::int64_t ms);
    /// Removes the oldest, whatever its age.
    static DatabaseResult<int> removeOldest(Database& database);

private:
    struct Waiting
    {
        std::int64_t id = 0;
        ProcessChunk chunk;
        bool isChanged = false;
    };

    /// The rows that make the next block.
    struct Group
    {
        ProcessChunk chunk;
        std::vector<std::int64_t> ids; ///< of the rows whose looks it has
        std::int64_t lastId = 0; ///< of all its rows
    };

    /// Whether rows of a half hour that is over wait to be gathered.
    DatabaseResult<bool> isDue(Database& database) const;
    DatabaseResult<Group> nextGroup(Database& database) const;
    static DatabaseOutcome replace(Database& database, const Group& group);
    /// From here on rows are still written.
    std::int64_t openId() const { return m_waiting.empty() ? m_nextId : m_waiting.front().id; }

    Statement m_put;
    std::vector<Waiting> m_waiting; ///< the last is being filled
    std::int64_t m_nextId = 1;
    std::int64_t m_gatheredId = 0; ///< rows up to it were gathered, or are damaged
};

} // namespace vigie
