// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/logs/blockscans.h"

#include "core/parallel.h"
#include "storage/logs/logplace.h"

#include <algorithm>

namespace vigie {

namespace {

constexpr std::size_t blocksPerThread = 4; // so that none waits long for the others

} // namespace

BlockScans::BlockScans(SegmentSearch& search) : m_search(search)
{
    m_scans.push_back(std::make_unique<BlockScan>(search));
}

void BlockScans::add(const BlockRow& row, std::string_view blob)
{
    m_waiting.push_back({row, std::string(blob)});
    if (m_waiting.size() >= m_width)
        finish();
}

void BlockScans::finish()
{
    if (m_search.isDone())
        m_waiting.clear();
    if (m_waiting.empty())
        return;
    const std::size_t most = m_search.query.limit - m_search.page.entries.size();
    while (m_scans.size() < std::min(m_waiting.size(), parallelThreads()))
        m_scans.push_back(std::make_unique<BlockScan>(m_search));
    inParallel(m_waiting.size(), [&](std::size_t i, std::size_t worker) {
        Waiting& one = m_waiting[i];
        // Each search comes at least one further.
        if (i > 0 && (m_search.asked.deadline.hasExpired() || m_search.query.stop.stop_requested()))
            one.found.stoppedAt = LogPlace::sequence(std::min(one.row.zone.lastPlace, m_search.to)) + 1;
        else
            one.found = m_scans[worker]->scan(one.row, one.blob, most);
    });
    SegmentPage& page = m_search.page;
    for (const Waiting& one : m_waiting) {
        const std::size_t room = m_search.query.limit - page.entries.size();
        page.entries.insert(page.entries.end(), one.found.entries.begin(),
                            one.found.entries.begin() + std::ptrdiff_t(std::min(room, one.found.entries.size())));
        if (one.found.entries.size() <= room) // else it was looked at no further than what there was room for
            page.stoppedAt = one.found.stoppedAt;
        if (m_search.isDone())
            break;
    }
    m_waiting.clear();
    m_width = std::min(2 * m_width, blocksPerThread * parallelThreads());
}

} // namespace vigie
