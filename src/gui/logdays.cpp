// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/logdays.h"

#include <QDateTime>
#include <algorithm>
#include <utility>

namespace vigie {

LogDays::LogDays(const LogModel& model, QObject* parent) : QObject(parent), m_model(model)
{
    connect(&model, &LogModel::rowsInserted, this, [this](const QModelIndex&, int first, int last) { lookAt(first, last); });
    connect(&model, &LogModel::modelReset, this, &LogDays::lookAtAll);
    connect(&model, &LogModel::rowsRemoved, this, [this] {
        if (m_needed != Needed::Nothing)
            lookAtAll();
    });
    m_timer.setTimerType(Qt::VeryCoarseTimer);
    connect(&m_timer, &QTimer::timeout, this, [this] { setToday(QDate::currentDate()); });
    m_timer.start(std::chrono::minutes(1));
    setToday(QDate::currentDate());
}

void LogDays::setToday(QDate today)
{
    if (today == m_today)
        return;
    m_today = today;
    m_dayFromMs = today.startOfDay().toMSecsSinceEpoch();
    m_dayToMs = today.addDays(1).startOfDay().toMSecsSinceEpoch();
    lookAtAll();
    Q_EMIT changed(); // a row of this year may be of another now
}

void LogDays::lookAtAll()
{
    const Needed before = std::exchange(m_needed, Needed::Nothing);
    lookAt(0, m_model.rowCount() - 1);
    if (m_needed != before)
        Q_EMIT changed();
}

void LogDays::lookAt(int first, int last)
{
    const Needed before = m_needed;
    for (int row = first; row <= last && m_needed != Needed::DayAndYear; ++row) {
        const LogEntryRef& entry = m_model.entry(row);
        const qint64 timeMs = entry.batch->timestampMs(entry.index);
        if (timeMs >= m_dayFromMs && timeMs < m_dayToMs)
            continue;
        const bool isOfThisYear = QDateTime::fromMSecsSinceEpoch(timeMs).date().year() == m_today.year();
        m_needed = std::max(m_needed, isOfThisYear ? Needed::Day : Needed::DayAndYear);
    }
    if (m_needed != before)
        Q_EMIT changed();
}

} // namespace vigie
