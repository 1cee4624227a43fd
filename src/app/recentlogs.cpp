// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/recentlogs.h"

#include <algorithm>
#include <memory>

namespace vigie {

namespace {

/// What the answers so far gave.
struct Gathered
{
    std::size_t unanswered = 0;
    std::vector<LogEntryRef> entries;
};

} // namespace

void findRecentLogs(const StoredCatalog& catalog, History& history, std::size_t limit,
                    std::function<void(const std::vector<LogEntryRef>&)> show)
{
    const auto gathered = std::make_shared<Gathered>();
    gathered->unanswered = catalog.apps.size();
    for (const StoredCatalog::App& app : catalog.apps) {
        HistoryQuery query;
        query.appId = app.appId;
        query.limit = limit;
        history.query(query, [gathered, limit, show](const HistoryPage& page) {
            std::vector<LogEntryRef>& all = gathered->entries;
            const auto seam = static_cast<std::ptrdiff_t>(all.size());
            all.insert(all.end(), page.entries.begin(), page.entries.end());
            // Both halves keep their own order where times are equal, or a clock went back.
            std::inplace_merge(all.begin(), all.begin() + seam, all.end(), [](const LogEntryRef& a, const LogEntryRef& b) {
                return a.batch->timestampMs(a.index) < b.batch->timestampMs(b.index);
            });
            if (all.size() > limit)
                all.erase(all.begin(), all.end() - static_cast<std::ptrdiff_t>(limit));
            if (--gathered->unanswered == 0 && !all.empty())
                show(all);
        });
    }
}

} // namespace vigie
