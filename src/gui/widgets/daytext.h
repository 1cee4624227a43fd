// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDate>
#include <QLocale>
#include <QString>

namespace vigie {

/// A day in few signs, in the local calendar: "29 Nov", with the year where it is not that of `today`.
QString dayText(QDate day, QDate today, const QLocale& locale);

/// The locale's short form of a date, with all four digits of the year.
QString shortDateFormat(const QLocale& locale);

/// A moment (ms since the epoch) in full, in local time: the day with its year, milliseconds, and the offset from UTC, which
/// tells the two hours apart that autumn has.
QString momentText(qint64 timeMs, const QLocale& locale);

} // namespace vigie
