// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDate>
#include <QLocale>
#include <QString>
#include <vector>

namespace vigie {

/// What a chart's vertical axis measures.
enum class AxisUnit { Percent, Bytes, BytesPerSecond };

/// A vertical axis from 0 to `maximum` in equal steps.
struct AxisScale
{
    double maximum = 1;
    int steps = 4;

    bool operator==(const AxisScale&) const = default;
};

/// The axis for values up to `highest`: steps are 1, 2 or 5 times a power of ten within a binary prefix
/// (1 KiB/s, 200 MiB/s), never smaller than `smallestStep`.
AxisScale binaryScale(double highest, double smallestStep);

/// The axis that ends exactly at `maximum`, in halves or quarters.
AxisScale fixedScale(double maximum, int steps);

/// The label of a place on the axis, without decimals it does not need.
QString axisLabel(double value, AxisUnit unit, const QLocale& locale);

/// A label of the time axis.
struct TimeTick
{
    double secondsAgo = 0; ///< before the axis ends
    QString label;
};

/// The labels of a time axis that ends now: "−5 min" … "now", at round times ago, oldest first, at most `atMost`.
std::vector<TimeTick> timeTicks(qint64 rangeMs, int atMost);

/// The labels of a time axis that ends at `endMs` (ms since the epoch): round times of the local clock, or days, each at its own
/// midnight, however the clock was changed since. Where none of them tells the day, and it is not `today`, the first one does.
std::vector<TimeTick> clockTicks(qint64 endMs, qint64 rangeMs, int atMost, const QLocale& locale,
                                 QDate today = QDate::currentDate());

} // namespace vigie
