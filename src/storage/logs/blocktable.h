// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/blocks/logblock.h"
#include "storage/blocks/tokens.h"
#include "storage/database/database.h"
#include "storage/logs/blockrow.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vigie {

/// The tables in which a segment's blocks lie, and their tokens, as its one writer sees them. All within the caller's transaction.
/// One thread.
class BlockTable
{
public:
    static constexpr const char* schema =
        R"(CREATE TABLE block(first_place INTEGER PRIMARY KEY, last_place INTEGER NOT NULL,
                              least_time_ms INTEGER NOT NULL, most_time_ms INTEGER NOT NULL,
                              entries INTEGER NOT NULL, counts BLOB NOT NULL,
                              least_id_ms INTEGER NOT NULL, most_id_ms INTEGER NOT NULL, has_named INTEGER NOT NULL,
                              is_full INTEGER NOT NULL, word_group INTEGER NOT NULL, text_bytes INTEGER NOT NULL);
           CREATE TABLE block_data(first_place INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
           CREATE TABLE block_words(first_place INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
           CREATE TABLE word_bucket(bucket INTEGER PRIMARY KEY, bytes BLOB NOT NULL))";

    /// `database` must live as long as this is used.
    DatabaseOutcome prepare(Database& database);

    /// All blocks of an application, newest first, until `visit(row)` gives false.
    template <typename Visit>
    DatabaseOutcome forEachDown(std::int64_t app, const Visit& visit)
    {
        bindRange(app);
        for (;;) {
            const DatabaseResult<bool> row = m_rowsDown.step();
            if (row && *row && visit(BlockRow::of(m_rowsDown)))
                continue;
            m_rowsDown.reset();
            return row ? DatabaseOutcome(std::monostate{}) : row.error();
        }
    }

    /// Unpacks the block in which a place lies: block() then. Its first place; nothing: there is none, or it is damaged.
    DatabaseResult<std::optional<std::int64_t>> unpack(std::int64_t place);
    LogBlock& block() { return m_block; }
    /// What was read may be no more.
    void forget() { m_openRow.reset(); }
    /// Adds what stands in block() from the `from`-th entry on.
    void addBlockTo(BlockEntries& entries, std::size_t from = 0);

    /// Writes a block; a full one with its tokens. Gives what is known of it.
    DatabaseResult<BlockRow> insert(const BlockEntries& entries, std::int64_t firstPlace, bool isFull);
    DatabaseOutcome remove(std::int64_t firstPlace);
    /// Removes all blocks of an application that begin up to a place.
    DatabaseOutcome removeUpTo(std::int64_t app, std::int64_t lastPlace);
    /// Makes one index of the tokens of up to GroupIndex::maxBlocks full blocks, so that a search reads one row for all of them.
    DatabaseOutcome group(const std::vector<std::int64_t>& firstPlaces);

private:
    void bindRange(std::int64_t app);
    /// Makes m_words.
    void indexWords(const BlockEntries& entries);

    Database* m_database = nullptr;
    Statement m_rowsDown;
    Statement m_insertRow;
    Statement m_insertData;
    Statement m_insertWords;
    Statement m_insertBucket;
    Statement m_removeRow;
    Statement m_removeData;
    Statement m_removeWords;
    Statement m_setGroup;
    Statement m_rowAt;
    Statement m_dataOf;
    Statement m_wordsOf;
    Statement m_lastBucket;
    BlockPacker m_packer;
    LogBlock m_block;
    std::string m_blob; // of m_block
    std::optional<BlockRow> m_openRow; // of m_block; absent: it holds none
    // Of the block that is written:
    std::string m_packed;
    std::string m_words;
    TokenSet m_tokens;
    std::vector<std::size_t> m_named; // entries whose ids are among the tokens
};

} // namespace vigie
