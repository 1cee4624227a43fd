// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/charts/axisscale.h"

#include "core/units.h"
#include "gui/widgets/daytext.h"

#include <QCoreApplication>
#include <QDateTime>
#include <algorithm>
#include <cmath>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

struct Axis
{
    Q_DECLARE_TR_FUNCTIONS(Axis)
};

constexpr qint64 minuteMs = 60'000;
constexpr int dayMinutes = 1'440;

/// Mostly midnight; where spring leaves that out, the first moment after it.
bool isDayStart(const QDateTime& time)
{
    return time == time.date().startOfDay();
}

qint64 offsetAt(qint64 timeMs)
{
    return QDateTime::fromMSecsSinceEpoch(timeMs).offsetFromUtc() * qint64(1'000);
}

/// The first moment after `fromMs`, to the second, that has the offset of `toMs` from UTC.
qint64 changeBetween(qint64 fromMs, qint64 toMs)
{
    const qint64 offset = offsetAt(toMs);
    while (toMs - fromMs > 1'000) {
        const qint64 middle = fromMs + (toMs - fromMs) / 2;
        (offsetAt(middle) == offset ? toMs : fromMs) = middle;
    }
    return toMs / 1'000 * 1'000;
}

/// The beginnings of days of the local calendar, each so many days: these stand still while the axis moves.
std::vector<qint64> dayStarts(qint64 fromMs, qint64 toMs, int days)
{
    std::vector<qint64> starts;
    QDate day = QDateTime::fromMSecsSinceEpoch(fromMs).date();
    day = day.addDays(-(day.toJulianDay() % days));
    for (; day.startOfDay().toMSecsSinceEpoch() <= toMs; day = day.addDays(days)) {
        if (const qint64 startMs = day.startOfDay().toMSecsSinceEpoch(); startMs >= fromMs)
            starts.push_back(startMs);
    }
    return starts;
}

/// The moments at which the local clock shows multiples of `stepMs` since midnight. Around a change of that clock one may lie so
/// close to its neighbour that there is no room for both.
std::vector<qint64> roundTimes(qint64 fromMs, qint64 toMs, qint64 stepMs)
{
    std::vector<qint64> times;
    const auto add = [&](qint64 timeMs) {
        const bool isClose = !times.empty() && timeMs - times.back() < stepMs * 3 / 5;
        if (isClose && !isDayStart(QDateTime::fromMSecsSinceEpoch(timeMs)))
            return;
        if (isClose)
            times.pop_back();
        times.push_back(timeMs);
    };
    for (qint64 at = fromMs; at <= toMs;) {
        const qint64 offset = offsetAt(at);
        const qint64 next = (at + offset + stepMs - 1) / stepMs * stepMs - offset;
        if (offsetAt(next) == offset) {
            if (next <= toMs)
                add(next);
            at = next + 1;
            continue;
        }
        // By the new clock the moment of the change may be a round time, or the beginning of the day.
        const qint64 change = changeBetween(at, next);
        const bool isRound = (change + offsetAt(change)) % stepMs == 0;
        if (change <= toMs && (isRound || isDayStart(QDateTime::fromMSecsSinceEpoch(change))))
            add(change);
        at = change + 1;
    }
    return times;
}

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

std::vector<TimeTick> clockTicks(qint64 endMs, int rangeMinutes, int atMost, const QLocale& locale, QDate today)
{
    // Steps that a day, or a month, is made of.
    static constexpr int stepMinutes[] = {1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 7200, 10080};
    const auto* found =
        std::ranges::find_if(stepMinutes, [&](int minutes) { return rangeMinutes / minutes + 1 <= std::max(2, atMost); });
    const int step = found == std::end(stepMinutes) ? rangeMinutes : *found;
    const qint64 firstMs = endMs - rangeMinutes * minuteMs;
    std::vector<TimeTick> ticks;
    for (const qint64 timeMs : step >= dayMinutes ? dayStarts(firstMs, endMs, step / dayMinutes)
                                                  : roundTimes(firstMs, endMs, step * minuteMs)) {
        const QDateTime time = QDateTime::fromMSecsSinceEpoch(timeMs);
        ticks.push_back({double(endMs - timeMs) / 1'000, isDayStart(time) ? dayText(time.date(), today, locale)
                                                                         : locale.toString(time.time(), u"HH:mm"_s)});
    }
    return ticks;
}

} // namespace vigie
