// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/charts/timechart.h"

#include "gui/widgets/theme.h"

#include <QApplication>
#include <QChart>
#include <QEvent>
#include <QLineSeries>
#include <QMouseEvent>
#include <QPainter>
#include <QValueAxis>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>
#include <utility>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

QFont labelFont(const QWidget& widget)
{
    QFont font = widget.font();
    font.setPointSizeF(font.pointSizeF() * 0.86);
    return font;
}

// Qt Charts strokes each line once more than it paints it, for a hover we do not use; that costs six times
// the painting, and half of it goes where the pen has no width: such a pen draws one pixel.
QPen linePen(const QColor& color)
{
    return QPen(color, 0);
}

} // namespace

TimeChart::TimeChart(AxisUnit unit, QWidget* parent)
    : QChartView(parent), m_unit(unit), m_timeAxis(new QValueAxis(this)), m_valueAxis(new QValueAxis(this))
{
    setFrameShape(NoFrame);
    viewport()->setBackgroundRole(QPalette::Base);
    setRenderHint(QPainter::Antialiasing);
    setOptimizationFlags(DontSavePainterState | DontAdjustForAntialiasing);
    setViewportUpdateMode(BoundingRectViewportUpdate);
    setFocusPolicy(Qt::NoFocus);
    viewport()->setMouseTracking(true);
    setInteractive(false);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);

    QChart* const view = chart();
    view->legend()->hide();
    view->setBackgroundVisible(false);
    view->setMargins({});
    view->setAnimationOptions(QChart::NoAnimation);
    for (QValueAxis* axis : {m_timeAxis, m_valueAxis}) {
        view->addAxis(axis, axis == m_timeAxis ? Qt::AlignBottom : Qt::AlignLeft);
        axis->setVisible(false);
    }
    setRange(m_rangeMinutes);
    m_valueAxis->setRange(0, m_scale.maximum);
}

QLineSeries* TimeChart::newSeries(const Line& line)
{
    auto* series = new QLineSeries;
    series->setPen(linePen(line.color));
    chart()->addSeries(series);
    series->attachAxis(m_timeAxis);
    series->attachAxis(m_valueAxis);
    return series;
}

void TimeChart::setLines(std::vector<Line> lines)
{
    while (m_lines.size() > lines.size()) {
        for (QLineSeries* series : m_lines.back().series) {
            chart()->removeSeries(series);
            delete series;
        }
        m_lines.pop_back();
    }
    m_lines.resize(lines.size());
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (m_lines[i].line == lines[i])
            continue;
        m_lines[i].line = lines[i];
        for (QLineSeries* series : m_lines[i].series)
            series->setPen(linePen(lines[i].color));
    }
}

void TimeChart::setRange(int minutes)
{
    m_rangeMinutes = minutes;
    m_timeAxis->setRange(-minutes * 60, 0);
    viewport()->update();
}

void TimeChart::setEnd(std::optional<qint64> endMs)
{
    if (endMs == m_endMs)
        return;
    m_endMs = endMs;
    viewport()->update();
}

void TimeChart::setMark(std::optional<double> secondsAgo)
{
    if (secondsAgo == m_mark)
        return;
    m_mark = secondsAgo;
    viewport()->update();
}

double TimeChart::secondsPerPixel() const
{
    return m_rangeMinutes * 60 / std::max(1.0, m_plot.width());
}

bool TimeChart::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::Leave)
        point(std::nullopt);
    return QChartView::viewportEvent(event);
}

void TimeChart::mousePressEvent(QMouseEvent* event)
{
    m_isPressed = event->button() == Qt::LeftButton && m_plot.contains(event->position());
    m_isMoving = false;
    m_movedPixels = 0;
    m_pressed = event->position();
    event->accept();
}

void TimeChart::mouseMoveEvent(QMouseEvent* event)
{
    const double pixels = event->position().x() - m_pressed.x();
    m_isMoving = m_isPressed && (m_isMoving || std::abs(pixels) >= QApplication::startDragDistance());
    point(m_isMoving || !m_plot.contains(event->position()) ? std::nullopt : std::optional(event->position()));
    if (m_isMoving && pixels != m_movedPixels)
        Q_EMIT moved((pixels - std::exchange(m_movedPixels, pixels)) * secondsPerPixel());
}

