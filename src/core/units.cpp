// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/units.h"

#include <QCoreApplication>
#include <cmath>

namespace vigie {

namespace {

struct Units
{
    Q_DECLARE_TR_FUNCTIONS(Units)
};

QString scaled(double value, const QLocale& locale, const QString (&names)[6])
{
    std::size_t unit = 0;
    // 999.5 would be written as "1000", so it moves to the next unit.
    while (std::abs(value) >= 999.5 && unit + 1 < std::size(names)) {
        value /= 1024;
        ++unit;
    }
    const double magnitude = std::abs(value);
    const int decimals = unit == 0 || magnitude >= 99.95 ? 0 : magnitude >= 9.995 ? 1 : 2;
    return locale.toString(value, 'f', decimals) + QChar(0x00a0) + names[unit];
}

} // namespace

QString bytesText(double bytes, const QLocale& locale)
{
    const QString names[6] = {Units::tr("B"),   Units::tr("KiB"), Units::tr("MiB"),
                              Units::tr("GiB"), Units::tr("TiB"), Units::tr("PiB")};
    return scaled(bytes, locale, names);
}

QString rateText(double bytesPerSecond, const QLocale& locale)
{
    const QString names[6] = {Units::tr("B/s"),   Units::tr("KiB/s"), Units::tr("MiB/s"),
                              Units::tr("GiB/s"), Units::tr("TiB/s"), Units::tr("PiB/s")};
    return scaled(bytesPerSecond, locale, names);
}

QString percentText(double percent, const QLocale& locale)
{
    return Units::tr("%1 %").arg(locale.toString(percent, 'f', percent < 9.95 ? 1 : 0));
}

QString durationText(qint64 seconds)
{
    const qint64 days = seconds / 86400;
    const qint64 hours = seconds / 3600 % 24;
    const qint64 minutes = seconds / 60 % 60;
    if (days > 0)
        return Units::tr("%1 d %2 h").arg(days).arg(hours);
    if (hours > 0)
        return Units::tr("%1 h %2 min").arg(hours).arg(minutes);
    if (minutes > 0)
        return Units::tr("%1 min").arg(minutes);
    return Units::tr("%1 s").arg(seconds);
}

} // namespace vigie
