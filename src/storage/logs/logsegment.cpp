// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/logs/logsegment.h"

#include "core/entryid.h"
#include "storage/blocks/ulid.h"
#include "storage/blocks/wordindex.h"
#include "storage/logs/logplace.h"

#include <QDateTime>
#include <QFileInfo>
#include <algorithm>
#include <iterator>

namespace vigie {

namespace {

// Never change a step that was released: add one. tests/data/storage holds a file of each version. Files of the first two versions
// have other tables; they are never brought up to this one in place.
const std::string& firstBlocks()
{
    static const std::string sql = std::string("CREATE TABLE meta(created_ms INTEGER NOT NULL, unicode INTEGER NOT NULL);"
                                               "CREATE TABLE app(app INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,"
                                               " last_sequence INTEGER NOT NULL, cleared_sequence INTEGER NOT NULL);")
        + BlockTable::schema + ';' + CheckpointTable::schema;
    return sql;
}

constexpr int checkpointPages = 4'000; // of 4 KiB, in the write-ahead log
// A block is full from so many entries on, or so many bytes of their texts; what is committed at once makes larger ones.
constexpr std::int64_t fullEntries = 1'000;
constexpr std::int64_t fullBytes = 256 * 1024;
constexpr std::size_t maxEntries = 4'096;
constexpr std::size_t maxBytes = 1024 * 1024;
constexpr std::size_t partsOfATier = 8; // blocks of about one size, beyond which they are gathered into one

bool isFullSize(std::int64_t entries, std::int64_t bytes)
{
    return entries >= fullEntries || bytes >= fullBytes;
}

/// Blocks of one tier are gathered into one of the next: 1, 8, 64, 512 entries and up.
int tierOf(std::int64_t entries)
{
    int tier = 0;
    for (; entries >= std::int64_t(partsOfATier); entries /= std::int64_t(partsOfATier))
        ++tier;
    return tier;
}

} // namespace

std::unique_ptr<BlockEntries> LogSegment::EntriesPool::take()
{
    if (m_free.empty())
        return std::make_unique<BlockEntries>();
    std::unique_ptr<BlockEntries> entries = std::move(m_free.back());
    m_free.pop_back();
    return entries;
}

void LogSegment::EntriesPool::giveBack(std::unique_ptr<BlockEntries> entries)
{
    constexpr std::size_t kept = 4;
    if (!entries || m_free.size() >= kept)
        return;
    entries->clear();
    m_free.push_back(std::move(entries));
}

bool LogSegment::isOfEarlierVersion(const QString& path)
{
    if (!QFileInfo::exists(path))
        return false;
    DatabaseResult<Database> database = Database::open(path, Database::Access::Look);
    const DatabaseResult<std::int64_t> version = database ? database->number("PRAGMA user_version") : 0;
    return version && (*version == 1 || *version == 2);
}

DatabaseResult<LogSegment> LogSegment::open(const QString& path, const SegmentState& known)
{
    DatabaseResult<Database> database = Database::open(path, Database::Access::ReadWrite);
    if (!database)
        return database.error();
    LogSegment segment;
    segment.m_path = path;
    segment.m_database = std::make_unique<Database>(std::move(*database));
    const char* const schema[] = {nullptr, nullptr, firstBlocks().c_str()};
    static_assert(std::size(schema) == schemaVersion);
    VIGIE_TRY(segment.m_database->migrate(schema))
    VIGIE_TRY(segment.m_database->run(
        qPrintable(QStringLiteral("PRAGMA wal_autocheckpoint=%1; PRAGMA cache_size=-16384").arg(checkpointPages))))
    VIGIE_TRY(segment.m_database->prepare({
        {&segment.m_saveApp, "INSERT INTO app VALUES(?,?,?,?) ON CONFLICT(app) DO UPDATE SET "
         "last_sequence=excluded.last_sequence, cleared_sequence=excluded.cleared_sequence"},
        {&segment.m_begin, "BEGIN IMMEDIATE"},
        {&segment.m_commit, "COMMIT"},
    }))
    segment.m_blocks = std::make_unique<BlockTable>();
    VIGIE_TRY(segment.m_blocks->prepare(*segment.m_database))
    VIGIE_TRY(segment.m_checkpoints.prepare(*segment.m_database))
    VIGIE_TRY(segment.load())
    if (segment.state().isEmpty() && !known.isEmpty()) {
        VIGIE_TRY(segment.begin(false))
        VIGIE_TRY(segment.adopt(known))
        VIGIE_TRY(segment.commit())
    }
    return segment;
}

DatabaseOutcome LogSegment::adopt(const SegmentState& known)
{
    for (const auto& [name, stored] : known.apps) {
        App& app = appOf(name);
        app.stored = stored;
        noteChange(name, app);
    }
    for (const auto& [source, place] : known.checkpoints)
        VIGIE_TRY(setCheckpoint({source, place}))
    return std::monostate{};
}

DatabaseOutcome LogSegment::keepPlaces(const std::string& appId, std::uint64_t firstSequence, std::uint64_t count)
{
    App& app = appOf(appId);
    noteChange(appId, app);
    VIGIE_TRY(flush(app, false))
    for (; count > 0; --count, ++firstSequence) {
        if (!app.pending) {
            app.pending = m_pool.take();
            app.pendingFirst = firstSequence;
        }
        app.pending->addRepeat(0);
        app.stored.lastSequence = firstSequence;
        ++m_entryCount;
        if (app.pending->size() >= maxEntries)
            VIGIE_TRY(flush(app, true))
    }
    return std::monostate{};
}

DatabaseOutcome LogSegment::load()
{
    m_apps.clear();
    const DatabaseResult<std::int64_t> created = m_database->number("SELECT created_ms FROM meta");
    if (!created)
        return created.error();
    m_createdMs = *created;
    if (m_createdMs == 0) {
        m_createdMs = QDateTime::currentMSecsSinceEpoch();
        VIGIE_TRY(m_database->run(qPrintable(QStringLiteral("INSERT INTO meta VALUES(%1, %2)").arg(m_createdMs).arg(int(QChar::currentUnicodeVersion())))))
    }
    DatabaseResult<Statement> apps = m_database->prepare("SELECT app, name, last_sequence, cleared_sequence FROM app");
    const DatabaseResult<std::int64_t> count = m_database->number("SELECT total(last_place - first_place + 1) FROM block");
    if (!apps || !count)
        return !apps ? apps.error() : count.error();
    m_entryCount = m_committedCount = *count;
    for (;;) {
        const DatabaseResult<bool> row = apps->step();
        if (!row)
            return row.error();
        if (!*row)
            break;
        App& app = m_apps[std::string(apps->bytes(1))];
        app.number = apps->integer(0);
        app.isSaved = true;
        m_lastNumber = std::max(m_lastNumber, app.number);
        app.stored = {static_cast<std::uint64_t>(apps->integer(2)), static_cast<std::uint64_t>(apps->integer(3))};
        VIGIE_TRY(loadApp(app))
    }
    return m_checkpoints.load(*m_database);
}

/// Its newest blocks, down to the first that is full and in a group.
DatabaseOutcome LogSegment::loadApp(App& app)
{
    bool isFirst = true;
    app.parts.clear();
    app.ungrouped.clear();
    VIGIE_TRY(m_blocks->forEachDown(app.number, [&](const BlockRow& block) {
        if (std::exchange(isFirst, false))
            app.stored.lastSequence = std::max(app.stored.lastSequence, LogPlace::sequence(block.zone.lastPlace));
        if (block.isFull && block.wordGroup != BlockRow::noGroup)
            return false;
        if (block.isFull)
            app.ungrouped.push_back(block.zone.firstPlace);
        else if (app.ungrouped.empty()) // others were left before a full one
            app.parts.push_back({block.zone.firstPlace, block.zone.lastPlace, block.textBytes});
        return true;
    }))
    app.committed = app.stored;
    std::ranges::reverse(app.ungrouped);
    std::ranges::reverse(app.parts);
    return std::monostate{};
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

LogSegment::App& LogSegment::appOf(std::string_view appId)
{
    const auto found = m_apps.find(appId);
    if (found != m_apps.end())
        return found->second;
    App& app = m_apps[std::string(appId)];
    app.number = ++m_lastNumber;
    return app;
}

void LogSegment::noteChange(const std::string& appId, App& app)
{
    if (!std::exchange(app.isChanged, true))
        m_changed.push_back(appId);
}

DatabaseOutcome LogSegment::begin(bool durable)
{
    if (m_database->hasMoved())
        return DatabaseError{DatabaseFault::Other, m_path + QStringLiteral(" was taken away")};
    if (m_isDurable != durable) {
        VIGIE_TRY(m_database->run(durable ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL"))
        m_isDurable = durable;
    }
    return m_begin.run();
}

DatabaseOutcome LogSegment::add(const LogBatch& batch)
{
    if (batch.empty())
        return std::monostate{};
    App& app = appOf(batch.appId());
    noteChange(batch.appId(), app);
    if (batch.firstSequence() <= app.stored.lastSequence)
        return DatabaseError{DatabaseFault::Other, QStringLiteral("a place is taken")};
    if (app.pending && app.pendingFirst + app.pending->size() != batch.firstSequence())
        VIGIE_TRY(flush(app, false))
    for (std::size_t i = 0; i < batch.size(); ++i)
        VIGIE_TRY(insert(app, batch, i))
    app.stored.lastSequence = batch.lastSequence();
    m_entryCount += static_cast<std::int64_t>(batch.size());
    return std::monostate{};
}

DatabaseOutcome LogSegment::insert(App& app, const LogBatch& batch, std::size_t index)
{
    NewLogEntry entry = batch.entry(index);
    const std::string_view user = batch.userId(index);
    if (!app.ids && (entry.idIsProducers || !ulidTime(entry.id)))
        VIGIE_TRY(readIds(app))
    std::string newId;
    bool isRepeat = false;
    for (unsigned attempt = 0; app.ids; ++attempt) {
        const DatabaseResult<std::optional<EntryFingerprint>> known = printOf(app, entry.id);
        if (!known)
            return known.error();
        if (!*known)
            break;
        // An id that was given longer ago than the hub remembers.
        isRepeat = (*known)->isSameAs(EntryFingerprint::of(entry, user));
        if (isRepeat)
            break;
        newId = substituteEntryId(batch.entry(index), user, attempt);
        entry.id = newId;
        entry.isPlain = false;
    }
    const std::uint64_t sequence = batch.firstSequence() + index;
    if (!app.pending) {
        app.pending = m_pool.take();
        app.pendingFirst = sequence;
    }
    if (isRepeat) {
        app.pending->addRepeat(entry.timestampMs);
    } else {
        app.pending->add(entry, user);
        app.lastId = entry.id;
        if (app.ids)
            app.ids->add(entry.id, sequence);
    }
    const bool isFull = app.pending->size() >= maxEntries || app.pending->textBytes() >= maxBytes;
    return isFull ? flush(app, true) : DatabaseOutcome(std::monostate{});
}

DatabaseResult<std::optional<EntryFingerprint>> LogSegment::printOf(App& app, std::string_view id)
{
    std::optional<EntryFingerprint> print;
    std::optional<DatabaseError> failed;
    app.ids->find(id, [&](std::uint64_t sequence) {
        if (app.pending && sequence >= app.pendingFirst) {
            const std::size_t at = sequence - app.pendingFirst;
            if (app.pending->ids()[at] != id)
                return false;
            print = EntryFingerprint::of(app.pending->entry(at), app.pending->userId(at));
            return true;
        }
        const std::int64_t place = LogPlace::of(app.number, sequence);
        const DatabaseResult<std::optional<std::int64_t>> first = m_blocks->unpack(place);
        if (!first)
            failed = first.error();
        LogBlock& block = m_blocks->block();
        if (!first || !*first || !block.readIds())
            return failed.has_value();
        const std::size_t at = std::size_t(place - **first);
        if (block.isRepeat(at) || block.id(at) != id || !block.readAll())
            return false;
        print = EntryFingerprint::of(block.entry(at), block.userId(at));
        return true;
    });
    if (failed)
        return *failed;
    return print;
}

/// The newest ids that the application has here: from now on they are kept in memory.
DatabaseOutcome LogSegment::readIds(App& app)
{
    std::vector<std::int64_t> places;
    std::size_t ids = 0;
    VIGIE_TRY(m_blocks->forEachDown(app.number, [&](const BlockRow& block) {
        places.push_back(block.zone.firstPlace);
        ids += block.zone.places;
        return ids < IdTable::usualMost;
    }))
    for (auto place = places.rbegin(); place != places.rend(); ++place) {
        if (!app.ids)
            app.ids = std::make_unique<IdTable>(LogPlace::sequence(*place));
        const DatabaseResult<std::optional<std::int64_t>> first = m_blocks->unpack(*place);
        if (!first)
            return first.error();
        LogBlock& block = m_blocks->block();
        if (!*first || !block.readIds())
            continue; // damaged: what stood there is known no more
        for (std::size_t i = 0; i < block.size(); ++i) {
            if (!block.isRepeat(i))
                app.ids->add(block.id(i), LogPlace::sequence(*place) + i);
        }
    }
    if (!app.ids)
        app.ids = std::make_unique<IdTable>(app.pending ? app.pendingFirst : app.stored.lastSequence + 1);
    for (std::size_t i = 0; app.pending && i < app.pending->size(); ++i) {
        if (!app.pending->isRepeat(i))
            app.ids->add(app.pending->ids()[i], app.pendingFirst + i);
    }
    return std::monostate{};
}

DatabaseOutcome LogSegment::flush(App& app, bool isFull)
{
    if (!app.pending)
        return std::monostate{};
    std::int64_t entries = static_cast<std::int64_t>(app.pending->size());
    const std::int64_t bytes = static_cast<std::int64_t>(app.pending->textBytes());
    // A full one takes with it what stands before it and is not.
    isFull = isFull || isFullSize(entries, bytes);
    std::size_t from = isFull ? 0 : app.parts.size();
    if (!isFull) {
        // Those of its tier, as soon as there are enough; and so on with what they become.
        for (bool gathers = true; gathers;) {
            std::size_t first = from;
            std::int64_t sum = 0;
            std::int64_t sumBytes = bytes;
            const int tier = tierOf(entries);
            while (first > 0 && tierOf(app.parts[first - 1].entries()) <= tier) {
                --first;
                sum += app.parts[first].entries();
                sumBytes += app.parts[first].textBytes;
            }
            gathers = from - first + 1 >= partsOfATier || (first < from && isFullSize(entries + sum, sumBytes));
            if (gathers) {
                entries += sum;
                from = first;
            }
        }
    }
    if (from == app.parts.size()) {
        const DatabaseOutcome done = writeBlock(app, *app.pending, LogPlace::of(app.number, app.pendingFirst), isFull);
        m_pool.giveBack(std::move(app.pending));
        return done;
    }
    return gather(app, from);
}

/// The parts from this one on and what is pending become one block.
DatabaseOutcome LogSegment::gather(App& app, std::size_t from)
{
    std::unique_ptr<BlockEntries> all = m_pool.take();
    const std::int64_t firstPlace = app.parts[from].firstPlace;
    std::int64_t next = firstPlace;
    bool isWhole = true;
    for (std::size_t i = from; i < app.parts.size() && isWhole; ++i) {
        const DatabaseResult<std::optional<std::int64_t>> first = m_blocks->unpack(app.parts[i].firstPlace);
        if (!first)
            return first.error();
        LogBlock& block = m_blocks->block();
        isWhole = *first && **first == next && block.readAll();
        if (isWhole)
            m_blocks->addBlockTo(*all);
        next = app.parts[i].lastPlace + 1;
    }
    isWhole = isWhole && next == LogPlace::of(app.number, app.pendingFirst);
    if (!isWhole) {
        // There is a hole, or one is damaged: they stay as they are.
        app.parts.clear();
        const bool isFull = isFullSize(static_cast<std::int64_t>(app.pending->size()), static_cast<std::int64_t>(app.pending->textBytes()));
        const DatabaseOutcome done = writeBlock(app, *app.pending, LogPlace::of(app.number, app.pendingFirst), isFull);
        m_pool.giveBack(std::move(app.pending));
        m_pool.giveBack(std::move(all));
        return done;
    }
    all->add(*app.pending);
    for (std::size_t i = from; i < app.parts.size(); ++i)
        VIGIE_TRY(m_blocks->remove(app.parts[i].firstPlace))
    app.parts.resize(from);
    const bool isFull = isFullSize(static_cast<std::int64_t>(all->size()), static_cast<std::int64_t>(all->textBytes()));
    const DatabaseOutcome done = writeBlock(app, *all, firstPlace, isFull);
    m_pool.giveBack(std::move(app.pending));
    m_pool.giveBack(std::move(all));
    return done;
}

DatabaseOutcome LogSegment::writeBlock(App& app, const BlockEntries& entries, std::int64_t firstPlace, bool isFull)
{
    const DatabaseResult<BlockRow> block = m_blocks->insert(entries, firstPlace, isFull);
    if (!block)
        return block.error();
    if (!isFull) {
        app.parts.push_back({firstPlace, block->zone.lastPlace, block->textBytes});
        return std::monostate{};
    }
    app.parts.clear();
    app.ungrouped.push_back(firstPlace);
    if (app.ungrouped.size() < GroupIndex::maxBlocks)
        return std::monostate{};
    return m_blocks->group(std::exchange(app.ungrouped, {}));
}

DatabaseOutcome LogSegment::setCleared(const std::string& appId, std::uint64_t sequence)
{
    App& app = appOf(appId);
    noteChange(appId, app);
    VIGIE_TRY(flush(app, false))
    app.stored.clearedSequence = sequence;
    const std::int64_t last = LogPlace::of(app.number, sequence);
    // Of a block that goes further, the rest stays.
    const DatabaseResult<std::optional<std::int64_t>> cut = m_blocks->unpack(last);
    if (!cut)
        return cut.error();
    std::unique_ptr<BlockEntries> rest;
    if (*cut && m_blocks->block().readAll()) {
        rest = m_pool.take();
        m_blocks->addBlockTo(*rest, std::size_t(last - **cut) + 1);
    }
    VIGIE_TRY(m_blocks->removeUpTo(app.number, last))
    std::erase_if(app.parts, [last](const Part& part) { return part.firstPlace <= last; });
    std::erase_if(app.ungrouped, [last](std::int64_t firstPlace) { return firstPlace <= last; });
    if (rest && rest->size() > 0) {
        const DatabaseResult<BlockRow> block = m_blocks->insert(*rest, last + 1, false);
        if (!block)
            return block.error();
        // Before a full one it stays as it is.
        const std::int64_t next = app.parts.empty() ? LogPlace::of(app.number, app.stored.lastSequence) + 1 : app.parts.front().firstPlace;
        if (block->zone.lastPlace + 1 == next)
            app.parts.insert(app.parts.begin(), {last + 1, block->zone.lastPlace, block->textBytes});
    }
    m_pool.giveBack(std::move(rest));
    return std::monostate{};
}

DatabaseOutcome LogSegment::touch()
{
    return m_database->run("UPDATE meta SET created_ms=created_ms");
}

DatabaseOutcome LogSegment::commit()
{
    for (const std::string& name : m_changed) {
        App& app = m_apps[name];
        VIGIE_TRY(flush(app, false))
        m_saveApp.bind(1, app.number);
        m_saveApp.bind(2, std::string_view(name));
        m_saveApp.bind(3, static_cast<std::int64_t>(app.stored.lastSequence));
        m_saveApp.bind(4, static_cast<std::int64_t>(app.stored.clearedSequence));
        VIGIE_TRY(m_saveApp.run())
    }
    VIGIE_TRY(m_commit.run())
    m_checkpoints.noteCommit();
    for (const std::string& name : m_changed) {
        App& app = m_apps[name];
        app.committed = app.stored;
        app.isSaved = true;
        app.isChanged = false;
    }
    m_changed.clear();
    m_committedCount = m_entryCount;
    return std::monostate{};
}

/// Undoes what the transaction changed, and no more: where the disk is full, it is tried again each second.
void LogSegment::rollback()
{
    (void)m_database->run("ROLLBACK"); // SQLite may have done so by itself
    m_checkpoints.noteRollback();
    m_blocks->forget();
    for (const std::string& name : std::exchange(m_changed, {})) {
        App& app = m_apps[name];
        if (!app.isSaved) {
            m_apps.erase(name);
            continue;
        }
        app.isChanged = false;
        app.lastId.clear();
        app.stored = app.committed;
        m_pool.giveBack(std::move(app.pending));
        // Of a broken file: what was known is better than nothing. Ids that were not written are looked for in vain.
        (void)loadApp(app);
    }
    m_entryCount = m_committedCount;
}

DatabaseOutcome LogSegment::checkpoint()
{
    return m_database->run("PRAGMA wal_checkpoint(TRUNCATE)");
}

#undef VIGIE_TRY

} // namespace vigie
