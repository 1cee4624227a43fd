// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/logs/logsegment.h"

#include "core/entryid.h"
#include "core/searchedtexts.h"
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
constexpr const char* schema[] = {
    "",
    "",
    R"(CREATE TABLE meta(created_ms INTEGER NOT NULL);
       CREATE TABLE app(app INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,
                        last_sequence INTEGER NOT NULL, cleared_sequence INTEGER NOT NULL);
       CREATE TABLE checkpoint(source TEXT PRIMARY KEY, place BLOB NOT NULL) WITHOUT ROWID;
       CREATE TABLE block(first_place INTEGER PRIMARY KEY, last_place INTEGER NOT NULL,
                          least_time_ms INTEGER NOT NULL, most_time_ms INTEGER NOT NULL,
                          entries INTEGER NOT NULL, counts BLOB NOT NULL,
                          least_id_ms INTEGER NOT NULL, most_id_ms INTEGER NOT NULL, has_named INTEGER NOT NULL,
                          is_full INTEGER NOT NULL, word_group INTEGER NOT NULL, text_bytes INTEGER NOT NULL);
       CREATE TABLE block_data(first_place INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
       CREATE TABLE block_words(first_place INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
       CREATE TABLE word_bucket(bucket INTEGER PRIMARY KEY, bytes BLOB NOT NULL))",
};

static_assert(std::size(schema) == LogSegment::schemaVersion);

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

#define VIGIE_TRY(action)                      \
    if (DatabaseOutcome done = (action); !done) \
        return done.error();

/// What only one application needs at a time.
class LogSegment::Buffers
{
public:
    std::unique_ptr<BlockEntries> take()
    {
        if (m_free.empty())
            return std::make_unique<BlockEntries>();
        std::unique_ptr<BlockEntries> entries = std::move(m_free.back());
        m_free.pop_back();
        return entries;
    }
    void giveBack(std::unique_ptr<BlockEntries> entries)
    {
        constexpr std::size_t kept = 4;
        if (!entries || m_free.size() >= kept)
            return;
        entries->clear();
        m_free.push_back(std::move(entries));
    }

    BlockPacker packer;
    LogBlock block;
    std::string blob; // of `block`
    TokenSet tokens;

private:
    std::vector<std::unique_ptr<BlockEntries>> m_free;
};

LogSegment::LogSegment() : m_buffers(std::make_unique<Buffers>()) {}
LogSegment::~LogSegment() = default;
LogSegment::LogSegment(LogSegment&&) noexcept = default;
LogSegment& LogSegment::operator=(LogSegment&&) noexcept = default;

bool LogSegment::isOfEarlierVersion(const QString& path)
{
    if (!QFileInfo::exists(path))
        return false;
    DatabaseResult<Database> database = Database::open(path, Database::Access::Look);
    const DatabaseResult<std::int64_t> version = database ? database->number("PRAGMA user_version") : 0;
    return version && (*version == 1 || *version == 2);
}

DatabaseResult<SegmentState> SegmentState::of(const QString& path)
{
    DatabaseResult<Database> database = Database::open(path, Database::Access::ReadOnly);
    if (!database)
        return database.error();
    SegmentState state;
    const DatabaseResult<std::int64_t> version = database->number("PRAGMA user_version");
    if (!version)
        return version.error();
    if (*version == 0)
        return state;
    const bool hasRows = *version < 3;
    DatabaseResult<Statement> apps = database->prepare(
        std::string("SELECT name, last_sequence, cleared_sequence, ifnull((SELECT max(")
        + (hasRows ? "place) FROM log WHERE place" : "last_place) FROM block WHERE first_place")
        + " BETWEEN app << 40 AND (app + 1 << 40) - 1), 0) FROM app");
    if (!apps)
        return apps.error();
    for (;;) {
        const DatabaseResult<bool> row = apps->step();
        if (!row)
            return row.error();
        if (!*row)
            break;
        state.apps[std::string(apps->bytes(0))] = {
            std::max(static_cast<std::uint64_t>(apps->integer(1)), LogPlace::sequence(apps->integer(3))),
            static_cast<std::uint64_t>(apps->integer(2))};
    }
    if (*version == 1)
        return state;
    DatabaseResult<Statement> checkpoints = database->prepare("SELECT source, place FROM checkpoint");
    if (!checkpoints)
        return checkpoints.error();
    for (;;) {
        const DatabaseResult<bool> row = checkpoints->step();
        if (!row)
            return row.error();
        if (!*row)
            return state;
        state.checkpoints[std::string(checkpoints->bytes(0))] = checkpoints->bytes(1);
    }
}

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
        {&segment.m_insertBlock, BlockRow::insert},
        {&segment.m_insertData, "INSERT INTO block_data VALUES(?,?)"},
        {&segment.m_insertWords, "INSERT INTO block_words VALUES(?,?)"},
        {&segment.m_insertBucket, "INSERT INTO word_bucket VALUES(?,?)"},
        {&segment.m_removeBlock, "DELETE FROM block WHERE first_place=?"},
        {&segment.m_removeData, "DELETE FROM block_data WHERE first_place=?"},
        {&segment.m_removeWords, "DELETE FROM block_words WHERE first_place=?"},
        {&segment.m_setGroup, "UPDATE block SET word_group=? WHERE first_place=?"},
        {&segment.m_blockAt, BlockRow::select + std::string("WHERE first_place<=? ORDER BY first_place DESC LIMIT 1")},
        {&segment.m_dataOf, "SELECT bytes FROM block_data WHERE first_place=?"},
        {&segment.m_wordsOf, "SELECT bytes FROM block_words WHERE first_place=?"},
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
        app.changed = true;
    }
    for (const auto& [source, place] : known.checkpoints)
        VIGIE_TRY(setCheckpoint({source, place}))
    return std::monostate{};
}

