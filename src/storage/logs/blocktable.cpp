// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/logs/blocktable.h"

#include "core/history.h"
#include "core/parallel.h"
#include "core/searchedtexts.h"
#include "storage/blocks/ulid.h"
#include "storage/blocks/wordindex.h"
#include "storage/logs/logplace.h"

#include <algorithm>

namespace vigie {

DatabaseOutcome BlockTable::prepare(Database& database)
{
    m_database = &database;
    return database.prepare({
        {&m_rowsDown, BlockRow::select + std::string("WHERE first_place BETWEEN ? AND ? ORDER BY first_place DESC")},
        {&m_insertRow, BlockRow::insert},
        {&m_insertData, "INSERT INTO block_data VALUES(?,?)"},
        {&m_insertWords, "INSERT INTO block_words VALUES(?,?)"},
        {&m_insertBucket, "INSERT INTO word_bucket VALUES(?,?)"},
        {&m_removeRow, "DELETE FROM block WHERE first_place=?"},
        {&m_removeData, "DELETE FROM block_data WHERE first_place=?"},
        {&m_removeWords, "DELETE FROM block_words WHERE first_place=?"},
        {&m_setGroup, "UPDATE block SET word_group=? WHERE first_place=?"},
        {&m_rowAt, BlockRow::select + std::string("WHERE first_place<=? ORDER BY first_place DESC LIMIT 1")},
        {&m_dataOf, "SELECT bytes FROM block_data WHERE first_place=?"},
        {&m_wordsOf, "SELECT bytes FROM block_words WHERE first_place=?"},
        {&m_lastBucket, "SELECT max(bucket) FROM word_bucket"},
    });
}

void BlockTable::bindRange(std::int64_t app)
{
    m_rowsDown.bind(1, LogPlace::of(app, 0));
    m_rowsDown.bind(2, LogPlace::of(app, maxSequence));
}

DatabaseResult<std::optional<std::int64_t>> BlockTable::unpack(std::int64_t place)
{
    // Neighbours are asked for one after the other.
    if (m_openRow && place >= m_openRow->zone.firstPlace && place <= m_openRow->zone.lastPlace)
        return std::optional(m_openRow->zone.firstPlace);
    m_openRow.reset();
    m_rowAt.bind(1, place);
    const DatabaseResult<bool> found = m_rowAt.step();
    const BlockRow row = found && *found ? BlockRow::of(m_rowAt) : BlockRow();
    m_rowAt.reset();
    if (!found)
        return found.error();
    if (!*found || row.zone.lastPlace < place)
        return std::optional<std::int64_t>();
    m_dataOf.bind(1, row.zone.firstPlace);
    const DatabaseResult<bool> data = m_dataOf.step();
    if (data && *data)
        m_blob = m_dataOf.bytes(0);
    m_dataOf.reset();
    if (!data)
        return data.error();
    if (!*data || !m_block.open(m_blob, std::size_t(row.textBytes)) || m_block.size() != row.zone.places)
        return std::optional<std::int64_t>();
    m_openRow = row;
    return std::optional(row.zone.firstPlace);
}

void BlockTable::addBlockTo(BlockEntries& entries, std::size_t from)
{
    for (std::size_t i = from; i < m_block.size(); ++i) {
        if (m_block.isRepeat(i))
            entries.addRepeat(m_block.timeMs(i));
        else
            entries.add(m_block.entry(i), m_block.userId(i));
    }
}

DatabaseResult<BlockRow> BlockTable::insert(const BlockEntries& entries, std::int64_t firstPlace, bool isFull)
{
    BlockRow row;
    m_packed.clear();
    m_named.clear();
    row.isFull = isFull;
    row.textBytes = static_cast<std::int64_t>(entries.textBytes());
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const std::int64_t place = firstPlace + static_cast<std::int64_t>(i);
        if (entries.isRepeat(i)) {
            row.zone.includeRepeat(place);
            continue;
        }
        const NewLogEntry entry = entries.entry(i);
        ++row.entries;
        row.zone.include(place, entry.timestampMs, severityOf(entry.level));
        const std::optional<std::int64_t> idMs = entry.idIsProducers ? std::nullopt : ulidTime(entry.id);
        if (idMs) {
            row.leastIdMs = std::min(row.leastIdMs, *idMs);
            row.mostIdMs = std::max(row.mostIdMs, *idMs);
        } else {
            row.hasNamed = true;
            m_named.push_back(i);
        }
    }
    // The two that take long, and neither changes what the other reads.
    inParallel(isFull ? 2 : 1, [&](std::size_t part, std::size_t) {
        if (part == 0)
            m_packer.pack(entries, m_packed);
        else
            indexWords(entries);
    });
    const auto counts = row.zone.packedCounts();
    row.bindTo(m_insertRow);
    m_insertRow.bindBlob(6, std::string_view(counts.data(), counts.size()));
    VIGIE_TRY(m_insertRow.run())
    m_insertData.bind(1, firstPlace);
    m_insertData.bindBlob(2, m_packed);
    VIGIE_TRY(m_insertData.run())
    if (!isFull)
        return row;
    m_insertWords.bind(1, firstPlace);
    m_insertWords.bindBlob(2, m_words);
    VIGIE_TRY(m_insertWords.run())
    return row;
}

