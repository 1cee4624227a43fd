// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logbatch.h"
#include "storage/blocks/logblock.h"
#include "storage/logs/blockrow.h"
#include "storage/logs/blocksieve.h"
#include "storage/logs/origincache.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace vigie {

struct SegmentSearch;

/// Looks through packed blocks for the entries that a search wants. Keeps its buffers. One thread at a time; several may share the
/// search.
class BlockScan
{
public:
    struct Found
    {
        std::vector<LogEntryRef> entries; ///< newest first
        std::optional<std::uint64_t> stoppedAt; ///< entries of the block before this sequence number were not looked at
    };

    explicit BlockScan(const SegmentSearch& search);

    BlockSieve& sieve() { return m_sieve; }
    /// The newest matching entries of a block, at most `most`. Of one that is damaged: none, its neighbours are served.
    Found scan(const BlockRow& row, std::string_view blob, std::size_t most);

private:
    bool mark();

    const SegmentSearch& m_search;
    BlockSieve m_sieve;
    LogBlock m_block;
    std::vector<bool> m_marked;
    bool m_isRare = false; // of the last block little matched: it is worth while to leave out what cannot match
    OriginCache m_origins;
};

} // namespace vigie