DatabaseOutcome LogSegment::keepPlaces(const std::string& appId, std::uint64_t firstSequence, std::uint64_t count)
{
    App& app = appOf(appId);
    VIGIE_TRY(flush(app, false))
    for (; count > 0; --count, ++firstSequence) {
        if (!app.pending) {
            app.pending = m_buffers->take();
            app.pendingFirst = firstSequence;
        }
        app.pending->addRepeat(0);
        app.stored.lastSequence = firstSequence;
        ++m_entryCount;
        if (app.pending->size() >= maxEntries)
            VIGIE_TRY(flush(app, true))
    }
    app.changed = true;
    return std::monostate{};
}

DatabaseOutcome LogSegment::load()
{
    m_apps.clear();
    const DatabaseResult<std::int64_t> created = m_database.number("SELECT created_ms FROM meta");
    if (!created)
        return created.error();
    m_createdMs = *created;
    if (m_createdMs == 0) {
        m_createdMs = QDateTime::currentMSecsSinceEpoch();
        VIGIE_TRY(m_database.run(qPrintable(QStringLiteral("INSERT INTO meta VALUES(%1)").arg(m_createdMs))))
    }
    DatabaseResult<Statement> apps = m_database.prepare("SELECT app, name, last_sequence, cleared_sequence FROM app");
    const DatabaseResult<std::int64_t> count = m_database.number("SELECT total(last_place - first_place + 1) FROM block");
    const DatabaseResult<std::int64_t> group = m_database.number("SELECT max(bucket) FROM word_bucket");
    if (!apps || !count || !group)
        return !apps ? apps.error() : !count ? count.error() : group.error();
    m_entryCount = *count;
    m_lastGroup = *group / GroupIndex::buckets;
    for (;;) {
        const DatabaseResult<bool> row = apps->step();
        if (!row)
            return row.error();
        if (!*row)
            break;
        App& app = m_apps[std::string(apps->bytes(1))];
        app.number = apps->integer(0);
        app.stored = {static_cast<std::uint64_t>(apps->integer(2)), static_cast<std::uint64_t>(apps->integer(3))};
        VIGIE_TRY(loadApp(app))
    }
    return m_checkpoints.load(m_database);
}

