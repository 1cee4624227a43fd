// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/traces/tracesearch.h"

#include "core/names.h"

#include <QPointer>
#include <utility>

namespace vigie {

void TraceSearch::start(const std::string& traceId, const QStringList& applications)
{
    m_dropped.request_stop();
    m_dropped = {};
    m_entries.clear();
    m_hasMore = false;
    m_waits = int(applications.size()) + 1; // and ourselves: answers may come at once
    const quint64 round = ++m_round;
    const auto settle = [this] {
        if (--m_waits == 0)
            Q_EMIT found(traceTreeOf(std::exchange(m_entries, {}), m_hasMore));
    };
    for (const QString& application : applications) {
        HistoryQuery query;
        query.appId = application.toStdString();
        query.limit = TraceTree::maxEntries + 1;
        query.terms.where = {{"trace_id", traceId}};
        // The store finds the few that have this word without reading all others; a file that is open has no index.
        if (!query.appId.starts_with(filePrefix))
            query.words = '"' + traceId + '"';
        query.stop = m_dropped.get_token();
        m_history.query(std::move(query), [self = QPointer(this), round, settle](const HistoryPage& page) {
            if (!self || self->m_round != round)
                return;
            self->m_entries.insert(self->m_entries.end(), page.entries.begin(), page.entries.end());
            self->m_hasMore = self->m_hasMore || page.stoppedAt.has_value();
            settle();
        });
    }
    settle();
}

} // namespace vigie
