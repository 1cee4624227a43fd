// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/logs/storedidreader.h"

#include <algorithm>
#include <utility>

namespace vigie {

StoredIdReader::StoredIdReader(QStringList segments, const std::vector<StoredCatalog::App>& apps, std::size_t rows)
    : m_segments(std::move(segments))
{
    for (const StoredCatalog::App& app : apps)
        m_apps.push_back({app.appId, app.lastSequence, rows});
}

StoredIds StoredIdReader::next(std::size_t rows)
{
    StoredIds ids;
    while (!m_segments.isEmpty() && rows > 0) {
        if (!m_segment) {
            auto opened = LogSegmentReader::open(m_segments.first());
            if (!opened) {
                m_segments.removeFirst();
                continue;
            }
            m_segment = std::move(*opened);
        }
        App& app = m_apps[m_app];
        const std::size_t wanted = std::min(rows, app.rowsLeft);
        if (wanted == 0) {
            advance();
            continue;
        }
        ids.appId = app.appId;
        const std::uint64_t last = m_segment->namedDown(app.appId, app.from, wanted, ids.named);
        app.rowsLeft -= last > 0 ? wanted : std::min(app.rowsLeft, ids.named.size());
        if (last > 0)
            app.from = last - 1;
        if (last == 0)
            advance();
        if (last > 0 || !ids.named.empty())
            break; // one application a step
        --rows; // an application that this segment does not have costs a little, too
    }
    ids.isLast = m_segments.isEmpty();
    return ids;
}

void StoredIdReader::advance()
{
    if (++m_app < m_apps.size())
        return;
    m_app = 0;
    m_segment.reset();
    m_segments.removeFirst();
    if (std::ranges::none_of(m_apps, [](const App& app) { return app.rowsLeft > 0; }))
        m_segments.clear();
}

} // namespace vigie