/// Its newest blocks, down to the first that is full and in a group.
DatabaseOutcome LogSegment::loadApp(App& app)
{
    DatabaseResult<Statement> rows =
        m_database.prepare(BlockRow::select + std::string("WHERE first_place BETWEEN ? AND ? ORDER BY first_place DESC"));
    if (!rows)
        return rows.error();
    rows->bind(1, LogPlace::of(app.number, 0));
    rows->bind(2, LogPlace::of(app.number, maxSequence));
    for (bool isFirst = true;; isFirst = false) {
        const DatabaseResult<bool> row = rows->step();
        if (!row)
            return row.error();
        if (!*row)
            break;
        const BlockRow block = BlockRow::of(*rows);
        if (isFirst)
            app.stored.lastSequence = std::max(app.stored.lastSequence, LogPlace::sequence(block.zone.lastPlace));
        if (block.isFull && block.wordGroup != BlockRow::noGroup)
            break;
        if (block.isFull)
            app.ungrouped.push_back(block.zone.firstPlace);
        else
            app.parts.push_back({block.zone.firstPlace, block.zone.lastPlace, block.textBytes});
    }
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
    app.number = static_cast<std::int64_t>(m_apps.size());
    return app;
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
    App& app = appOf(batch.appId());
    if (batch.empty())
        return std::monostate{};
    if (batch.firstSequence() <= app.stored.lastSequence)
        return DatabaseError{DatabaseFault::Other, QStringLiteral("a place is taken")};
    if (app.pending && app.pendingFirst + app.pending->size() != batch.firstSequence())
        VIGIE_TRY(flush(app, false))
    for (std::size_t i = 0; i < batch.size(); ++i)
        VIGIE_TRY(insert(app, batch, i))
    app.stored.lastSequence = batch.lastSequence();
    app.changed = true;
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
        app.pending = m_buffers->take();
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

DatabaseResult<std::optional<std::int64_t>> LogSegment::unpack(std::int64_t place)
{
    m_blockAt.bind(1, place);
    const DatabaseResult<bool> row = m_blockAt.step();
    const BlockRow block = row && *row ? BlockRow::of(m_blockAt) : BlockRow();
    m_blockAt.reset();
    if (!row)
        return row.error();
    if (!*row || block.zone.lastPlace < place)
        return std::optional<std::int64_t>();
    m_dataOf.bind(1, block.zone.firstPlace);
    const DatabaseResult<bool> data = m_dataOf.step();
    if (data && *data)
        m_buffers->blob = m_dataOf.bytes(0);
    m_dataOf.reset();
    if (!data)
        return data.error();
    if (!*data || !m_buffers->block.open(m_buffers->blob) || m_buffers->block.size() != block.zone.places)
        return std::optional<std::int64_t>();
    return std::optional(block.zone.firstPlace);
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
        const DatabaseResult<std::optional<std::int64_t>> first = unpack(place);
        if (!first)
            failed = first.error();
        LogBlock& block = m_buffers->block;
        if (!first || !*first || !block.readAll())
            return failed.has_value();
        const std::size_t at = std::size_t(place - **first);
        if (block.isRepeat(at) || block.id(at) != id)
            return false;
        print = EntryFingerprint::of(block.entry(at), block.userId(at));
        return true;
    });
    if (failed)
        return *failed;
    return print;
}

