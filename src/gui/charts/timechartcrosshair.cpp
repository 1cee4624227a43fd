// SPDX-License-Identifier: GPL-3.0-or-later
// Of TimeChart: the line that the pointer is nearest to.
#include "core/units.h"
#include "gui/charts/timechart.h"

#include <QLocale>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace vigie {

using namespace Qt::StringLiterals;

void TimeChart::point(std::optional<QPointF> pointer)
{
    if (pointer == m_pointer)
        return;
    m_pointer = pointer;
    if (std::ranges::any_of(m_lines, [](const Drawn& drawn) { return !drawn.line.name.isEmpty(); }))
        viewport()->update(m_plot.toAlignedRect());
}

std::optional<TimeChart::Pointed> TimeChart::pointed() const
{
    std::optional<Pointed> nearest;
    if (!m_pointer)
        return nearest;
    const double seconds = (m_pointer->x() - m_plot.right()) * secondsPerPixel();
    for (const Drawn& drawn : m_lines) {
        const auto value = drawn.line.name.isEmpty() ? std::nullopt : valueAt(drawn.segments, seconds);
        if (!value)
            continue;
        const QPointF at = place({seconds, *value});
        if (!nearest || std::abs(at.y() - m_pointer->y()) < std::abs(nearest->at.y() - m_pointer->y()))
            nearest = Pointed{&drawn, at, *value};
    }
    return nearest;
}

QString TimeChart::pointedText() const
{
    const auto line = pointed();
    return line ? textOf(*line) : QString();
}

QString TimeChart::textOf(const Pointed& pointed) const
{
    const QLocale locale;
    return pointed.drawn->line.name + u"  "_s
           + (m_unit == AxisUnit::Percent ? percentText(pointed.value, locale) : rateText(pointed.value, locale));
}

void TimeChart::drawPointed(QPainter& painter) const
{
    const auto line = pointed();
    if (!line)
        return;
    painter.setPen(QPen(line->drawn->line.color, 2.5));
    for (const Segment& segment : line->drawn->segments) {
        QPolygonF points;
        points.reserve(segment.size());
        for (const QPointF& point : segment)
            points.append(place(point));
        painter.drawPolyline(points);
    }
    painter.setBrush(line->drawn->line.color);
    painter.drawEllipse(line->at, 3, 3);

    const QString text = textOf(*line);
    const QFontMetricsF metrics(painter.font());
    QRectF box(0, 0, metrics.horizontalAdvance(text) + 12, metrics.height() + 6);
    // Above the line and to the left, where the pointer does not hide it, as far as there is room.
    box.moveBottomRight(line->at - QPointF(8, 8));
    box.moveLeft(std::clamp(box.left(), m_plot.left(), std::max(m_plot.left(), m_plot.right() - box.width())));
    box.moveTop(std::max(box.top(), m_plot.top()));
    painter.setPen(palette().color(QPalette::Mid));
    painter.setBrush(palette().color(QPalette::ToolTipBase));
    painter.drawRoundedRect(box, 3, 3);
    painter.setPen(palette().color(QPalette::ToolTipText));
    painter.drawText(box, Qt::AlignCenter, text);
}

} // namespace vigie
