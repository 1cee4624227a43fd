// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/charts/reduction.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace vigie {

namespace {

// Measured: wide enough to save a third of the work, narrow enough for a peak to stay a needle.
constexpr int columnPixels = 3;

/// The extremes of the column being read.
struct Column
{
    qint64 index = 0;
    TracePoint low;
    TracePoint high;

    void writeTo(Segment& segment, qint64 nowMs) const
    {
        const auto append = [&](const TracePoint& point) {
            segment.append({static_cast<double>(point.timeMs - nowMs) / 1000.0, point.value});
        };
        if (low.timeMs == high.timeMs) {
            append(low);
        } else {
            append(low.timeMs < high.timeMs ? low : high);
            append(low.timeMs < high.timeMs ? high : low);
        }
    }
};

qint64 floorDivide(qint64 value, qint64 divisor)
{
    return value / divisor - (value % divisor < 0 ? 1 : 0);
}

} // namespace

std::vector<Segment> reduceToColumns(std::span<const TracePoint> trace, qint64 nowMs, qint64 columnMs)
{
    std::vector<Segment> segments;
    Column column;
    bool open = false;  // a column is being read
    bool parted = true; // the next value begins a segment
    for (const TracePoint& point : trace) {
        parted = parted || point.afterGap;
        if (std::isnan(point.value)) {
            parted = true;
            continue;
        }
        const qint64 index = floorDivide(point.timeMs, columnMs);
        if (open && index == column.index) {
            if (point.value < column.low.value)
                column.low = point;
            if (point.value > column.high.value)
                column.high = point;
            parted = false;
            continue;
        }
        if (open)
            column.writeTo(segments.back(), nowMs);
        if (parted)
            segments.emplace_back();
        column = {index, point, point};
        open = true;
        parted = false;
    }
    if (open)
        column.writeTo(segments.back(), nowMs);
    return segments;
}

Segment withoutPointsOnLines(const Segment& segment, double tolerance)
{
    if (segment.size() < 3)
        return segment;
    Segment kept{segment.first()};
    // The slopes from the last kept point that pass every point since within the tolerance.
    double lowest = -std::numeric_limits<double>::infinity();
    double highest = std::numeric_limits<double>::infinity();
    for (qsizetype i = 1; i < segment.size(); ++i) {
        const QPointF step = segment[i] - kept.last();
        const double slope = step.y() / step.x();
        if (i > 1 && (slope < lowest || slope > highest)) {
            kept.append(segment[i - 1]);
            lowest = -std::numeric_limits<double>::infinity();
            highest = std::numeric_limits<double>::infinity();
        }
        const QPointF reach = segment[i] - kept.last();
        lowest = std::max(lowest, (reach.y() - tolerance) / reach.x());
        highest = std::min(highest, (reach.y() + tolerance) / reach.x());
    }
    kept.append(segment.last());
    return kept;
}

std::optional<double> valueAt(std::span<const Segment> segments, double seconds)
{
    for (const Segment& segment : segments) {
        const auto next = std::ranges::lower_bound(segment, seconds, {}, [](const QPointF& point) { return point.x(); });
        if (next == segment.end() || (next == segment.begin() && next->x() > seconds))
            continue;
        if (next->x() == seconds)
            return next->y();
        const QPointF before = *std::prev(next);
        return before.y() + (next->y() - before.y()) * (seconds - before.x()) / (next->x() - before.x());
    }
    return std::nullopt;
}

qint64 columnLengthMs(qint64 rangeMs, int widthPixels)
{
    // Two points a column; a range touches one column more than fit into it.
    const qint64 columns = std::max(1, widthPixels / columnPixels - 1);
    return std::max<qint64>(1, (rangeMs + columns - 1) / columns);
}

} // namespace vigie