/// All ids that the application has here: from now on they are kept in memory.
DatabaseOutcome LogSegment::readIds(App& app)
{
    DatabaseResult<Statement> rows = m_database.prepare("SELECT first_place FROM block WHERE first_place BETWEEN ? AND ? ORDER BY first_place");
    if (!rows)
        return rows.error();
    rows->bind(1, LogPlace::of(app.number, 0));
    rows->bind(2, LogPlace::of(app.number, maxSequence));
    for (;;) {
        const DatabaseResult<bool> row = rows->step();
        if (!row)
            return row.error();
        if (!*row)
            break;
        const std::int64_t place = rows->integer(0);
        if (!app.ids)
            app.ids = std::make_unique<IdTable>(LogPlace::sequence(place));
        const DatabaseResult<std::optional<std::int64_t>> first = unpack(place);
        if (!first)
            return first.error();
        LogBlock& block = m_buffers->block;
        if (!*first || !block.readIds())
            continue; // damaged: what stood there is known no more
        for (std::size_t i = 0; i < block.size(); ++i) {
            if (!block.isRepeat(i))
                app.ids->add(block.id(i), LogPlace::sequence(place) + i);
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
        m_buffers->giveBack(std::move(app.pending));
        return done;
    }
    return gather(app, from);
}

/// The parts from this one on and what is pending become one block.
DatabaseOutcome LogSegment::gather(App& app, std::size_t from)
{
    std::unique_ptr<BlockEntries> all = m_buffers->take();
    const std::int64_t firstPlace = app.parts[from].firstPlace;
    std::int64_t next = firstPlace;
    bool isWhole = true;
    for (std::size_t i = from; i < app.parts.size() && isWhole; ++i) {
        const DatabaseResult<std::optional<std::int64_t>> first = unpack(app.parts[i].firstPlace);
        if (!first)
            return first.error();
        LogBlock& block = m_buffers->block;
        isWhole = *first && **first == next && block.readAll();
        for (std::size_t at = 0; isWhole && at < block.size(); ++at) {
            if (block.isRepeat(at))
                all->addRepeat(block.timeMs(at));
            else
                all->add(block.entry(at), block.userId(at));
        }
        next = app.parts[i].lastPlace + 1;
    }
    isWhole = isWhole && next == LogPlace::of(app.number, app.pendingFirst);
    if (!isWhole) {
        // There is a hole, or one is damaged: they stay as they are.
        app.parts.clear();
        const bool isFull = isFullSize(static_cast<std::int64_t>(app.pending->size()), static_cast<std::int64_t>(app.pending->textBytes()));
        const DatabaseOutcome done = writeBlock(app, *app.pending, LogPlace::of(app.number, app.pendingFirst), isFull);
        m_buffers->giveBack(std::move(app.pending));
        m_buffers->giveBack(std::move(all));
        return done;
    }
    all->add(*app.pending);
    for (std::size_t i = from; i < app.parts.size(); ++i)
        VIGIE_TRY(removeBlock(app.parts[i].firstPlace))
    app.parts.resize(from);
    const bool isFull = isFullSize(static_cast<std::int64_t>(all->size()), static_cast<std::int64_t>(all->textBytes()));
    const DatabaseOutcome done = writeBlock(app, *all, firstPlace, isFull);
    m_buffers->giveBack(std::move(app.pending));
    m_buffers->giveBack(std::move(all));
    return done;
}

DatabaseOutcome LogSegment::writeBlock(App& app, const BlockEntries& entries, std::int64_t firstPlace, bool isFull)
{
    BlockRow block;
    block.isFull = isFull;
    block.textBytes = static_cast<std::int64_t>(entries.textBytes());
    TokenSet& tokens = m_buffers->tokens;
    if (isFull)
        tokens.clear();
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const std::int64_t place = firstPlace + static_cast<std::int64_t>(i);
        if (entries.isRepeat(i)) {
            block.zone.includeRepeat(place);
            continue;
        }
        const NewLogEntry entry = entries.entry(i);
        ++block.entries;
        block.zone.include(place, entry.timestampMs, severityOf(entry.level));
        const std::optional<std::int64_t> idMs = entry.idIsProducers ? std::nullopt : ulidTime(entry.id);
        if (idMs) {
            block.leastIdMs = std::min(block.leastIdMs, *idMs);
            block.mostIdMs = std::max(block.mostIdMs, *idMs);
        } else {
            block.hasNamed = true;
        }
        if (!isFull)
            continue;
        const SearchedTexts texts(entry);
        tokens.add(texts.message());
        tokens.add(texts.metadata());
        if (!idMs)
            tokens.addId(entry.id);
    }
    const auto counts = block.zone.packedCounts();
    block.bindTo(m_insertBlock);
    m_insertBlock.bindBlob(6, std::string_view(counts.data(), counts.size()));
    VIGIE_TRY(m_insertBlock.run())
    std::string packed;
    m_buffers->packer.pack(entries, packed);
    m_insertData.bind(1, firstPlace);
    m_insertData.bindBlob(2, packed);
    VIGIE_TRY(m_insertData.run())
    if (!isFull) {
        app.parts.push_back({firstPlace, block.zone.lastPlace, block.textBytes});
        return std::monostate{};
    }
    const std::string words = packBlockIndex(storedTokens(tokens.tokens()));
    m_insertWords.bind(1, firstPlace);
    m_insertWords.bindBlob(2, words);
    VIGIE_TRY(m_insertWords.run())
    app.parts.clear();
    app.ungrouped.push_back(firstPlace);
    return app.ungrouped.size() < GroupIndex::maxBlocks ? DatabaseOutcome(std::monostate{}) : group(app);
}

DatabaseOutcome LogSegment::removeBlock(std::int64_t firstPlace)
{
    for (Statement* const remove : {&m_removeBlock, &m_removeData, &m_removeWords}) {
        remove->bind(1, firstPlace);
        VIGIE_TRY(remove->run())
    }
    return std::monostate{};
}

