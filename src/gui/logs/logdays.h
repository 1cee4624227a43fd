// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/logs/logmodel.h"

#include <QDate>
#include <QObject>
#include <QTimer>

namespace vigie {

/// Watches of which days the entries of a list are, so that it tells days where there are others than today. GUI thread.
class LogDays : public QObject
{
    Q_OBJECT

public:
    enum class Needed { Nothing, Day, DayAndYear };

    /// `model` must outlive this.
    explicit LogDays(const LogModel& model, QObject* parent = nullptr);

    /// What must be told of a row's day.
    Needed needed() const { return m_needed; }
    QDate today() const { return m_today; }
    /// To be called when the day may be another one; a timer does so each minute.
    void setToday(QDate today);

Q_SIGNALS:
    void changed();

private:
    void lookAtAll(Needed max);
    void setNeeded(Needed needed);
    /// What these rows need; it is not looked for more than `max`.
    Needed neededBy(int first, int last, Needed max) const;

    const LogModel& m_model;
    QDate m_today;
    qint64 m_dayFromMs = 0; ///< of today, inclusive
    qint64 m_dayToMs = 0; ///< exclusive
    qint64 m_yearFromMs = 0; ///< likewise
    qint64 m_yearToMs = 0;
    Needed m_needed = Needed::Nothing;
    QTimer m_timer;
};

} // namespace vigie
