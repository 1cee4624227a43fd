// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/timeline/timeline.h"

#include <QRectF>
#include <algorithm>

namespace vigie {

/// Where a stretch of time lies on a widget: its left edge is the beginning, its right edge the end.
struct TimeAxis
{
    QRectF plot; ///< in pixels of the widget
    Stretch stretch;

    double msPerPixel() const { return static_cast<double>(stretch.rangeMs()) / std::max(1.0, plot.width()); }
    qint64 timeAt(double x) const { return stretch.toMs - static_cast<qint64>((plot.right() - x) * msPerPixel()); }
    double xOf(qint64 timeMs) const { return plot.right() - static_cast<double>(stretch.toMs - timeMs) / msPerPixel(); }
};

} // namespace vigie
