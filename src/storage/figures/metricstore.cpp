// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/figures/metricstore.h"

#include <algorithm>
#include <cmath>

namespace vigie {

namespace {

// A chunk is one row: figures of many series over a minute of seconds, an hour of minutes or a day of hours.
constexpr const char* schema[] = {
    "CREATE TABLE source(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);"
    "CREATE TABLE series(source INTEGER NOT NULL, number INTEGER NOT NULL, name TEXT NOT NULL,"
    " last_day INTEGER NOT NULL, PRIMARY KEY(source, number)) WITHOUT ROWID;"
    "CREATE TABLE chunk(id INTEGER PRIMARY KEY, source INTEGER NOT NULL, tier INTEGER NOT NULL,"
    " start_ms INTEGER NOT NULL, end_ms INTEGER NOT NULL, data BLOB NOT NULL);"
    "CREATE INDEX chunk_time ON chunk(source, tier, start_ms);"
    "CREATE TABLE processes(id INTEGER PRIMARY KEY, start_ms INTEGER NOT NULL, end_ms INTEGER NOT NULL,"
    " data BLOB NOT NULL);"
    "CREATE INDEX processes_time ON processes(start_ms)",
    "CREATE TABLE process_block(id INTEGER PRIMARY KEY, start_ms INTEGER NOT NULL, end_ms INTEGER NOT NULL,"
    " data BLOB NOT NULL);"
    "CREATE INDEX process_block_time ON process_block(start_ms)",
};

static_assert(std::size(schema) == MetricStore::schemaVersion);

constexpr std::int64_t idleMs = 10 * 60 * 1'000;
constexpr int rowsAStep = 200; // so that one step of retention takes a few milliseconds
constexpr int pagesAStep = 500;
constexpr int sparePages = 64; // that may stay in the file for what comes
constexpr std::int64_t pageBytes = 4096; // SQLite's default
constexpr int maxCatchUpChunks = 300; // five hours of seconds that were never rolled up

} // namespace

DatabaseResult<MetricStore> MetricStore::open(const QString& path, MetricRetention retention)
{
    MetricStore store(retention);
    DatabaseResult<Database> database = Database::open(path, Database::Access::ReadWrite);
    if (!database)
        return database.error();
    if (database->isReadOnly())
        return DatabaseError{DatabaseFault::ReadOnly, path}; // it would stay so when the file may be written again
    store.m_database = std::move(*database);
    if (const DatabaseOutcome done = store.prepare(); !done)
        return done.error();
    return store;
}

DatabaseOutcome MetricStore::prepare()
{
    const DatabaseResult<std::int64_t> version = m_database.number("PRAGMA user_version");
    if (!version)
        return version.error();
    // Space is given back in steps; that must be said before there is anything in the file.
    if (*version == 0) {
        if (DatabaseOutcome done = m_database.run("PRAGMA auto_vacuum=INCREMENTAL; VACUUM"); !done)
            return done;
    }
    if (DatabaseOutcome done = m_database.migrate(schema); !done)
        return done;
    // Applications of which nothing is kept any more make room for others.
    if (DatabaseOutcome done = m_database.run("PRAGMA synchronous=NORMAL; DELETE FROM source WHERE NOT EXISTS"
                                              " (SELECT 1 FROM chunk WHERE chunk.source = source.id);"
                                              " DELETE FROM series WHERE source NOT IN (SELECT id FROM source)");
        !done)
        return done;
    VIGIE_TRY(m_database.prepare(
        {{&m_putChunk, "INSERT OR REPLACE INTO chunk(id, source, tier, start_ms, end_ms, data) VALUES(?, ?, ?, ?, ?, ?)"}}))
    VIGIE_TRY(m_processes.prepare(m_database))
    VIGIE_TRY(readSources())
    source({}); // what was not rolled up is, even when no sample comes
    return std::monostate{};
}

DatabaseOutcome MetricStore::readSources()
{
    auto sources = m_database.prepare("SELECT id, name FROM source");
    if (!sources)
        return sources.error();
    DatabaseResult<bool> row = sources->step();
    for (; row && *row; row = sources->step())
        m_sourceIds.emplace(sources->bytes(1), sources->integer(0));
    if (!row)
        return row.error();
    const auto lastChunk = m_database.number("SELECT max(id) FROM chunk");
    const auto lastSource = m_database.number("SELECT max(id) FROM source");
    if (!lastChunk || !lastSource)
        return !lastChunk ? lastChunk.error() : lastSource.error();
    m_nextChunkId = *lastChunk + 1;
    m_nextSourceId = *lastSource + 1;
    return std::monostate{};
}

bool MetricStore::keeps(const std::string& appId)
{
    if (m_sourceIds.contains(appId))
        return true;
    if (m_sourceIds.size() >= maxSources)
        return false;
    m_sourceIds.emplace(appId, m_nextSourceId++);
    m_newSources.push_back(appId);
    return true;
}

MetricStore::Source* MetricStore::source(const std::string& name)
{
    if (const auto known = m_sources.find(name); known != m_sources.end())
        return &known->second;
    if (!keeps(name))
        return nullptr;
    const std::int64_t id = m_sourceIds.at(name);
    Source source{id, SeriesNames(name.empty() ? maxMachineSeries : maxAppSeries), {}};
    // A number must not be given twice.
    if (!source.names.read(m_database, id))
        return nullptr;
    // Where the past cannot be read there is still a future.
    (void)restore(source);
    return &m_sources.emplace(name, std::move(source)).first->second;
}

DatabaseOutcome MetricStore::restore(Source& source)
{
    auto last = m_database.prepare(
        "SELECT id, data FROM chunk WHERE source = ? AND tier = ? ORDER BY start_ms DESC LIMIT 1");
    if (!last)
        return last.error();
    for (int tier = 0; tier < static_cast<int>(metricTiers.size()); ++tier) {
        last->bind(1, source.id);
        last->bind(2, std::int64_t(tier));
        const DatabaseResult<bool> row = last->step();
        if (!row)
            return row.error();
        if (*row) {
            if (std::optional<MetricChunk> chunk = decodeChunk(last->bytes(1)))
                source.tiers.restore(tier, last->integer(0), std::move(*chunk));
        }
        last->reset();
    }
    // What was rolled up to hours knows all minutes before it, and so on down.
    for (int tier = static_cast<int>(metricTiers.size()) - 2; tier >= 0; --tier) {
        if (const DatabaseOutcome done = rollUpRest(source, tier); !done)
            return done;
    }
    return std::monostate{};
}

DatabaseOutcome MetricStore::rollUpRest(Source& source, int tier)
{
    const std::int64_t sinceMs = source.tiers.endMs(tier + 1);
    auto rest = m_database.prepare("SELECT data FROM (SELECT start_ms, data FROM chunk WHERE source = ? AND tier = ?"
                                   " AND start_ms > ? ORDER BY start_ms DESC LIMIT ?) ORDER BY start_ms");
    if (!rest)
        return rest.error();
    rest->bind(1, source.id);
    rest->bind(2, std::int64_t(tier));
    rest->bind(3, sinceMs - metricTiers[static_cast<std::size_t>(tier)].chunkMs);
    rest->bind(4, std::int64_t(maxCatchUpChunks));
    DatabaseResult<bool> row = rest->step();
    for (; row && *row; row = rest->step()) {
        if (const std::optional<MetricChunk> chunk = decodeChunk(rest->bytes(0)))
            source.tiers.rollUp(tier, *chunk, sinceMs, m_nextChunkId);
    }
    if (!row)
        return row.error();
    return std::monostate{};
}

void MetricStore::add(std::int64_t timeMs, const Catalogue& catalogue, std::span<const double> values)
{
    const auto isKnown = [](double value) { return !std::isnan(value); };
    Source* const target = std::ranges::none_of(values, isKnown) ? nullptr : source({});
    if (!target)
        return;
    const std::int64_t day = SeriesNames::dayOf(timeMs);
    if (m_numbers.version != catalogue.version() || m_numbers.day != day)
        m_numbers = {catalogue.version(), day, std::vector<std::uint32_t>(catalogue.size())};
    std::vector<MetricTiers::Value> row;
    row.reserve(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!isKnown(values[i]))
            continue;
        const Series& series = catalogue.series()[i];
        std::uint32_t& number = m_numbers.numbers[i];
        if (number == 0)
            number = target->names.number(series.name, timeMs);
        if (number != 0)
            row.push_back({number, series.kind->stored.value_or(Quantum::Auto), values[i], values[i], values[i]});
    }
    target->tiers.add(timeMs, row, m_nextChunkId);
}

