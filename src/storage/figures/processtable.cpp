// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/figures/processtable.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

namespace vigie {

namespace {

constexpr std::size_t looksAChunk = 24; // two minutes
constexpr std::size_t maxWaiting = 60; // chunks, while the disk takes nothing
constexpr std::int64_t blockMs = 1'800'000; // longer ones are hardly smaller, and take longer to look into
constexpr std::int64_t maxRowsABlock = 75; // there are 15 but for restarts and a clock that is set
constexpr std::int64_t rowsAStep = 200; // of retention
constexpr std::int64_t blocksAStep = 14;

/// Which half of an hour it is, since the epoch.
std::int64_t halfHourOf(std::int64_t timeMs)
{
    return timeMs / blockMs;
}

} // namespace

DatabaseOutcome ProcessTable::prepare(Database& database)
{
    const DatabaseResult<std::int64_t> last = database.number("SELECT max(id) FROM processes");
    if (!last)
        return last.error();
    m_nextId = *last + 1;
    return database.prepare({{&m_put, "INSERT OR REPLACE INTO processes(id, start_ms, end_ms, data) VALUES(?, ?, ?, ?)"}});
}

void ProcessTable::add(std::int64_t timeMs, const ProcessesSample& processes)
{
    const std::vector<ProcessChunk::Look>* const last = m_waiting.empty() ? nullptr : &m_waiting.back().chunk.looks;
    if (!last || last->size() >= looksAChunk || last->back().timeMs >= timeMs
        || halfHourOf(last->front().timeMs) != halfHourOf(timeMs))
        m_waiting.push_back({m_nextId++, {}, false});
    if (m_waiting.size() > maxWaiting)
        m_waiting.erase(m_waiting.begin());
    m_waiting.back().chunk.looks.push_back({timeMs, processes});
    m_waiting.back().isChanged = true;
}

bool ProcessTable::hasWaiting() const
{
    return std::ranges::any_of(m_waiting, &Waiting::isChanged);
}

DatabaseOutcome ProcessTable::write()
{
    for (const Waiting& waiting : m_waiting) {
        if (!waiting.isChanged)
            continue;
        const QByteArray data = encodeProcesses(waiting.chunk);
        m_put.bind(1, waiting.id);
        m_put.bind(2, waiting.chunk.looks.front().timeMs);
        m_put.bind(3, waiting.chunk.looks.back().timeMs);
        m_put.bindBlob(4, {data.constData(), static_cast<std::size_t>(data.size())});
        if (DatabaseOutcome done = m_put.run(); !done)
            return done;
    }
    return std::monostate{};
}

void ProcessTable::markWritten()
{
    if (m_waiting.size() > 1)
        m_waiting.erase(m_waiting.begin(), m_waiting.end() - 1);
    if (!m_waiting.empty())
        m_waiting.back().isChanged = false;
}

DatabaseResult<bool> ProcessTable::gather(Database& database)
{
    if (const DatabaseResult<bool> due = isDue(database); !due || !*due)
        return due;
    const DatabaseResult<Group> group = nextGroup(database);
    if (!group)
        return group.error();
    if (!group->ids.empty())
        VIGIE_TRY(database.transact([&] { return replace(database, *group); }))
    m_gatheredId = group->lastId;
    return true;
}

DatabaseResult<bool> ProcessTable::isDue(Database& database) const
{
    auto ends = database.prepare("SELECT (SELECT start_ms FROM processes WHERE id > ?1 AND id < ?2 ORDER BY id LIMIT 1),"
                                 " (SELECT start_ms FROM processes WHERE id > ?1 AND id < ?2 ORDER BY id DESC LIMIT 1)");
    if (!ends)
        return ends.error();
    ends->bind(1, m_gatheredId);
    ends->bind(2, openId());
    const DatabaseResult<bool> row = ends->step();
    if (!row)
        return row.error();
    if (!*row || ends->isNull(0))
        return false;
    const std::int64_t newestMs = m_waiting.empty() ? ends->integer(1) : m_waiting.front().chunk.looks.front().timeMs;
    return halfHourOf(newestMs) != halfHourOf(ends->integer(0));
}

DatabaseResult<ProcessTable::Group> ProcessTable::nextGroup(Database& database) const
{
    auto rows = database.prepare("SELECT id, start_ms, data FROM processes WHERE id > ? AND id < ? ORDER BY id LIMIT ?");
    if (!rows)
        return rows.error();
    rows->bind(1, m_gatheredId);
    rows->bind(2, openId());
    rows->bind(3, maxRowsABlock);
    Group group;
    std::vector<ProcessChunk::Look>& looks = group.chunk.looks;
    std::int64_t beforeMs = 0; // the start of the row before
    DatabaseResult<bool> row = rows->step();
    for (; row && *row; row = rows->step()) {
        const std::int64_t startMs = rows->integer(1);
        if (group.lastId > 0 && (halfHourOf(startMs) != halfHourOf(beforeMs) || startMs <= beforeMs))
            break;
        std::optional<ProcessChunk> chunk = decodeProcesses(rows->bytes(2));
        if (chunk && !chunk->looks.empty()) {
            const bool isAfter = looks.empty() || chunk->looks.front().timeMs > looks.back().timeMs;
            if (!isAfter || looks.size() + chunk->looks.size() > ProcessChunk::maxLooks)
                break;
            std::ranges::move(chunk->looks, std::back_inserter(looks));
            group.ids.push_back(rows->integer(0));
        }
        group.lastId = rows->integer(0);
        beforeMs = startMs;
    }
    if (!row)
        return row.error();
    return group;
}

DatabaseOutcome ProcessTable::replace(Database& database, const Group& group)
{
    auto put = database.prepare("INSERT INTO process_block(start_ms, end_ms, data) VALUES(?, ?, ?)");
    auto remove = database.prepare("DELETE FROM processes WHERE id = ?");
    if (!put || !remove)
        return !put ? put.error() : remove.error();
    const QByteArray data = encodeProcesses(group.chunk);
    put->bind(1, group.chunk.looks.front().timeMs);
    put->bind(2, group.chunk.looks.back().timeMs);
    put->bindBlob(3, {data.constData(), static_cast<std::size_t>(data.size())});
    if (DatabaseOutcome done = put->run(); !done)
        return done;
    for (const std::int64_t id : group.ids) {
        remove->bind(1, id);
        if (DatabaseOutcome done = remove->run(); !done)
            return done;
    }
    return std::monostate{};
}

DatabaseResult<int> ProcessTable::removeBefore(Database& database, std::int64_t ms)
{
    int removed = 0;
    const auto remove = [&](const char* sql, std::int64_t startMs, std::int64_t most) -> DatabaseOutcome {
        auto statement = database.prepare(sql);
        if (!statement)
            return statement.error();
        statement->bind(1, startMs);
        statement->bind(2, most);
        DatabaseOutcome done = statement->run();
        removed += done ? database.changes() : 0;
        return done;
    };
    DatabaseOutcome done = remove("DELETE FROM process_block WHERE id IN (SELECT id FROM process_block WHERE start_ms < ?"
                                  " ORDER BY start_ms LIMIT ?)",
                                  ms - blockMs, blocksAStep);
    if (done)
        done = remove("DELETE FROM processes WHERE id IN (SELECT id FROM processes WHERE start_ms < ? ORDER BY start_ms LIMIT ?)",
                      ms, rowsAStep);
    if (!done)
        return done.error();
    return removed;
}

DatabaseResult<int> ProcessTable::removeOldest(Database& database)
{
    for (const auto& [table, most] : {std::pair<const char*, std::int64_t>{"process_block", blocksAStep}, {"processes", rowsAStep}}) {
        const std::string sql = std::string("DELETE FROM ") + table + " WHERE id IN (SELECT id FROM " + table + " ORDER BY id LIMIT "
            + std::to_string(most) + ')';
        if (const DatabaseOutcome done = database.run(sql.c_str()); !done)
            return done.error();
        if (const int removed = database.changes())
            return removed;
    }
    return 0;
}

} // namespace vigie
