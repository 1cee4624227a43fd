// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QLocale>
#include <QString>

class QTimeZone;

namespace vigie {

/// ms since the epoch when clocks here show a date and a time of day, both valid. A time that spring leaves out is the one
/// an hour later, and of two in autumn it is the first: versions of Qt differ in whether they call these valid.
qint64 msOfLocalTime(QDate date, QTime time);
/// The same of clocks in a zone.
qint64 msOfTimeIn(const QTimeZone& zone, QDate date, QTime time);

/// Date and time here, in words, for tables: "30 Nov 2026, 14:03:12", "30 nov. 2026, 14:03:12".
QString localTimeText(qint64 msSinceEpoch, const QLocale& locale);
/// The same without seconds.
QString localMinuteText(qint64 msSinceEpoch, const QLocale& locale);

/// A moment, in UTC.
QDateTime utcTime(qint64 msSinceEpoch);

} // namespace vigie
