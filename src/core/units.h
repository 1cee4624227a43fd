// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLocale>
#include <QString>

namespace vigie {

/// "1.5 GiB": binary prefixes, at most three significant digits, in the locale's notation.
QString bytesText(double bytes, const QLocale& locale);

/// "1.5 MiB/s", as bytesText().
QString rateText(double bytesPerSecond, const QLocale& locale);

/// "9.9 of 15.6 GiB, 5.7 GiB free": what of a total is used, both in the total's unit, and what is free.
QString roomText(double usedBytes, double totalBytes, double freeBytes, const QLocale& locale);

/// "42 %" or "4.2 %": one decimal below 10.
QString percentText(double percent, const QLocale& locale);

/// "3 d 4 h", "3 d", "4 h 12 min", "12 min", "42 s": the two largest units, without the second where that is 0.
QString durationText(qint64 seconds);

} // namespace vigie