/// Makes one index of those of 64 blocks, so that a search reads one row for all of them.
DatabaseOutcome LogSegment::group(App& app)
{
    const std::int64_t number = ++m_lastGroup;
    GroupIndex index;
    std::vector<StoredToken> tokens;
    for (std::size_t i = 0; i < app.ungrouped.size(); ++i) {
        m_wordsOf.bind(1, app.ungrouped[i]);
        const DatabaseResult<bool> row = m_wordsOf.step();
        const bool isRead = row && *row && unpackBlockIndex(m_wordsOf.bytes(0), tokens);
        m_wordsOf.reset();
        if (!row)
            return row.error();
        if (!isRead)
            tokens.clear();
        index.add(tokens);
        m_removeWords.bind(1, app.ungrouped[i]);
        VIGIE_TRY(m_removeWords.run())
        // One whose tokens are damaged belongs to none: it is always looked at.
        m_setGroup.bind(1, isRead ? number * GroupIndex::maxBlocks + static_cast<std::int64_t>(i) : BlockRow::noGroup);
        m_setGroup.bind(2, app.ungrouped[i]);
        VIGIE_TRY(m_setGroup.run())
    }
    const std::vector<std::string> buckets = index.pack();
    for (std::size_t i = 0; i < buckets.size(); ++i) {
        m_insertBucket.bind(1, number * std::int64_t(GroupIndex::buckets) + static_cast<std::int64_t>(i));
        m_insertBucket.bindBlob(2, buckets[i]);
        VIGIE_TRY(m_insertBucket.run())
    }
    app.ungrouped.clear();
    return std::monostate{};
}

DatabaseOutcome LogSegment::setCleared(const std::string& appId, std::uint64_t sequence)
{
    App& app = appOf(appId);
    VIGIE_TRY(flush(app, false))
    app.stored.clearedSequence = sequence;
    app.changed = true;
    const std::int64_t last = LogPlace::of(app.number, sequence);
    // Of a block that goes further, the rest stays.
    const DatabaseResult<std::optional<std::int64_t>> cut = unpack(last);
    if (!cut)
        return cut.error();
    LogBlock& block = m_buffers->block;
    std::unique_ptr<BlockEntries> rest;
    if (*cut && block.readAll()) {
        rest = m_buffers->take();
        for (std::size_t i = std::size_t(last - **cut) + 1; i < block.size(); ++i) {
            if (block.isRepeat(i))
                rest->addRepeat(block.timeMs(i));
            else
                rest->add(block.entry(i), block.userId(i));
        }
    }
    for (const char* const table : {"block", "block_data", "block_words"}) {
        DatabaseResult<Statement> remove = m_database.prepare(std::string("DELETE FROM ") + table + " WHERE first_place BETWEEN ? AND ?");
        if (!remove)
            return remove.error();
        remove->bind(1, LogPlace::of(app.number, 0));
        remove->bind(2, last);
        VIGIE_TRY(remove->run())
    }
    std::erase_if(app.parts, [last](const Part& part) { return part.firstPlace <= last; });
    std::erase_if(app.ungrouped, [last](std::int64_t firstPlace) { return firstPlace <= last; });
    if (rest && rest->size() > 0) {
        // It stands before all others, so it is gathered with none; that it is small does not matter.
        const std::vector<Part> parts = std::move(app.parts);
        VIGIE_TRY(writeBlock(app, *rest, last + 1, false))
        app.parts.insert(app.parts.end(), parts.begin(), parts.end());
        if (!app.ungrouped.empty())
            app.parts = parts;
    }
    m_buffers->giveBack(std::move(rest));
    return std::monostate{};
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
        VIGIE_TRY(flush(app, false))
        m_saveApp.bind(1, app.number);
        m_saveApp.bind(2, std::string_view(name));
        m_saveApp.bind(3, static_cast<std::int64_t>(app.stored.lastSequence));
        m_saveApp.bind(4, static_cast<std::int64_t>(app.stored.clearedSequence));
        VIGIE_TRY(m_saveApp.run())
        app.changed = false;
    }
    VIGIE_TRY(m_commit.run())
    m_checkpoints.noteCommit();
    for (auto& [name, app] : m_apps)
        app.committed = app.stored;
    return std::monostate{};
}

void LogSegment::rollback()
{
    (void)m_database.run("ROLLBACK"); // SQLite may have done so by itself
    m_checkpoints.noteRollback();
    StoredApps committed;
    for (const auto& [name, app] : m_apps)
        committed.emplace(name, app.committed);
    if (load())
        return;
    // Of a broken file: what was known is better than nothing.
    for (const auto& [name, stored] : committed)
        m_apps[name].stored = stored;
}

DatabaseOutcome LogSegment::checkpoint()
{
    return m_database.run("PRAGMA wal_checkpoint(TRUNCATE)");
}

#undef VIGIE_TRY

} // namespace vigie