void MetricStore::addTo(const std::string& appId, std::int64_t timeMs, const std::vector<MetricFigure>& figures)
{
    Source* const target = figures.empty() ? nullptr : source(appId);
    if (!target)
        return;
    std::vector<MetricTiers::Value> values;
    values.reserve(figures.size());
    for (const MetricFigure& figure : figures) {
        if (const std::uint32_t series = target->names.number(figure.name, timeMs))
            values.push_back({series, figure.quantum, figure.value, figure.value, figure.value});
    }
    target->tiers.add(timeMs, values, m_nextChunkId);
}

bool MetricStore::hasWaiting() const
{
    return std::ranges::any_of(m_sources, [](const auto& source) { return !source.second.tiers.changed().empty(); })
        || m_processes.hasWaiting();
}

DatabaseOutcome MetricStore::write()
{
    VIGIE_TRY(m_database.transact([this]() -> DatabaseOutcome {
        VIGIE_TRY(writeNames())
        VIGIE_TRY(writeChunks())
        return m_processes.write();
    }))
    m_newSources.clear();
    for (auto& [name, source] : m_sources) {
        source.names.markWritten();
        source.tiers.markWritten();
    }
    m_processes.markWritten();
    forgetIdle();
    return std::monostate{};
}

DatabaseOutcome MetricStore::writeNames()
{
    auto sources = m_database.prepare("INSERT INTO source(id, name) VALUES(?, ?)");
    if (!sources)
        return sources.error();
    for (const std::string& name : m_newSources) {
        sources->bind(1, m_sourceIds.at(name));
        sources->bind(2, std::string_view(name));
        if (DatabaseOutcome done = sources->run(); !done)
            return done;
    }
    for (const auto& [name, source] : m_sources) {
        if (DatabaseOutcome done = source.names.write(m_database, source.id); !done)
            return done;
    }
    return std::monostate{};
}