void TimeChart::mouseReleaseEvent(QMouseEvent* event)
{
    if (m_isPressed && !m_isMoving)
        Q_EMIT momentChosen((m_plot.right() - event->position().x()) * secondsPerPixel());
    m_isPressed = false;
    m_isMoving = false;
}

void TimeChart::wheelEvent(QWheelEvent* event)
{
    // The plain wheel is for the page that the chart lies on.
    const QPoint turn = event->angleDelta();
    if (event->modifiers().testFlag(Qt::ControlModifier) && turn.y() != 0) {
        Q_EMIT zoomed(turn.y() > 0 ? -1 : 1);
    } else if (const int sideways = event->modifiers().testFlag(Qt::ShiftModifier) && turn.x() == 0 ? turn.y() : turn.x()) {
        Q_EMIT moved(sideways / 120.0 * m_rangeMinutes * 60 / 10);
    } else {
        return event->ignore();
    }
    event->accept();
}

void TimeChart::setScale(AxisScale scale)
{
    if (scale == m_scale)
        return;
    m_scale = scale;
    m_valueAxis->setRange(0, scale.maximum);
    viewport()->update();
}

qint64 TimeChart::pixelMs() const
{
    return std::max<qint64>(1, static_cast<qint64>(static_cast<double>(rangeMs()) / std::max(1.0, m_plot.width())));
}

void TimeChart::setTrace(std::size_t line, const std::vector<TracePoint>& trace, qint64 nowMs)
{
    const auto end = std::ranges::upper_bound(trace, nowMs, {}, &TracePoint::timeMs);
    const qint64 columnMs = columnLengthMs(rangeMs(), static_cast<int>(m_plot.width()));
    Drawn& drawn = m_lines[line];
    drawn.segments = reduceToColumns({trace.begin(), end}, nowMs, columnMs);
    const double halfPixel = m_scale.maximum / std::max(1.0, m_plot.height()) / 2;
    for (Segment& segment : drawn.segments)
        segment = withoutPointsOnLines(segment, halfPixel);
    while (drawn.series.size() < drawn.segments.size())
        drawn.series.push_back(newSeries(drawn.line));
    for (std::size_t i = 0; i < drawn.series.size(); ++i) {
        if (i < drawn.segments.size())
            drawn.series[i]->replace(drawn.segments[i]);
        else if (drawn.series[i]->count() > 0)
            drawn.series[i]->clear();
    }
    ++m_traceCount;
    if (drawn.line.filled || m_pointer)
        viewport()->update(m_plot.toAlignedRect());
}

