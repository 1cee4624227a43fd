// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/logs/blockscan.h"

#include "core/searchedtexts.h"
#include "storage/logs/logplace.h"
#include "storage/logs/segmentsearch.h"

#include <algorithm>

namespace vigie {

namespace {

constexpr std::size_t oneOf = 64; // entries, where matches are rare

} // namespace

BlockScan::BlockScan(const SegmentSearch& search) : m_search(search), m_sieve(search.query) {}

/// Which entries are to be looked at. False: the block is damaged.
bool BlockScan::mark()
{
    if (m_sieve.isIdle()) {
        if (!m_block.readAll())
            return false;
        m_marked.assign(m_block.size(), true);
        return true;
    }
    if (!m_block.readMessages(m_isRare ? m_sieve.needed() : OutlineTest()))
        return false;
    m_sieve.sift(m_block.messages(), m_block.metadata(), m_marked);
    return true;
}

BlockScan::Found BlockScan::scan(const BlockRow& row, std::string_view blob, std::size_t most)
{
    Found found;
    if (!m_block.open(blob, std::size_t(row.textBytes)) || m_block.size() != row.zone.places || !mark())
        return found;
    int rows = 0;
    const std::int64_t first = std::max(m_search.from, row.zone.firstPlace);
    for (std::int64_t place = std::min(m_search.to, row.zone.lastPlace); place >= first && found.entries.size() < most; --place) {
        const auto i = static_cast<std::size_t>(place - row.zone.firstPlace);
        if (!m_marked[i] || m_block.isRepeat(i))
            continue;
        if (m_search.isLate(rows)) {
            found.stoppedAt = LogPlace::sequence(place) + 1;
            break;
        }
        if (!m_block.readAll())
            break;
        const NewLogEntry entry = m_block.entry(i);
        if (!m_search.accepts(entry, m_block.userId(i)))
            continue;
        if (m_sieve.words()) {
            const SearchedTexts texts(entry);
            if (!m_sieve.words()->isIn(texts.message(), texts.metadata()))
                continue;
        }
        found.entries.push_back(m_search.found(entry, m_origins.origin(m_search.query.appId, m_block.userId(i)), LogPlace::sequence(place)));
    }
    m_isRare = found.entries.size() * oneOf < m_block.size();
    return found;
}

} // namespace vigie
