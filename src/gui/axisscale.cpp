// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/axisscale.h"

#include "core/units.h"

#include <QCoreApplication>
#include <QDateTime>
#include <algorithm>
#include <cmath>

namespace vigie {

namespace {

struct Axis
{
    Q_DECLARE_TR_FUNCTIONS(Axis)
};

} // namespace

AxisScale binaryScale(double highest, double smallestStep)
{
    double prefix = 1;
    while (highest / (prefix * 1024) >= 1)
        prefix *= 1024;
    // Within a prefix values run to 1023, so steps reach 500; the last may be the next prefix itself.
    static constexpr double nice[] = {0.25, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 256, 512};
    for (const double mantissa : nice) {
        const double step = mantissa * prefix;
        if (step < smallestStep)
            continue;
        for (const int steps : {2, 3, 4}) {
            if (step * steps >= highest)
                return {step * steps, steps};
        }
    }
    return {std::max(smallestStep * 2, prefix * 1024), 2};
}

AxisScale fixedScale(double maximum, int steps)
{
    return {std::max(maximum, 1.0), steps};
}

QString axisLabel(double value, AxisUnit unit, const QLocale& locale)
{
    if (unit == AxisUnit::Percent)
        return Axis::tr("%1 %").arg(locale.toString(value, 'f', 0));
    if (value == 0)
        return locale.toString(0);
    QString text = unit == AxisUnit::Bytes ? bytesText(value, locale) : rateText(value, locale);
    // "2.00 KiB" is a measured figure; a place on an axis is "2 KiB".
    const qsizetype space = text.indexOf(QChar(0x00a0));
    const qsizetype point = text.indexOf(locale.decimalPoint());
    if (space < 0 || point < 0 || point > space)
        return text;
    qsizetype end = space;
    while (end > point + 1 && locale.toInt(text.mid(end - 1, 1)) == 0)
        --end;
    if (end == point + 1)
        end = point;
    return text.left(end) + text.mid(space);
}

std::vector<TimeTick> timeTicks(int rangeMinutes, int atMost)
{
    const int range = rangeMinutes * 60;
    int steps = 2;
    for (const int candidate : {6, 5, 4, 3}) {
        if (candidate < atMost && range % candidate == 0 && (range / candidate % 60 == 0 || range == 60)) {
            steps = candidate;
            break;
        }
    }
    if (atMost < 3 || range / steps % (range == 60 ? 1 : 60) != 0)
        steps = 1;
    std::vector<TimeTick> ticks;
    for (int i = 0; i < steps; ++i) {
        const int ago = range - range / steps * i;
        ticks.push_back({double(ago), ago % 60 == 0 ? Axis::tr("%1 min", "time axis").arg(ago / 60)
                                            : Axis::tr("%1 s", "time axis").arg(ago)});
    }
    ticks.push_back({0, Axis::tr("now", "time axis")});
    return ticks;
}

std::vector<TimeTick> clockTicks(qint64 endMs, int rangeMinutes, int atMost, const QLocale& locale)
{
    // Steps that a day, or a month, is made of.
    static constexpr int stepMinutes[] = {1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 7200, 10080};
    const auto* step =
        std::ranges::find_if(stepMinutes, [&](int minutes) { return rangeMinutes / minutes + 1 <= std::max(2, atMost); });
    const qint64 stepMs = (step == std::end(stepMinutes) ? rangeMinutes : *step) * qint64(60'000);
    const qint64 offsetMs = QDateTime::fromMSecsSinceEpoch(endMs).offsetFromUtc() * qint64(1'000);
    std::vector<TimeTick> ticks;
    const qint64 firstMs = endMs - rangeMinutes * qint64(60'000) + offsetMs;
    for (qint64 localMs = (firstMs + stepMs - 1) / stepMs * stepMs; localMs <= endMs + offsetMs; localMs += stepMs) {
        const QDateTime time = QDateTime::fromMSecsSinceEpoch(localMs - offsetMs);
        const bool isDay = time.time() == QTime(0, 0);
        ticks.push_back({double(endMs + offsetMs - localMs) / 1'000,
                         isDay ? locale.toString(time.date(), Axis::tr("d MMM", "date on the time axis"))
                               : locale.toString(time.time(), QStringLiteral("HH:mm"))});
    }
    return ticks;
}

} // namespace vigie
