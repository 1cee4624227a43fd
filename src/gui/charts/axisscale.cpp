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

constexpr int minute = 60; // seconds
constexpr int hour = 60 * minute;
constexpr int wholeDay = 24 * hour;
// Steps that a minute, an hour, a day, or a month is made of, in seconds.
constexpr int steps[] = {1,         2,         5,         10,       15,       30,       minute,   2 * minute, 5 * minute,
                         10 * minute, 15 * minute, 30 * minute, hour,     2 * hour, 3 * hour, 6 * hour, 12 * hour,
                         wholeDay,    2 * wholeDay, 5 * wholeDay, 7 * wholeDay, 14 * wholeDay, 28 * wholeDay, 56 * wholeDay,
                         112 * wholeDay, 224 * wholeDay};

/// The smallest step, in seconds, of which the range has at most so many.
int stepFor(qint64 rangeMs, int atMost)
{
    const auto* found =
        std::ranges::find_if(steps, [&](int step) { return rangeMs / (step * qint64(1'000)) + 1 <= std::max(2, atMost); });
    return found == std::end(steps) ? static_cast<int>(rangeMs / 1'000) : *found;
}

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

std::vector<TimeTick> timeTicks(qint64 rangeMs, int atMost)
{
    const int range = static_cast<int>(rangeMs / 1'000);
    int step = stepFor(rangeMs, atMost);
    // A round range has a label at its beginning.
    if (range % step != 0 && range % minute == 0 && range / minute <= 60)
        step = range;
    std::vector<TimeTick> ticks;
    for (int ago = range / step * step; ago > 0; ago -= step) {
        QString text = ago % wholeDay == 0 ? Axis::tr("−%1 d", "time axis").arg(ago / wholeDay)
                       : ago % hour == 0   ? Axis::tr("−%1 h", "time axis").arg(ago / hour)
                       : ago % minute == 0 ? Axis::tr("−%1 min", "time axis").arg(ago / minute)
                       : ago < minute      ? Axis::tr("−%1 s", "time axis").arg(ago)
                                           : Axis::tr("−%1 min %2 s", "time axis").arg(ago / minute).arg(ago % minute);
        ticks.push_back({double(ago), std::move(text)});
    }
    ticks.push_back({0, Axis::tr("now", "time axis")});
    return ticks;
}

std::vector<TimeTick> clockTicks(qint64 endMs, qint64 rangeMs, int atMost, const QLocale& locale, QDate today)
{
    const int step = stepFor(rangeMs, atMost);
    const qint64 firstMs = endMs - rangeMs;
    const QString format = step < minute ? u"HH:mm:ss"_s : u"HH:mm"_s;
    std::vector<TimeTick> ticks;
    bool tellsDay = false;
    for (const qint64 timeMs :
         step >= wholeDay ? dayStarts(firstMs, endMs, step / wholeDay) : roundTimes(firstMs, endMs, step * qint64(1'000))) {
        const QDateTime time = QDateTime::fromMSecsSinceEpoch(timeMs);
        tellsDay = tellsDay || isDayStart(time);
        ticks.push_back({double(endMs - timeMs) / 1'000,
                         isDayStart(time) ? dayText(time.date(), today, locale) : locale.toString(time.time(), format)});
    }
    if (!tellsDay && !ticks.empty()) {
        const QDate date = QDateTime::fromMSecsSinceEpoch(endMs).date();
        if (date != today)
            ticks.front().label = Axis::tr("%1, %2", "day, time").arg(dayText(date, today, locale), ticks.front().label);
    }
    return ticks;
}

} // namespace vigie
