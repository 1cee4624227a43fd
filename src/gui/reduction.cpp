// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/reduction.h"

#include <algorithm>
#include <cmath>

namespace vigie {

namespace {

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
    bool open = false; // a column is being read
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

qint64 columnLengthMs(qint64 rangeMs, int widthPixels)
{
    // Two points a column; a range touches one column more than fit into it.
    const qint64 columns = std::max(1, widthPixels / 2 - 1);
    return std::max<qint64>(1, (rangeMs + columns - 1) / columns);
}

} // namespace vigie
