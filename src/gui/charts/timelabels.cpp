// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/charts/timelabels.h"

#include "gui/charts/axisscale.h"

#include <QLocale>
#include <QPainter>
#include <QWidget>
#include <algorithm>
#include <cmath>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 hourMs = 3'600'000;
constexpr double distance = 2; // between labels, in widths of one

} // namespace

QFont labelFont(const QWidget& widget)
{
    QFont font = widget.font();
    font.setPointSizeF(font.pointSizeF() * 0.86);
    return font;
}

double valueAxisWidth(const QFont& font)
{
    return std::ceil(QFontMetricsF(font).horizontalAdvance(u"1000 MiB/s"_s)) + 8;
}

bool hasRelativeLabels(const Stretch& stretch)
{
    return stretch.isLive && stretch.rangeMs() <= hourMs;
}

void drawTimeLabels(QPainter& painter, const TimeAxis& axis)
{
    const QFontMetricsF metrics(painter.font());
    const QRectF& plot = axis.plot;
    const bool isRelative = hasRelativeLabels(axis.stretch);
    const double widest = metrics.horizontalAdvance(isRelative ? u"−60 min"_s : u"00:00:00"_s);
    const int atMost = static_cast<int>(plot.width() / (widest * distance)) + 1;
    const auto ticks = isRelative ? timeTicks(axis.stretch.rangeMs(), atMost)
                                  : clockTicks(axis.stretch.toMs, axis.stretch.rangeMs(), atMost, QLocale());
    for (const TimeTick& tick : ticks) {
        const double x = plot.right() - tick.secondsAgo * 1'000 / axis.msPerPixel();
        const double width = metrics.horizontalAdvance(tick.label);
        const double left = std::clamp(x - width / 2, plot.left(), std::max(plot.left(), plot.right() - width));
        painter.drawText(QPointF(left, plot.bottom() + 5 + metrics.ascent()), tick.label);
    }
}

} // namespace vigie
