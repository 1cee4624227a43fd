// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/logs/checkpointtable.h"

#include <utility>

namespace vigie {

DatabaseOutcome CheckpointTable::prepare(Database& database)
{
    return database.prepare({{&m_save, "INSERT OR REPLACE INTO checkpoint VALUES(?,?)"},
                             {&m_remove, "DELETE FROM checkpoint WHERE source=?"}});
}

DatabaseOutcome CheckpointTable::load(Database& database)
{
    DatabaseResult<Statement> rows = database.prepare("SELECT source, place FROM checkpoint");
    if (!rows)
        return rows.error();
    StoredCheckpoints all;
    for (;;) {
        const DatabaseResult<bool> row = rows->step();
        if (!row)
            return row.error();
        if (!*row)
            break;
        all.emplace(rows->bytes(0), rows->bytes(1));
    }
    m_all = std::move(all);
    return std::monostate{};
}

DatabaseOutcome CheckpointTable::set(const Checkpoint& checkpoint)
{
    Statement& statement = checkpoint.place.empty() ? m_remove : m_save;
    statement.bind(1, std::string_view(checkpoint.source));
    if (!checkpoint.place.empty())
        statement.bindBlob(2, checkpoint.place);
    if (const DatabaseOutcome done = statement.run(); !done)
        return done.error();
    m_new.push_back(checkpoint);
    return std::monostate{};
}

void CheckpointTable::noteCommit()
{
    for (Checkpoint& checkpoint : m_new) {
        if (checkpoint.place.empty())
            m_all.erase(checkpoint.source);
        else
            m_all.insert_or_assign(std::move(checkpoint.source), std::move(checkpoint.place));
    }
    m_new.clear();
}

} // namespace vigie
