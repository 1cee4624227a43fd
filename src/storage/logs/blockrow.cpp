// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/logs/blockrow.h"

namespace vigie {

void BlockRow::bindTo(Statement& statement) const
{
    statement.bind(1, zone.firstPlace);
    statement.bind(2, zone.lastPlace);
    statement.bind(3, zone.leastTimeMs);
    statement.bind(4, zone.maxTimeMs);
    statement.bind(5, entries);
    statement.bind(7, leastIdMs);
    statement.bind(8, mostIdMs);
    statement.bind(9, std::int64_t(hasNamed));
    statement.bind(10, std::int64_t(isFull));
    statement.bind(11, wordGroup);
    statement.bind(12, textBytes);
}

BlockRow BlockRow::of(const Statement& row)
{
    BlockRow block;
    block.zone.firstPlace = row.integer(0);
    block.zone.lastPlace = row.integer(1);
    block.zone.leastTimeMs = row.integer(2);
    block.zone.maxTimeMs = row.integer(3);
    block.zone.places = static_cast<std::uint32_t>(block.zone.lastPlace - block.zone.firstPlace + 1);
    block.zone.counts = LogZone::unpackCounts(row.bytes(5));
    block.entries = row.integer(4);
    block.leastIdMs = row.integer(6);
    block.mostIdMs = row.integer(7);
    block.hasNamed = row.integer(8) != 0;
    block.isFull = row.integer(9) != 0;
    block.wordGroup = row.integer(10);
    block.textBytes = row.integer(11);
    return block;
}

} // namespace vigie
