// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/localtime.h"

#include <QTimeZone>

namespace vigie {

qint64 msOfLocalTime(QDate date, QTime time)
{
    return QDateTime(date, time).toMSecsSinceEpoch();
}

qint64 msOfTimeIn(const QTimeZone& zone, QDate date, QTime time)
{
    // Not asked of QDateTime: with a QTimeZone, Qt 6.4 takes the second of two, later ones the first.
    constexpr qint64 dayMs = 24 * 60 * 60 * 1'000;
    constexpr qint64 julianDayOfEpoch = 2'440'588;
    const qint64 asUtc = (date.toJulianDay() - julianDayOfEpoch) * dayMs + time.msecsSinceStartOfDay();
    const auto offsetAt = [&zone](qint64 ms) { return zone.offsetFromUtc(utcTime(ms)) * qint64(1'000); };
    // Before and after a change of clocks, if there is one about that time.
    const qint64 first = asUtc - offsetAt(asUtc - dayMs);
    const qint64 second = asUtc - offsetAt(asUtc + dayMs);
    const bool isFirst = first == second || asUtc - offsetAt(first) == first;
    const bool isSecond = asUtc - offsetAt(second) == second;
    return isFirst || !isSecond ? first : second;
}

QString localTimeText(qint64 msSinceEpoch, const QLocale& locale)
{
    return locale.toString(QDateTime::fromMSecsSinceEpoch(msSinceEpoch), QStringLiteral("d MMM yyyy, HH:mm:ss"));
}

QString localMinuteText(qint64 msSinceEpoch, const QLocale& locale)
{
    return locale.toString(QDateTime::fromMSecsSinceEpoch(msSinceEpoch), QStringLiteral("d MMM yyyy, HH:mm"));
}

QDateTime utcTime(qint64 msSinceEpoch)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    return QDateTime::fromMSecsSinceEpoch(msSinceEpoch, QTimeZone::UTC);
#else
    return QDateTime::fromMSecsSinceEpoch(msSinceEpoch, Qt::UTC);
#endif
}

} // namespace vigie
