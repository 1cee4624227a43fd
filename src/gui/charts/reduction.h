// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QPointF>
#include <optional>
#include <span>
#include <vector>

namespace vigie {

/// One value of a measured quantity in time.
struct TracePoint
{
    qint64 timeMs = 0;
    double value = 0;      ///< NaN: not known at that moment
    bool afterGap = false; ///< nothing was measured between the point before and this one
};

/// Between what a quantity lay during a step of time.
struct BandPoint
{
    qint64 timeMs = 0;
    double low = 0; ///< NaN: not known, as `high`
    double high = 0;
};

/// A stretch of a trace without a gap, ready to draw: x in seconds before now (≤ 0), y the value.
using Segment = QList<QPointF>;

/// Reduces a trace (in order of time) to at most two points, its lowest and its highest in their order, for
/// each column of `columnMs`. Columns stand at fixed places in time, so that a peak keeps its shape while it
/// moves across the chart. Gaps and unknown values part the segments; one shorter than a column is not seen.
std::vector<Segment> reduceToColumns(std::span<const TracePoint> trace, qint64 nowMs, qint64 columnMs);

/// Leaves out the points that lie within `tolerance` (in value) of the line between those kept: what no pixel
/// would show. Time must increase from point to point.
Segment withoutPointsOnLines(const Segment& segment, double tolerance);

/// What a line has at a moment, in seconds before now; none: it has a gap there.
std::optional<double> valueAt(std::span<const Segment> segments, double seconds);

/// The length of a column for which a range drawn `widthPixels` wide has at most one point a pixel.
qint64 columnLengthMs(qint64 rangeMs, int widthPixels);

} // namespace vigie
