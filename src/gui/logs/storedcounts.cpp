// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/logs/storedcounts.h"

#include <QPointer>
#include <algorithm>

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

StoredCounts::StoredCounts(std::function<bool()> isBehind, QObject* parent, std::chrono::milliseconds askAgainAfter)
    : QObject(parent), m_isBehind(std::move(isBehind))
{
    m_again.setSingleShot(true);
    m_again.setInterval(askAgainAfter);
    connect(&m_again, &QTimer::timeout, this, &StoredCounts::askAgain);
}

StoredCounts::~StoredCounts()
{
    reset();
}

void StoredCounts::reset()
{
    m_again.stop();
    for (auto& [appId, app] : m_apps)
        app.dropped.request_stop();
    m_apps.clear();
}

void StoredCounts::setHistory(History* history)
{
    reset();
    m_history = history;
    Q_EMIT changed();
}

void StoredCounts::refresh(const QStringList& applications)
{
    for (const QString& application : applications)
        ask(application.toStdString());
}

void StoredCounts::ask(const std::string& appId)
{
    if (!m_history)
        return;
    App& app = m_apps[appId];
    app.dropped.request_stop();
    app.dropped = {};
    app.isUnsure = false;
    app.question = ++m_questions;
    LogCountsQuery query = allEntriesQuery(appId);
    query.stop = app.dropped.get_token();
    m_history->counts(query, [self = QPointer(this), question = app.question, appId](const LogCounts& counts) {
        if (!self)
            return;
        const auto asked = self->m_apps.find(appId);
        if (asked != self->m_apps.end() && asked->second.question == question)
            self->take(asked->second, counts);
    });
}

void StoredCounts::take(App& app, const LogCounts& counts)
{
    app.question = 0;
    // Some came while the store counted: it may have them, or not.
    if (app.isUnsure && !m_again.isActive())
        m_again.start();
    if (counts.isComplete())
        app.counts = totalOf(counts);
    // It may have those that are still to come here.
    app.isUnsure = app.isUnsure || m_isBehind();
    if (!isAsking())
        Q_EMIT changed();
}

bool StoredCounts::isAsking() const
{
    return std::ranges::any_of(m_apps, [](const auto& one) { return one.second.question != 0; });
}

void StoredCounts::askAgain()
{
    for (auto& [appId, app] : m_apps) {
        if (app.isUnsure && app.question == 0)
            ask(appId);
    }
}

void StoredCounts::add(const std::vector<LogEntryRef>& entries)
{
    if (!m_history)
        return;
    for (const LogEntryRef& entry : entries) {
        const auto known = m_apps.find(entry.batch->appId());
        if (known == m_apps.end()) {
            ask(entry.batch->appId());
            continue;
        }
        App& app = known->second;
        if (app.counts)
            ++(*app.counts)[static_cast<std::size_t>(entry.batch->severity(entry.index))];
        if (app.question != 0)
            app.isUnsure = true;
        else if (app.isUnsure && !m_again.isActive())
            m_again.start();
    }
}

void StoredCounts::addUnseen()
{
    for (auto& [appId, app] : m_apps)
        app.isUnsure = true;
    if (!m_apps.empty() && !m_again.isActive())
        m_again.start();
}

void StoredCounts::forget(const std::string& appId)
{
    const auto known = m_apps.find(appId);
    if (known == m_apps.end())
        return;
    App& app = known->second;
    app.counts = LevelCounts{};
    if (app.question == 0)
        return;
    ask(appId); // the pending answer may still have them
    app.isUnsure = true;
}

std::optional<LevelCounts> StoredCounts::of(const std::string& appId) const
{
    if (!m_history)
        return std::nullopt;
    if (!appId.empty()) {
        const auto known = m_apps.find(appId);
        return known == m_apps.end() ? std::nullopt : known->second.counts;
    }
    LevelCounts total{};
    for (const auto& [name, app] : m_apps) {
        if (!app.counts)
            return std::nullopt;
        for (std::size_t i = 0; i < total.size(); ++i)
            total[i] += (*app.counts)[i];
    }
    return total;
}

} // namespace vigie
