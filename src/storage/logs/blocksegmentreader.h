// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/blocks/logblock.h"
#include "storage/blocks/wordindex.h"
#include "storage/logs/blockrow.h"
#include "storage/logs/idtable.h"
#include "storage/logs/logsegmentreader.h"
#include "storage/logs/origincache.h"

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace vigie {

class BlockSieve;
struct SegmentSearch;

/// Reads a segment whose entries lie in blocks, see LogSegment.
class BlockSegmentReader final : public LogSegmentReader
{
public:
    explicit BlockSegmentReader(Database database) : m_database(std::move(database)) {}
    DatabaseOutcome prepare();

    bool hasMoved() const override { return m_database.hasMoved(); }
    std::optional<SegmentApp> app(const std::string& appId) override;
    std::vector<std::string> apps() override;
    std::optional<std::uint64_t> find(const std::string& appId, std::string_view id) override;
    void lookUp(const std::string& appId, std::vector<SoughtEntry>& sought, std::uint64_t afterSequence) override;
    SegmentPage newest(const SegmentQuery& query) override;
    void count(const std::string& appId, std::uint64_t fromSequence, const std::stop_token& stop, const QDeadlineTimer& deadline,
               LogCounts& counts) override;
    std::string newestId(const std::string& appId) override;
    std::uint64_t namedDown(const std::string& appId, std::uint64_t fromSequence, std::size_t rows,
                            std::vector<StoredIds::Named>& named) override;
    DatabaseOutcome oldest(const std::string& appId, std::uint64_t fromSequence, std::size_t maxBytes, ReplayPage& page) override;

private:
    /// Which blocks have the tokens of a search, as far as it was looked up.
    struct TokenLookup;

    /// Calls `visit(row)` for each block that has some of these places, newest first, until it returns false.
    template <typename Visit>
    void forEachBlockDown(std::int64_t from, std::int64_t to, const Visit& visit);
    /// Reads a block into m_block. False: it is damaged or gone.
    bool open(const BlockRow& row);
    /// The same for the full block in which a place lies.
    bool openAt(std::int64_t place);
    bool mayHave(const BlockRow& row, const BlockSieve& sieve, TokenLookup& lookup);
    bool mayHaveId(const BlockRow& row, std::string_view id, std::optional<std::int64_t> idMs);
    void countBlock(const BlockRow& row, std::int64_t from, LogCounts& counts);
    /// Takes the ids of full blocks that it does not know yet into m_ids, and gives those that are not full.
    std::vector<BlockRow> learnIds(const SegmentApp& app);
    /// Notes in `sought` what an entry of the open block says of it.
    void compare(SoughtEntry& sought, std::size_t index);

    Database m_database;
    bool m_hasOurLetters = true; // what a letter is was the same when tokens were made
    Statement m_app;
    Statement m_apps;
    Statement m_blocksDown;
    Statement m_blockUp;
    Statement m_blockAt;
    Statement m_data;
    Statement m_words;
    Statement m_bucket;
    LogBlock m_block;
    std::string m_blob; // of m_block
    std::int64_t m_openPlace = 0; // of m_block, where it is one that never changes; 0: none
    /// Where ids stand in full blocks, of the application that lookUp() was last asked for.
    std::unique_ptr<IdTable> m_ids;
    std::int64_t m_idsApp = 0;
    std::int64_t m_idsUpTo = 0; // the first place of the last block that m_ids knows
    OriginCache m_origins;
};

} // namespace vigie
