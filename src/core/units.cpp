// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/units.h"

#include <QCoreApplication>
#include <array>
#include <cmath>
#include <tuple>

namespace vigie {

namespace {

struct Units
{
    Q_DECLARE_TR_FUNCTIONS(Units)
};

using Names = std::array<QString, 6>;

/// In which unit a value is written: 999.5 would be written as "1000", so it moves to the next one.
std::size_t unitOf(double value)
{
    std::size_t unit = 0;
    for (; std::abs(value) >= 999.5 && unit + 1 < std::tuple_size_v<Names>; ++unit)
        value /= 1024;
    return unit;
}

double inUnit(double value, std::size_t unit)
{
    return value / std::pow(1024, static_cast<double>(unit));
}

QString scaled(double value, const QLocale& locale, const Names& names)
{
    const std::size_t unit = unitOf(value);
    value = inUnit(value, unit);
    const double magnitude = std::abs(value);
    const int decimals = unit == 0 || magnitude >= 99.95 ? 0 : magnitude >= 9.995 ? 1 : 2;
    return locale.toString(value, 'f', decimals) + QChar(0x00a0) + names[unit];
}

Names sizeNames()
{
    return {Units::tr("B"), Units::tr("KiB"), Units::tr("MiB"), Units::tr("GiB"), Units::tr("TiB"), Units::tr("PiB")};
}

} // namespace

QString bytesText(double bytes, const QLocale& locale)
{
    return scaled(bytes, locale, sizeNames());
}

QString rateText(double bytesPerSecond, const QLocale& locale)
{
    return scaled(bytesPerSecond, locale,
                  {Units::tr("B/s"), Units::tr("KiB/s"), Units::tr("MiB/s"), Units::tr("GiB/s"), Units::tr("TiB/s"),
                   Units::tr("PiB/s")});
}

QString roomText(double usedBytes, double totalBytes, double freeBytes, const QLocale& locale)
{
    const std::size_t unit = unitOf(totalBytes);
    const auto number = [&](double bytes) {
        const double value = inUnit(bytes, unit);
        return locale.toString(value, 'f', unit == 0 || value >= 99.95 ? 0 : 1);
    };
    const QChar gap(0x00a0);
    const QString name = sizeNames()[unit];
    return Units::tr("%1 of %2, %3 free", "used, total, free")
        .arg(number(usedBytes), number(totalBytes) + gap + name, number(freeBytes) + gap + name);
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
        return hours > 0 ? Units::tr("%1 d %2 h").arg(days).arg(hours) : Units::tr("%1 d").arg(days);
    if (hours > 0)
        return minutes > 0 ? Units::tr("%1 h %2 min").arg(hours).arg(minutes) : Units::tr("%1 h").arg(hours);
    if (minutes > 0)
        return Units::tr("%1 min").arg(minutes);
    return Units::tr("%1 s").arg(seconds);
}

} // namespace vigie
