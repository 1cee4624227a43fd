// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/logs/storedcounts.h"

#include <QPointer>

namespace vigie {

namespace {

constexpr std::int64_t endOfTimeMs = 253'402'300'799'999; // the year 9999

} // namespace

LogCountsQuery allEntriesQuery(const std::string& appId)
{
    LogCountsQuery query;
    query.appId = appId;
    query.toMs = endOfTimeMs;
    query.points = 1; // the store sums up what it knows of whole zones, without reading entries
    return query;
}

LevelCounts totalOf(const LogCounts& counts)
{
    LevelCounts total{};
    for (const SeverityCounts& step : counts.steps()) {
        for (std::size_t i = 0; i < total.size(); ++i)
            total[i] += step[i];
    }
    return total;
}

void StoredCounts::setHistory(History* history)
{
    m_dropped.request_stop();
    m_dropped = {};
    ++m_round;
    m_waits = 0;
    m_history = history;
    m_counts.clear();
    Q_EMIT changed();
}

void StoredCounts::refresh(const QStringList& applications)
{
    if (!m_history)
        return;
    m_dropped.request_stop();
    m_dropped = {};
    const quint64 round = ++m_round;
    m_waits = static_cast<int>(applications.size());
    for (const QString& application : applications) {
        LogCountsQuery query = allEntriesQuery(application.toStdString());
        query.stop = m_dropped.get_token();
        m_history->counts(query, [self = QPointer(this), round, appId = query.appId](const LogCounts& counts) {
            if (!self || self->m_round != round)
                return;
            if (counts.isComplete())
                self->m_counts[appId] = totalOf(counts);
            if (--self->m_waits == 0)
                Q_EMIT self->changed();
        });
    }
}

void StoredCounts::add(const std::vector<LogEntryRef>& entries)
{
    if (!m_history)
        return;
    for (const LogEntryRef& entry : entries)
        ++m_counts[entry.batch->appId()][static_cast<std::size_t>(entry.batch->severity(entry.index))];
}

void StoredCounts::forget(const std::string& appId)
{
    m_counts.erase(appId);
}

std::optional<LevelCounts> StoredCounts::of(const std::string& appId) const
{
    if (!m_history || m_waits > 0)
        return std::nullopt;
    LevelCounts total{};
    for (const auto& [name, counts] : m_counts) {
        if (!appId.empty() && name != appId)
            continue;
        for (std::size_t i = 0; i < total.size(); ++i)
            total[i] += counts[i];
    }
    return total;
}

} // namespace vigie
