// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/logs/logmodel.h"

#include <QDate>
#include <QObject>
#include <QTimer>

namespace vigie {

/// Decides whether a list needs to show its entries' days: only if some are not from today. GUI thread.
class LogDays : public QObject
{
    Q_OBJECT

public:
    enum class Needed { Nothing, Day, DayAndYear };

    /// `model` must outlive this.
    explicit LogDays(const LogModel& model, QObject* parent = nullptr);

    /// How much of the date each row must show.
    Needed needed() const { return m_needed; }
    QDate today() const { return m_today; }
    /// Call when the date may have changed; a timer does so every minute.
    void setToday(QDate today);

Q_SIGNALS:
    void changed();

private:
    void lookAtAll(Needed max);
    void setNeeded(Needed needed);
    /// What these rows need. Stops looking once it finds `max`.
    Needed neededBy(int first, int last, Needed max) const;

    const LogModel& m_model;
    QDate m_today;
    qint64 m_dayFromMs = 0; ///< start of today, inclusive
    qint64 m_dayToMs = 0; ///< exclusive
    qint64 m_yearFromMs = 0; ///< likewise
    qint64 m_yearToMs = 0;
    Needed m_needed = Needed::Nothing;
    QTimer m_timer;
};

} // namespace vigie