void TimeChart::setBand(std::size_t line, std::vector<BandPoint> band, qint64 nowMs)
{
    Drawn& drawn = m_lines[line];
    if (band.empty() && drawn.bands.empty())
        return;
    drawn.bands.clear();
    std::size_t first = 0;
    for (std::size_t i = 0; i <= band.size(); ++i) {
        const bool isKnown = i < band.size() && !std::isnan(band[i].low) && band[i].timeMs <= nowMs;
        if (isKnown)
            continue;
        QPolygonF area;
        const auto seconds = [nowMs](const BandPoint& point) { return static_cast<double>(point.timeMs - nowMs) / 1'000; };
        for (std::size_t there = first; there < i; ++there)
            area.append({seconds(band[there]), band[there].high});
        for (std::size_t back = i; back > first; --back)
            area.append({seconds(band[back - 1]), band[back - 1].low});
        if (area.size() > 2)
            drawn.bands.push_back(std::move(area));
        first = i + 1;
    }
    viewport()->update(m_plot.toAlignedRect());
}

void TimeChart::clearTraces()
{
    for (Drawn& drawn : m_lines) {
        drawn.segments.clear();
        drawn.bands.clear();
        for (QLineSeries* series : drawn.series)
            series->clear();
    }
    viewport()->update();
}

qsizetype TimeChart::pointCount() const
{
    qsizetype max = 0;
    for (const Drawn& drawn : m_lines) {
        for (const QLineSeries* series : drawn.series)
            max = std::max<qsizetype>(max, series->count());
    }
    return max;
}

void TimeChart::placePlot()
{
    const QFontMetricsF metrics(labelFont(*this));
    // One width for every chart, so that the plots of a column stand under one another.
    const double left = metrics.horizontalAdvance(u"1000 MiB/s"_s) + 8;
    m_plot =
        QRectF(left, metrics.height() / 2 + 1, width() - left - 2, height() - metrics.height() * 1.5 - 6);
    chart()->setPlotArea(m_plot);
    viewport()->update();
}

void TimeChart::resizeEvent(QResizeEvent* event)
{
    QChartView::resizeEvent(event);
    placePlot();
}

void TimeChart::changeEvent(QEvent* event)
{
    QChartView::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        placePlot();
    else if (event->type() == QEvent::LanguageChange)
        viewport()->update();
}

QPointF TimeChart::place(QPointF point) const
{
    return {m_plot.right() + point.x() / (m_rangeMinutes * 60) * m_plot.width(),
            m_plot.bottom() - point.y() / m_scale.maximum * m_plot.height()};
}

void TimeChart::drawBackground(QPainter* painter, const QRectF&)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing, false);
    const Theme& theme = Theme::of(palette());
    painter->setPen(theme.grid);
    for (int i = 0; i <= m_scale.steps; ++i) {
        const double y = std::round(place({0, m_scale.maximum * i / m_scale.steps}).y());
        painter->drawLine(QPointF(m_plot.left(), y), QPointF(m_plot.right(), y));
    }
    painter->setClipRect(m_plot);
    painter->setPen(Qt::NoPen);
    for (const Drawn& drawn : m_lines) {
        if (!drawn.line.filled)
            continue;
        QColor fill = drawn.line.color;
        fill.setAlpha(theme.dark ? 44 : 30);
        painter->setBrush(fill);
        for (const Segment& segment : drawn.segments) {
            QPolygonF area;
            area.reserve(segment.size() + 2);
            area.append({place(segment.first()).x(), m_plot.bottom()});
            for (const QPointF& point : segment)
                area.append(place(point));
            area.append({place(segment.last()).x(), m_plot.bottom()});
            painter->drawPolygon(area);
        }
    }
    for (const Drawn& drawn : m_lines) {
        QColor shade = drawn.line.color;
        shade.setAlpha(theme.dark ? 96 : 72);
        painter->setBrush(shade);
        for (const QPolygonF& band : drawn.bands) {
            QPolygonF area;
            area.reserve(band.size());
            for (const QPointF& point : band)
                area.append(place(point));
            painter->drawPolygon(area);
        }
    }
    painter->restore();
}

void TimeChart::drawForeground(QPainter* painter, const QRectF& rect)
{
    if (m_mark && *m_mark >= 0 && *m_mark <= m_rangeMinutes * 60) {
        const double x = std::round(place({-*m_mark, 0}).x());
        painter->setPen(QPen(Theme::of(palette()).mutedText, 1, Qt::DashLine));
        painter->drawLine(QPointF(x, m_plot.top()), QPointF(x, m_plot.bottom()));
    }
    painter->setFont(labelFont(*this));
    drawPointed(*painter);
    if (m_plot.toAlignedRect().contains(rect.toAlignedRect()))
        return;
    painter->setPen(Theme::of(palette()).mutedText);
    const QFontMetricsF metrics(painter->font());
    const QLocale locale;
    // Where the plot is low, not every label has room.
    int every = 1;
    while (every < m_scale.steps &&
           (m_scale.steps % every != 0 || m_plot.height() * every / m_scale.steps < metrics.height() * 1.3))
        ++every;
    for (int i = 0; i <= m_scale.steps; i += every) {
        const double value = m_scale.maximum * i / m_scale.steps;
        const QRectF box(0, place({0, value}).y() - metrics.height() / 2, m_plot.left() - 8,
                         metrics.height());
        painter->drawText(box, Qt::AlignRight | Qt::AlignVCenter, axisLabel(value, m_unit, locale));
    }
    const int atMost = static_cast<int>(m_plot.width() / (metrics.horizontalAdvance(u"60 min"_s) * 2.2)) + 1;
    const auto ticks = m_endMs ? clockTicks(*m_endMs, m_rangeMinutes, atMost, locale) : timeTicks(m_rangeMinutes, atMost);
    for (const TimeTick& tick : ticks) {
        const double x = place({-tick.secondsAgo, 0}).x();
        const double width = metrics.horizontalAdvance(tick.label);
        const double left = std::clamp(x - width / 2, m_plot.left(), m_plot.right() - width);
        painter->drawText(QPointF(left, m_plot.bottom() + 5 + metrics.ascent()), tick.label);
    }
}

} // namespace vigie