void BlockTable::indexWords(const BlockEntries& entries)
{
    m_tokens.clear();
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (entries.isRepeat(i))
            continue;
        const NewLogEntry entry = entries.entry(i);
        const SearchedTexts texts(entry);
        m_tokens.add(texts.message());
        m_tokens.add(texts.metadata());
    }
    for (const std::size_t i : m_named)
        m_tokens.addId(entries.ids()[i]);
    m_words = packBlockIndex(storedTokens(m_tokens.tokens()));
}

DatabaseOutcome BlockTable::remove(std::int64_t firstPlace)
{
    forget();
    for (Statement* const remove : {&m_removeRow, &m_removeData, &m_removeWords}) {
        remove->bind(1, firstPlace);
        VIGIE_TRY(remove->run())
    }
    return std::monostate{};
}

DatabaseOutcome BlockTable::removeUpTo(std::int64_t app, std::int64_t lastPlace)
{
    forget();
    for (const char* const table : {"block", "block_data", "block_words"}) {
        DatabaseResult<Statement> remove =
            m_database->prepare(std::string("DELETE FROM ") + table + " WHERE first_place BETWEEN ? AND ?");
        if (!remove)
            return remove.error();
        remove->bind(1, LogPlace::of(app, 0));
        remove->bind(2, lastPlace);
        VIGIE_TRY(remove->run())
    }
    return std::monostate{};
}

DatabaseOutcome BlockTable::group(const std::vector<std::int64_t>& firstPlaces)
{
    const DatabaseResult<bool> last = m_lastBucket.step();
    const std::int64_t number = (last && *last ? m_lastBucket.integer(0) / GroupIndex::buckets : 0) + 1;
    m_lastBucket.reset();
    if (!last)
        return last.error();
    GroupIndex index;
    std::vector<StoredToken> tokens;
    for (std::size_t i = 0; i < firstPlaces.size(); ++i) {
        m_wordsOf.bind(1, firstPlaces[i]);
        const DatabaseResult<bool> row = m_wordsOf.step();
        const bool isRead = row && *row && unpackBlockIndex(m_wordsOf.bytes(0), tokens);
        m_wordsOf.reset();
        if (!row)
            return row.error();
        if (!isRead)
            tokens.clear();
        index.add(tokens);
        m_removeWords.bind(1, firstPlaces[i]);
        VIGIE_TRY(m_removeWords.run())
        // One whose tokens are damaged belongs to none: it is always looked at.
        m_setGroup.bind(1, isRead ? number * GroupIndex::maxBlocks + static_cast<std::int64_t>(i) : BlockRow::noGroup);
        m_setGroup.bind(2, firstPlaces[i]);
        VIGIE_TRY(m_setGroup.run())
    }
    const std::vector<std::string> buckets = index.pack();
    for (std::size_t i = 0; i < buckets.size(); ++i) {
        m_insertBucket.bind(1, number * std::int64_t(GroupIndex::buckets) + static_cast<std::int64_t>(i));
        m_insertBucket.bindBlob(2, buckets[i]);
        VIGIE_TRY(m_insertBucket.run())
    }
    return std::monostate{};
}

#undef VIGIE_TRY

} // namespace vigie
