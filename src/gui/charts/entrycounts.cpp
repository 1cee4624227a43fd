// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/charts/entrycounts.h"

#include <QPointer>
#include <algorithm>
#include <utility>

namespace vigie {

namespace {

constexpr qint64 quickestAskMs = 2'000; // for new entries
constexpr qint64 asksOfStep = 60;       // of a long step, rarer
constexpr qint64 longestMs = 60'000;
constexpr qint64 restShare = 20;        // of the time that an answer took
constexpr qint64 marginShare = 4; // of the stretch, on either side, so that it can move

constexpr qint64 second = 1'000;
constexpr qint64 minute = 60 * second;
constexpr qint64 hour = 60 * minute;
constexpr qint64 day = 24 * hour;
constexpr qint64 niceSteps[] = {1,          2,          5,           10,          20,          50,          100,         200,
                                500,        second,     2 * second,  5 * second,  10 * second, 15 * second, 30 * second, minute,
                                2 * minute, 5 * minute, 10 * minute, 15 * minute, 30 * minute, hour,        2 * hour,    3 * hour,
                                6 * hour,   12 * hour,  day,         2 * day,     7 * day,     14 * day,    28 * day};

} // namespace

qint64 EntryCounts::niceStep(qint64 minMs)
{
    const auto* found = std::ranges::lower_bound(niceSteps, minMs);
    return found == std::end(niceSteps) ? *std::prev(std::end(niceSteps)) : *found;
}

EntryCounts::EntryCounts(Timeline& timeline, QObject* parent) : QObject(parent), m_timeline(timeline)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &EntryCounts::ask);
    connect(&timeline, &Timeline::changed, this, &EntryCounts::follow);
}

void EntryCounts::setHistory(History* history)
{
    m_history = history;
    m_hasNew = true;
    follow();
}

void EntryCounts::setApplication(const QString& appId)
{
    if (appId == m_application)
        return;
    m_application = appId;
    m_steps = {};
    m_isAsking = false;
    std::exchange(m_dropped, std::stop_source()).request_stop();
    Q_EMIT changed();
    follow();
}

void EntryCounts::setMaxSteps(int steps)
{
    m_maxSteps = std::max(1, steps);
    follow();
}

void EntryCounts::setActive(bool isActive)
{
    m_isActive = isActive;
    follow();
}

void EntryCounts::noteEntries()
{
    m_hasNew = true;
    follow();
}

bool EntryCounts::isMissing() const
{
    const Stretch stretch = m_timeline.stretch();
    return m_steps.stepMs != niceStep(stretch.rangeMs() / m_maxSteps) || m_steps.fromMs > stretch.fromMs
           || m_steps.toMs() < stretch.toMs;
}

void EntryCounts::follow()
{
    if (!m_history || !m_isActive || m_isAsking)
        return;
    if (isMissing())
        return ask();
    if (!m_hasNew || !m_timeline.isLive() || m_timer.isActive())
        return;
    // A large store is left in peace for far longer than it took to count.
    const qint64 pauseMs = std::max(std::clamp(m_steps.stepMs / asksOfStep, quickestAskMs, longestMs), restShare * m_tookMs);
    m_timer.start(static_cast<int>(std::max<qint64>(0, pauseMs - m_sinceAsked.elapsed())));
}

void EntryCounts::ask()
{
    m_timer.stop();
    if (!m_history || !m_isActive || m_isAsking)
        return;
    m_sinceAsked.start();
    m_hasNew = false;
    const Stretch stretch = m_timeline.stretch();
    const qint64 stepMs = niceStep(stretch.rangeMs() / m_maxSteps);
    const qint64 marginMs = stretch.rangeMs() / marginShare;
    m_asked = {};
    m_asked.stepMs = stepMs;
    m_asked.fromMs = std::max<qint64>(0, stretch.fromMs - marginMs) / stepMs * stepMs;
    m_asked.counts.resize(static_cast<std::size_t>((stretch.toMs + marginMs - m_asked.fromMs) / stepMs + 1));
    LogCountsQuery query;
    query.appId = m_application.toStdString();
    query.fromMs = m_asked.fromMs;
    query.toMs = m_asked.toMs() - 1;
    query.points = static_cast<int>(m_asked.counts.size());
    query.stop = m_dropped.get_token();
    m_isAsking = true;
    m_history->counts(query, [self = QPointer(this), stop = query.stop](const LogCounts& counts) {
        if (self && !stop.stop_requested())
            self->take(counts);
    });
}

void EntryCounts::take(const LogCounts& counts)
{
    if (!std::exchange(m_isAsking, false))
        return;
    m_tookMs = m_sinceAsked.elapsed();
    for (std::size_t i = 0; i < counts.steps().size(); ++i) {
        const qint64 place = (counts.firstMs() + static_cast<qint64>(i) * counts.stepMs() - m_asked.fromMs) / m_asked.stepMs;
        if (place < 0 || place >= static_cast<qint64>(m_asked.counts.size()))
            continue;
        SeverityCounts& step = m_asked.counts[static_cast<std::size_t>(place)];
        for (std::size_t severity = 0; severity < step.size(); ++severity)
            step[severity] += counts.steps()[i][severity];
    }
    m_asked.isComplete = counts.isComplete();
    m_steps = std::exchange(m_asked, {});
    Q_EMIT changed();
    follow(); // the stretch may be another one by now
}

std::vector<qint64> EntryCounts::errorTimes() const
{
    std::vector<qint64> times;
    for (std::size_t i = 0; i < m_steps.counts.size(); ++i) {
        const SeverityCounts& step = m_steps.counts[i];
        if (step[std::size_t(Severity::Error)] + step[std::size_t(Severity::Fatal)] > 0)
            times.push_back(m_steps.fromMs + static_cast<qint64>(i) * m_steps.stepMs + m_steps.stepMs / 2);
    }
    return times;
}

} // namespace vigie
