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

/// The full local time of a moment (ms since the epoch): date with year, milliseconds, and the offset from UTC, which is needed
/// in the hour that occurs twice in autumn.
QString momentText(qint64 timeMs, const QLocale& locale);

} // namespace vigie
