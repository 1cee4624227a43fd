// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/checkpoint.h"
#include "storage/database/database.h"

#include <map>
#include <string>
#include <vector>

namespace vigie {

/// The places of checkpoints, by the names of their sources.
using StoredCheckpoints = std::map<std::string, std::string, std::less<>>;

/// The table `checkpoint` of a segment, as its one writer sees it. One thread.
class CheckpointTable
{
public:
    static constexpr const char* schema = "CREATE TABLE checkpoint(source TEXT PRIMARY KEY, place BLOB NOT NULL) WITHOUT ROWID";

    DatabaseOutcome prepare(Database& database);
    /// Reads them all, in place of what is known. After an error that stays.
    DatabaseOutcome load(Database& database);
    /// Those that are committed.
    const StoredCheckpoints& all() const { return m_all; }

    /// Within a transaction: replaces the checkpoint of a source, or removes it where its place is empty.
    DatabaseOutcome set(const Checkpoint& checkpoint);
    /// The transaction is committed.
    void noteCommit();
    /// It is not: a new segment must not take over checkpoints whose entries were not written.
    void noteRollback() { m_new.clear(); }

private:
    Statement m_save;
    Statement m_remove;
    StoredCheckpoints m_all;
    std::vector<Checkpoint> m_new; // of the transaction that is open
};

} // namespace vigie
