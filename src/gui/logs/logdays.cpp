// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/logs/logdays.h"

#include <QDateTime>
#include <algorithm>
#include <utility>

namespace vigie {

LogDays::LogDays(const LogModel& model, QObject* parent) : QObject(parent), m_model(model)
{
    connect(&model, &LogModel::rowsInserted, this, [this](const QModelIndex&, int first, int last) {
        setNeeded(std::max(m_needed, neededBy(first, last, Needed::DayAndYear)));
    });
    connect(&model, &LogModel::modelReset, this, [this] { lookAtAll(Needed::DayAndYear); });
    // Removing rows never increases the need, and mostly the first row still shows the same.
    connect(&model, &LogModel::rowsRemoved, this, [this] { lookAtAll(m_needed); });
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
    m_yearFromMs = QDate(today.year(), 1, 1).startOfDay().toMSecsSinceEpoch();
    m_yearToMs = QDate(today.year() + 1, 1, 1).startOfDay().toMSecsSinceEpoch();
    lookAtAll(Needed::DayAndYear);
    Q_EMIT changed(); // a row of this year may now be of last year
}

void LogDays::lookAtAll(Needed max)
{
    setNeeded(neededBy(0, m_model.rowCount() - 1, max));
}

void LogDays::setNeeded(Needed needed)
{
    if (std::exchange(m_needed, needed) != needed)
        Q_EMIT changed();
}

LogDays::Needed LogDays::neededBy(int first, int last, Needed max) const
{
    Needed needed = Needed::Nothing;
    for (int row = first; row <= last && needed < max; ++row) {
        const LogEntryRef& entry = m_model.entry(row);
        const qint64 timeMs = entry.batch->timestampMs(entry.index);
        if (timeMs < m_yearFromMs || timeMs >= m_yearToMs)
            needed = Needed::DayAndYear;
        else if (timeMs < m_dayFromMs || timeMs >= m_dayToMs)
            needed = std::max(needed, Needed::Day);
    }
    return needed;
}

} // namespace vigie
