// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/logs/blockscan.h"
#include "storage/logs/segmentsearch.h"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace vigie {

/// Looks through the blocks of a search in their order, newest first, several at once where the first ones did not have enough.
/// What is found goes into the search's page. One thread.
class BlockScans
{
public:
    /// `search` must outlive it.
    explicit BlockScans(SegmentSearch& search);

    BlockSieve& sieve() { return m_scans.front()->sieve(); }
    /// The next block. Looks through it, now or with those that follow. Not when the search is done.
    void add(const BlockRow& row, std::string_view blob);
    /// Looks through what waits.
    void finish();

private:
    struct Waiting
    {
        BlockRow row;
        std::string blob;
        BlockScan::Found found = {};
    };

    SegmentSearch& m_search;
    std::vector<std::unique_ptr<BlockScan>> m_scans; // one for each thread
    std::vector<Waiting> m_waiting;
    std::size_t m_width = 1; // how many wait for one another
};

} // namespace vigie
