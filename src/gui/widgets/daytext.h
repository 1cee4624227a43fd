// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDate>
#include <QLocale>
#include <QString>

namespace vigie {

/// A short date in the local calendar: "29 Nov", with the year unless it is that of `today`.
QString dayText(QDate day, QDate today, const QLocale& locale);

/// The locale's short date format, with a four-digit year.
QString shortDateFormat(const QLocale& locale);

/// The local time of day of a moment (ms since the epoch), to the second, with the day where it is not `today`:
/// "14:03:12", "30 Nov, 14:03:12".
QString clockText(qint64 timeMs, QDate today, const QLocale& locale);

/// The full local time of a moment (ms since the epoch), "30 Nov 2026, 14:03:12.345 UTC+1": with milliseconds, and the offset from
/// UTC, which is needed in the hour that occurs twice in autumn.
QString momentText(qint64 timeMs, const QLocale& locale);

} // namespace vigie