DatabaseOutcome MetricStore::writeChunks()
{
    for (const auto& [name, source] : m_sources) {
        for (const MetricTiers::Changed& changed : source.tiers.changed()) {
            const QByteArray data = encodeChunk(*changed.chunk);
            const MetricTier& tier = metricTiers[static_cast<std::size_t>(changed.tier)];
            m_putChunk.bind(1, changed.id);
            m_putChunk.bind(2, source.id);
            m_putChunk.bind(3, std::int64_t(changed.tier));
            m_putChunk.bind(4, changed.chunk->times.front());
            m_putChunk.bind(5, changed.chunk->times.back() + tier.lengthMs);
            m_putChunk.bindBlob(6, {data.constData(), static_cast<std::size_t>(data.size())});
            if (DatabaseOutcome done = m_putChunk.run(); !done)
                return done;
        }
    }
    return std::monostate{};
}

/// What an application that fell silent has in memory is on disk, and read again should it speak.
void MetricStore::forgetIdle()
{
    std::int64_t newest = 0;
    for (const auto& [name, source] : m_sources)
        newest = std::max(newest, source.tiers.lastMs());
    std::erase_if(m_sources, [newest](const auto& source) {
        return !source.first.empty() && source.second.tiers.lastMs() < newest - idleMs;
    });
}

DatabaseResult<bool> MetricStore::tidy(std::int64_t nowMs)
{
    DatabaseResult<int> removed = removeOld(nowMs);
    if (!removed)
        return removed.error();
    const DatabaseResult<std::int64_t> spare = m_database.number("PRAGMA freelist_count");
    const DatabaseResult<std::int64_t> pages = m_database.number("PRAGMA page_count");
    if (!spare || !pages)
        return !spare ? spare.error() : pages.error();
    if (*removed == 0 && (*pages - *spare) * pageBytes > m_retention.bytes)
        removed = removeOldest();
    if (!removed)
        return removed.error();
    if (*spare > sparePages) {
        const QByteArray vacuum = "PRAGMA incremental_vacuum(" + QByteArray::number(pagesAStep) + ")";
        if (const DatabaseOutcome done = m_database.run(vacuum.constData()); !done)
            return done.error();
        return true;
    }
    if (*removed > 0)
        return true;
    return m_processes.gather(m_database);
}

DatabaseResult<int> MetricStore::removeOld(std::int64_t nowMs)
{
    auto chunks = m_database.prepare("DELETE FROM chunk WHERE id IN (SELECT id FROM chunk WHERE source = ? AND tier = ?"
                                     " AND start_ms < ? ORDER BY start_ms LIMIT ?)");
    if (!chunks)
        return chunks.error();
    int removed = 0;
    for (const auto& [name, id] : m_sourceIds) {
        for (std::size_t tier = 0; tier < metricTiers.size() && removed < rowsAStep; ++tier) {
            chunks->bind(1, id);
            chunks->bind(2, static_cast<std::int64_t>(tier));
            chunks->bind(3, nowMs - m_retention.age[tier].count() - metricTiers[tier].chunkMs);
            chunks->bind(4, std::int64_t(rowsAStep));
            if (const DatabaseOutcome done = chunks->run(); !done)
                return done.error();
            removed += m_database.changes();
        }
    }
    const DatabaseResult<int> looks = ProcessTable::removeBefore(m_database, nowMs - m_retention.processes.count());
    if (!looks)
        return looks.error();
    return removed + *looks;
}

DatabaseResult<int> MetricStore::removeOldest()
{
    const auto remove = [this](const QByteArray& rows) -> DatabaseResult<int> {
        const QByteArray sql =
            "DELETE FROM chunk WHERE id IN (SELECT id FROM chunk " + rows + " ORDER BY id LIMIT " + QByteArray::number(rowsAStep) + ')';
        if (const DatabaseOutcome done = m_database.run(sql.constData()); !done)
            return done.error();
        return m_database.changes();
    };
    // The finest takes most room, and what it says the coarser ones say in short.
    DatabaseResult<int> removed = remove("WHERE tier = 0");
    if (removed && *removed == 0)
        removed = ProcessTable::removeOldest(m_database);
    return removed && *removed == 0 ? remove("") : removed;
}

std::int64_t MetricStore::lastMs() const
{
    const auto machine = m_sources.find({});
    return machine == m_sources.end() ? 0 : machine->second.tiers.lastMs();
}

} // namespace vigie
