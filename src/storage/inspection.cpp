// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/inspection.h"

#include "core/regularfile.h"
#include "storage/access/accessfile.h"
#include "storage/blocks/logblock.h"
#include "storage/blocks/wordindex.h"
#include "storage/database/database.h"
#include "storage/database/databasefile.h"
#include "storage/logs/blockrow.h"
#include "storage/logs/logsegment.h"
#include "storage/figures/metricchunk.h"
#include "storage/logs/logstore.h"
#include "storage/figures/metricstore.h"
#include "storage/figures/processchunk.h"

#include <QFile>
#include <QFileInfo>
#include <QtEndian>

namespace vigie {

namespace {

/// How to inspect one kind of file.
struct Kind
{
    int schemaVersion;
    const char* extent; ///< returns the number, oldest and newest time of its entries
    const char* apps;
    DatabaseOutcome (*check)(Database&) = nullptr; ///< of what SQLite cannot check; null: there is none
};

/// Unpacks all blocks, whose own checksums say whether they are as they were written, and holds them against what is known of each.
DatabaseOutcome checkBlocks(Database& database)
{
    DatabaseResult<Statement> rows = database.prepare(
        BlockRow::select + std::string("WHERE true UNION ALL SELECT first_place, 0,0,0,0,'',0,0,0,0,0,0 FROM block_data "
                                       "WHERE first_place NOT IN (SELECT first_place FROM block)"));
    DatabaseResult<Statement> data = database.prepare("SELECT bytes FROM block_data WHERE first_place=?");
    if (!rows || !data)
        return !rows ? rows.error() : data.error();
    LogBlock block;
    int all = 0;
    int damaged = 0;
    DatabaseResult<bool> row = rows->step();
    for (; row && *row; row = rows->step()) {
        const BlockRow known = BlockRow::of(*rows);
        data->bind(1, known.zone.firstPlace);
        const DatabaseResult<bool> found = data->step();
        bool isSound = found && *found && block.open(data->bytes(0)) && block.size() == known.zone.places && block.readAll();
        LogZone zone;
        std::int64_t entries = 0;
        for (std::size_t i = 0; isSound && i < block.size(); ++i) {
            const std::int64_t place = known.zone.firstPlace + static_cast<std::int64_t>(i);
            if (block.isRepeat(i)) {
                zone.includeRepeat(place);
                continue;
            }
            ++entries;
            zone.include(place, block.timeMs(i), severityOf(block.level(i)));
        }
        // Levels that are understood only today stand in the counts as others: they are not compared.
        isSound = isSound && entries == known.entries && zone.leastTimeMs == known.zone.leastTimeMs && zone.maxTimeMs == known.zone.maxTimeMs;
        data->reset();
        ++all;
        damaged += isSound ? 0 : 1;
    }
    if (!row)
        return row.error();
    if (damaged > 0)
        return DatabaseError{DatabaseFault::Corrupt, QStringLiteral("%1 of %2 blocks of entries are damaged").arg(damaged).arg(all)};
    return std::monostate{};
}

/// A damaged index of words costs no answer, but time.
DatabaseOutcome checkWords(Database& database)
{
    int damaged = 0;
    std::vector<StoredToken> tokens;
    for (const bool isOfGroups : {false, true}) {
        DatabaseResult<Statement> rows = database.prepare(isOfGroups ? "SELECT bytes FROM word_bucket" : "SELECT bytes FROM block_words");
        if (!rows)
            return rows.error();
        DatabaseResult<bool> row = rows->step();
        for (; row && *row; row = rows->step())
            damaged += (isOfGroups ? GroupIndex::isSound(rows->bytes(0)) : unpackBlockIndex(rows->bytes(0), tokens)) ? 0 : 1;
        if (!row)
            return row.error();
    }
    if (damaged > 0)
        return DatabaseError{DatabaseFault::Corrupt, QStringLiteral("%1 parts of the index of words are damaged, searches take longer").arg(damaged)};
    return std::monostate{};
}

DatabaseOutcome checkLogs(Database& database)
{
    const DatabaseOutcome blocks = checkBlocks(database);
    return blocks ? checkWords(database) : blocks;
}

/// The checksums of chunks say whether they are as they were written.
DatabaseOutcome checkFigures(Database& database)
{
    struct Table
    {
        const char* name;
        bool (*isSound)(std::string_view bytes);
    };
    const auto isSoundChunk = [](std::string_view bytes) { return decodeChunk(bytes).has_value(); };
    const auto areSoundProcesses = [](std::string_view bytes) { return decodeProcesses(bytes).has_value(); };
    int all = 0;
    int damaged = 0;
    for (const auto& [name, isSound] : {Table{"chunk", isSoundChunk}, Table{"processes", areSoundProcesses},
                                        Table{"process_block", areSoundProcesses}}) {
        // Files of schema 1 have no blocks.
        const DatabaseResult<std::int64_t> exists =
            database.number("SELECT count(*) FROM sqlite_schema WHERE name = '" + std::string(name) + '\'');
        if (!exists)
            return exists.error();
        if (*exists == 0)
            continue;
        DatabaseResult<Statement> rows = database.prepare("SELECT data FROM " + std::string(name));
        if (!rows)
            return rows.error();
        DatabaseResult<bool> row = rows->step();
        for (; row && *row; row = rows->step(), ++all)
            damaged += isSound(rows->bytes(0)) ? 0 : 1;
        if (!row)
            return row.error();
    }
    if (damaged > 0)
        return DatabaseError{DatabaseFault::Corrupt, QStringLiteral("%1 of %2 chunks of figures are damaged").arg(damaged).arg(all)};
    return std::monostate{};
}

constexpr Kind logKind{
    LogSegment::schemaVersion,
    "SELECT total(entries), min(least_time_ms), max(most_time_ms) FROM block WHERE entries > 0",
    "SELECT name FROM app WHERE EXISTS(SELECT 1 FROM block WHERE first_place BETWEEN app << 40 AND (app + 1 << 40) - 1) "
    "ORDER BY name",
    checkLogs};

constexpr Kind earlierLogKind{
    2,
    // Rows without an id only hold the position of a repeat.
    "SELECT count(*), min(time_ms), max(time_ms) FROM log WHERE id IS NOT NULL",
    "SELECT name FROM app WHERE EXISTS(SELECT 1 FROM log WHERE place BETWEEN app << 40 AND (app + 1 << 40) - 1) "
    "ORDER BY name"};

constexpr Kind metricKind{MetricStore::schemaVersion, "SELECT count(*), min(start_ms), max(end_ms) FROM chunk",
                          "SELECT name FROM source WHERE name <> '' ORDER BY name", checkFigures};

constexpr Kind accessKind{AccessFile::schemaVersion,
                          "SELECT count(*), coalesce(min(created_ms), 0), coalesce(max(coalesce(last_used_ms, created_ms)), 0) "
                          "FROM token",
                          "SELECT name FROM app ORDER BY name"};

/// "user_version" in the head of a database (sqlite.org/fileformat2.html, 1.3); 0: it is none, or empty.
std::uint32_t versionInHead(const QString& path)
{
    constexpr qint64 place = 60;
    QFile file(path);
    if (isOtherThanRegularFile(path) || !file.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray head = file.read(place + 4);
    if (head.size() < place + 4 || !head.startsWith("SQLite format 3"))
        return 0;
    return qFromBigEndian<std::uint32_t>(head.constData() + place);
}

QString textOf(const Statement& row)
{
    const std::string_view bytes = row.bytes(0);
    return QString::fromUtf8(bytes);
}

DatabaseOutcome look(Database& database, const Kind& kind, Inspection& found)
{
    const DatabaseResult<std::int64_t> version = database.number("PRAGMA user_version");
    if (!version)
        return version.error();
    found.schemaVersion = *version;
    found.isNewer = *version > kind.schemaVersion;
    if (found.isNewer)
        return std::monostate{};
    DatabaseResult<Statement> check = database.prepare("PRAGMA quick_check(1)");
    if (!check)
        return check.error();
    const DatabaseResult<bool> checked = check->step();
    if (!checked)
        return checked.error();
    if (const QString said = textOf(*check); said != QLatin1String("ok"))
        return DatabaseError{DatabaseFault::Corrupt, said};
    if (*version == 0)
        return std::monostate{}; // created, but nothing was written yet
    DatabaseResult<Statement> extent = database.prepare(kind.extent);
    if (!extent)
        return extent.error();
    const DatabaseResult<bool> counted = extent->step();
    if (!counted)
        return counted.error();
    found.entries = extent->integer(0);
    found.oldestMs = extent->integer(1);
    found.newestMs = extent->integer(2);
    DatabaseResult<Statement> apps = database.prepare(kind.apps);
    if (!apps)
        return apps.error();
    DatabaseResult<bool> row = apps->step();
    for (; row && *row; row = apps->step())
        found.apps.append(textOf(*apps));
    if (!row)
        return row.error();
    return kind.check ? kind.check(database) : DatabaseOutcome(std::monostate{});
}

Inspection inspectOnce(const QString& path, const Kind& kind)
{
    Inspection found;
    found.bytes = databaseBytes(path);
    DatabaseResult<Database> database = Database::open(path, Database::Access::Look);
    if (!database)
        found.problem = database.error().message;
    else if (const DatabaseOutcome looked = look(*database, kind, found); !looked)
        found.problem = looked.error().message;
    return found;
}

Inspection inspect(const QString& path, const Kind& kind)
{
    const auto isWritten = [&path] { return QFileInfo::exists(path + QStringLiteral("-wal")); };
    const bool wasWritten = isWritten();
    const Inspection found = inspectOnce(path, kind);
    // A Vigie that starts or stops meanwhile can make a sound file appear corrupt.
    return found.problem.isEmpty() || isWritten() == wasWritten ? found : inspectOnce(path, kind);
}

} // namespace

Inspection inspectLogSegment(const QString& path)
{
    return inspect(path, LogSegment::isOfEarlierVersion(path) ? earlierLogKind : logKind);
}

Inspection inspectMetrics(const QString& path)
{
    return inspect(path, metricKind);
}

Inspection inspectAccess(const QString& path)
{
    return inspect(path, accessKind);
}

QString fileOfLaterVersion(const QString& logsFolder, const QString& metricsPath, const QString& accessPath)
{
    const auto isLater = [](const QString& path, int known) { return !path.isEmpty() && versionInHead(path) > std::uint32_t(known); };
    if (!logsFolder.isEmpty()) {
        for (const QString& path : LogStore::segmentsIn(logsFolder)) {
            if (isLater(path, LogSegment::schemaVersion))
                return path;
        }
    }
    if (isLater(metricsPath, MetricStore::schemaVersion))
        return metricsPath;
    return isLater(accessPath, AccessFile::schemaVersion) ? accessPath : QString();
}

} // namespace vigie
