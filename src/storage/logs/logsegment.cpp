// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/logs/logsegment.h"

#include "core/entryid.h"
#include "core/terminalcodes.h"
#include "storage/logs/logplace.h"
#include "storage/logs/logrow.h"

#include <QDateTime>
#include <algorithm>

namespace vigie {

namespace {

// Never change a step that was released: add one. tests/data/storage holds a file of each version.
constexpr const char* schema[] = {
    R"(CREATE TABLE meta(created_ms INTEGER NOT NULL);
       CREATE TABLE app(app INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,
                        last_sequence INTEGER NOT NULL, cleared_sequence INTEGER NOT NULL);
       CREATE TABLE user(user INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
       CREATE TABLE log(place INTEGER PRIMARY KEY, id TEXT, named INTEGER NOT NULL, time_ms INTEGER NOT NULL,
                        level TEXT NOT NULL, user INTEGER NOT NULL, message TEXT NOT NULL, metadata TEXT);
       CREATE UNIQUE INDEX log_id ON log(id, place >> 40);
       CREATE VIRTUAL TABLE log_text USING fts5(message, metadata, content='', columnsize=0);
       CREATE TABLE zone(first_place INTEGER PRIMARY KEY, last_place INTEGER NOT NULL,
                         least_time_ms INTEGER NOT NULL, most_time_ms INTEGER NOT NULL,
                         places INTEGER NOT NULL, counts BLOB NOT NULL))",
    CheckpointTable::schema,
};

static_assert(std::size(schema) == LogSegment::schemaVersion);

constexpr int checkpointPages = 4'000; // of 4 KiB, in the write-ahead log

/// JSON text as words: an escape would stick to the word behind it ("\nnext" is "next", not "nnext").
std::string_view withoutEscapes(std::string_view json, std::string& buffer)
{
    if (json.find('\\') == std::string_view::npos)
        return json;
    buffer.assign(json);
    for (std::size_t i = 0; i + 1 < buffer.size(); ++i) {
        if (buffer[i] != '\\')
            continue;
        const bool isUnit = buffer[i + 1] == 'u';
        buffer[i] = ' ';
        buffer[++i] = ' ';
        for (int digit = 0; isUnit && digit < 4 && i + 1 < buffer.size(); ++digit)
            buffer[++i] = ' ';
    }
    return buffer;
}

} // namespace

#define VIGIE_TRY(action)                      \
    if (DatabaseOutcome done = (action); !done) \
        return done.error();

DatabaseResult<LogSegment> LogSegment::open(const QString& path, const SegmentState& known)
{
    DatabaseResult<Database> database = Database::open(path, Database::Access::ReadWrite);
    if (!database)
        return database.error();
    LogSegment segment;
    segment.m_path = path;
    segment.m_database = std::move(*database);
    VIGIE_TRY(segment.m_database.migrate(schema))
    VIGIE_TRY(segment.m_database.run(
        qPrintable(QStringLiteral("PRAGMA wal_autocheckpoint=%1; PRAGMA cache_size=-16384").arg(checkpointPages))))
    const std::pair<Statement*, std::string> statements[] = {
        {&segment.m_insertEntry,
         "INSERT INTO log VALUES(?,?,?,?,?,?,?,?) ON CONFLICT(id, place >> 40) DO NOTHING"},
        {&segment.m_entryOfId, LogRow::select + std::string("id=? AND place >> 40=?")},
        {&segment.m_insertText, "INSERT INTO log_text(rowid, message, metadata) VALUES(?,?,?)"},
        {&segment.m_insertZone, "INSERT OR REPLACE INTO zone VALUES(?,?,?,?,?,?)"},
        {&segment.m_saveApp, "INSERT OR REPLACE INTO app VALUES(?,?,?,?)"},
        {&segment.m_begin, "BEGIN IMMEDIATE"},
        {&segment.m_commit, "COMMIT"},
    };
    for (const auto& [statement, sql] : statements) {
        DatabaseResult<Statement> prepared = segment.m_database.prepare(sql);
        if (!prepared)
            return prepared.error();
        *statement = std::move(*prepared);
    }
    VIGIE_TRY(segment.m_checkpoints.prepare(segment.m_database))
    VIGIE_TRY(segment.load())
    if (segment.state().isEmpty() && !known.isEmpty())
        VIGIE_TRY(segment.takeOver(known))
    return segment;
}

DatabaseOutcome LogSegment::takeOver(const SegmentState& known)
{
    VIGIE_TRY(begin(false))
    for (const auto& [name, stored] : known.apps) {
        const DatabaseResult<App*> app = appOf(name);
        if (!app)
            return app.error();
        (*app)->stored = stored;
        (*app)->changed = true;
    }
    for (const auto& [source, place] : known.checkpoints)
        VIGIE_TRY(setCheckpoint({source, place}))
    return commit();
}

DatabaseOutcome LogSegment::load()
{
    m_apps.clear();
    m_users.clear();
    const DatabaseResult<std::int64_t> created = m_database.number("SELECT created_ms FROM meta");
    if (!created)
        return created.error();
    m_createdMs = *created;
    if (m_createdMs == 0) {
        m_createdMs = QDateTime::currentMSecsSinceEpoch();
        VIGIE_TRY(m_database.run(qPrintable(QStringLiteral("INSERT INTO meta VALUES(%1)").arg(m_createdMs))))
    }
    DatabaseResult<Statement> apps = m_database.prepare(
        "SELECT app, name, last_sequence, cleared_sequence,"
        " ifnull((SELECT max(place) FROM log WHERE place BETWEEN app << 40 AND (app + 1 << 40) - 1), 0) FROM app");
    DatabaseResult<Statement> users = m_database.prepare("SELECT user, name FROM user");
    DatabaseResult<std::int64_t> count = m_database.number("SELECT total(places) FROM zone");
    if (!apps || !users || !count)
        return !apps ? apps.error() : !users ? users.error() : count.error();
    m_entryCount = *count;
    for (;;) {
        const DatabaseResult<bool> row = apps->step();
        if (!row)
            return row.error();
        if (!*row)
            break;
        App app;
        app.number = apps->integer(0);
        app.stored = {std::max(static_cast<std::uint64_t>(apps->integer(2)), LogPlace::sequence(apps->integer(4))),
                      static_cast<std::uint64_t>(apps->integer(3))};
        VIGIE_TRY(reopenZone(app))
        m_entryCount += app.zone.places;
        m_apps.emplace(apps->bytes(1), app);
    }
    for (;;) {
        const DatabaseResult<bool> row = users->step();
        if (!row)
            return row.error();
        if (!*row)
            break;
        m_users.emplace(users->bytes(1), users->integer(0));
    }
    return m_checkpoints.load(m_database);
}

DatabaseOutcome LogSegment::reopenZone(App& app)
{
    // Entries behind the last written zone: looked at once more.
    DatabaseResult<Statement> rows = m_database.prepare(
        "SELECT place, time_ms, level, id IS NULL FROM log WHERE place BETWEEN "
        "max(?1, ifnull((SELECT last_place + 1 FROM zone WHERE first_place BETWEEN ?1 AND ?2 "
        "ORDER BY first_place DESC LIMIT 1), 0)) AND ?2");
    if (!rows)
        return rows.error();
    rows->bind(1, LogPlace::of(app.number, 0));
    rows->bind(2, LogPlace::of(app.number, maxSequence));
    for (;;) {
        const DatabaseResult<bool> row = rows->step();
        if (!row)
            return row.error();
        if (!*row)
            return std::monostate{};
        if (rows->integer(3) != 0)
            app.zone.includeRepeat(rows->integer(0));
        else
            app.zone.include(rows->integer(0), rows->integer(1), severityOf(rows->bytes(2)));
    }
}

StoredApps LogSegment::apps() const
{
    StoredApps apps;
    for (const auto& [name, app] : m_apps)
        apps.emplace(name, app.stored);
    return apps;
}

std::string LogSegment::lastId(const std::string& appId) const
{
    const auto found = m_apps.find(appId);
    return found == m_apps.end() ? std::string() : found->second.lastId;
}

DatabaseResult<LogSegment::App*> LogSegment::appOf(std::string_view appId)
{
    const auto found = m_apps.find(appId);
    if (found != m_apps.end())
        return &found->second;
    App app;
    app.number = static_cast<std::int64_t>(m_apps.size()) + 1;
    return &m_apps.emplace(appId, app).first->second;
}

DatabaseResult<std::int64_t> LogSegment::userOf(std::string_view userId)
{
    std::string name(userId);
    const auto found = m_users.find(name);
    if (found != m_users.end())
        return found->second;
    const auto number = static_cast<std::int64_t>(m_users.size()) + 1;
    DatabaseResult<Statement> insert = m_database.prepare("INSERT INTO user VALUES(?,?)");
    if (!insert)
        return insert.error();
    insert->bind(1, number);
    insert->bind(2, userId);
    VIGIE_TRY(insert->run())
    m_users.emplace(std::move(name), number);
    return number;
}

DatabaseOutcome LogSegment::begin(bool durable)
{
    if (m_database.hasMoved())
        return DatabaseError{DatabaseFault::Other, m_path + QStringLiteral(" was taken away")};
    if (m_isDurable != durable) {
        VIGIE_TRY(m_database.run(durable ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL"))
        m_isDurable = durable;
    }
    return m_begin.run();
}

DatabaseOutcome LogSegment::add(const LogBatch& batch)
{
    const DatabaseResult<App*> app = appOf(batch.appId());
    if (!app)
        return app.error();
    for (std::size_t i = 0; i < batch.size(); ++i)
        VIGIE_TRY(insert(**app, batch, i))
    (*app)->stored.lastSequence = batch.lastSequence();
    (*app)->changed = true;
    m_entryCount += static_cast<std::int64_t>(batch.size());
    return std::monostate{};
}

DatabaseOutcome LogSegment::insert(App& app, const LogBatch& batch, std::size_t index)
{
    const std::int64_t place = LogPlace::of(app.number, batch.firstSequence() + index);
    const DatabaseResult<std::int64_t> user = userOf(batch.userId(index));
    if (!user)
        return user.error();
    NewLogEntry entry = batch.entry(index);
    DatabaseResult<bool> isWritten = insertRow(place, entry, *user);
    std::string newId;
    for (unsigned attempt = 0; isWritten && !*isWritten; ++attempt) {
        // An id that was given longer ago than the hub remembers.
        const DatabaseResult<EntryFingerprint> known = printOf(app, entry.id);
        if (!known)
            return known.error();
        if (known->isSameAs(EntryFingerprint::of(entry, batch.userId(index))))
            break;
        newId = substituteEntryId(batch.entry(index), batch.userId(index), attempt);
        entry.id = newId;
        isWritten = insertRow(place, entry, *user);
    }
    if (!isWritten)
        return isWritten.error();
    if (*isWritten) {
        app.lastId = entry.id;
        app.zone.include(place, entry.timestampMs, batch.severity(index));
        m_insertText.bind(1, place);
        // The codes of terminals would stick to the words behind them.
        std::string messageRoom;
        std::string metadataRoom;
        m_insertText.bind(2, withoutStyleCodes(entry.message, messageRoom));
        m_insertText.bind(3, withoutEscapes(withoutStyleCodesOfJson(entry.metadataJson, metadataRoom), m_plainText));
        VIGIE_TRY(m_insertText.run())
    } else {
        app.zone.includeRepeat(place);
        VIGIE_TRY(insertPlaceholder(place, entry, *user))
    }
    return app.zone.places < LogZone::maxPlaces ? DatabaseOutcome(std::monostate{}) : writeZone(app);
}

DatabaseResult<bool> LogSegment::insertRow(std::int64_t place, const NewLogEntry& entry, std::int64_t user)
{
    m_insertEntry.bind(1, place);
    m_insertEntry.bind(2, entry.id);
    m_insertEntry.bind(3, LogRow::named(entry));
    m_insertEntry.bind(4, entry.timestampMs);
    m_insertEntry.bind(5, entry.level);
    m_insertEntry.bind(6, user);
    m_insertEntry.bind(7, entry.message);
    entry.metadataJson.empty() ? m_insertEntry.bindNull(8) : m_insertEntry.bind(8, entry.metadataJson);
    if (const DatabaseOutcome done = m_insertEntry.run(); !done)
        return done.error();
    return m_database.changes() > 0;
}

DatabaseOutcome LogSegment::insertPlaceholder(std::int64_t place, const NewLogEntry& entry, std::int64_t user)
{
    m_insertEntry.bind(1, place);
    m_insertEntry.bindNull(2);
    m_insertEntry.bind(3, LogRow::NotNamed);
    m_insertEntry.bind(4, entry.timestampMs);
    m_insertEntry.bind(5, entry.level);
    m_insertEntry.bind(6, user);
    m_insertEntry.bind(7, std::string_view());
    m_insertEntry.bindNull(8);
    return m_insertEntry.run();
}

DatabaseResult<EntryFingerprint> LogSegment::printOf(const App& app, std::string_view id)
{
    m_entryOfId.bind(1, id);
    m_entryOfId.bind(2, app.number);
    const DatabaseResult<bool> row = m_entryOfId.step();
    const EntryFingerprint print = row && *row ? EntryFingerprint::of(LogRow::entry(m_entryOfId), LogRow::userId(m_entryOfId)) : EntryFingerprint();
    m_entryOfId.reset();
    if (!row)
        return row.error();
    return print;
}

DatabaseOutcome LogSegment::writeZone(App& app)
{
    m_insertZone.bind(1, app.zone.firstPlace);
    m_insertZone.bind(2, app.zone.lastPlace);
    m_insertZone.bind(3, app.zone.leastTimeMs);
    m_insertZone.bind(4, app.zone.maxTimeMs);
    m_insertZone.bind(5, std::int64_t(app.zone.places));
    const auto counts = app.zone.packedCounts();
    m_insertZone.bindBlob(6, std::string_view(counts.data(), counts.size()));
    app.zone = {};
    return m_insertZone.run();
}

DatabaseOutcome LogSegment::setCleared(const std::string& appId, std::uint64_t sequence)
{
    const DatabaseResult<App*> app = appOf(appId);
    if (!app)
        return app.error();
    (*app)->stored.clearedSequence = sequence;
    (*app)->changed = true;
    DatabaseResult<Statement> remove = m_database.prepare("DELETE FROM log WHERE place BETWEEN ? AND ?");
    if (!remove)
        return remove.error();
    remove->bind(1, LogPlace::of((*app)->number, 0));
    remove->bind(2, LogPlace::of((*app)->number, sequence));
    return remove->run();
}

DatabaseOutcome LogSegment::touch()
{
    return m_database.run("UPDATE meta SET created_ms=created_ms");
}

DatabaseOutcome LogSegment::commit()
{
    for (auto& [name, app] : m_apps) {
        if (!app.changed)
            continue;
        m_saveApp.bind(1, app.number);
        m_saveApp.bind(2, std::string_view(name));
        m_saveApp.bind(3, static_cast<std::int64_t>(app.stored.lastSequence));
        m_saveApp.bind(4, static_cast<std::int64_t>(app.stored.clearedSequence));
        VIGIE_TRY(m_saveApp.run())
        app.changed = false;
    }
    VIGIE_TRY(m_commit.run())
    m_checkpoints.noteCommit();
    return std::monostate{};
}

void LogSegment::rollback()
{
    (void)m_database.run("ROLLBACK"); // SQLite may have done so by itself
    m_checkpoints.noteRollback();
    const auto apps = m_apps;
    if (!load())
        m_apps = apps; // of a broken file: what was known is better than nothing
}

DatabaseOutcome LogSegment::checkpoint()
{
    return m_database.run("PRAGMA wal_checkpoint(TRUNCATE)");
}

#undef VIGIE_TRY

} // namespace vigie
