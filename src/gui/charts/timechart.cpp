// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/charts/timechart.h"

#include "gui/charts/timelabels.h"
#include "gui/timeline/timegestures.h"
#include "gui/widgets/theme.h"

#include <QChart>
#include <QEvent>
#include <QLineSeries>
#include <QPainter>
#include <QValueAxis>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>
#include <utility>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

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
    setFocusPolicy(Qt::TabFocus);
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
    m_timeAxis->setRange(-static_cast<double>(rangeMs()) / 1'000, 0);
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

void TimeChart::follow(Timeline& timeline)
{
    m_timeline = &timeline;
    m_gestures = new TimeGestures(viewport(), timeline);
    m_gestures->setAxis(m_axis);
    connect(m_gestures, &TimeGestures::moved, this, &TimeChart::updatePlot);
    connect(m_gestures, &TimeGestures::moved, this, &TimeChart::pointerMoved);
    connect(&timeline, &Timeline::pointedChanged, this, &TimeChart::updatePlot);
    connect(&timeline, &Timeline::momentChanged, this, &TimeChart::updatePlot);
}

void TimeChart::updatePlot()
{
    viewport()->update(m_axis.plot.toAlignedRect());
}

void TimeChart::setStretch(const Stretch& stretch)
{
    if (stretch == m_axis.stretch)
        return;
    const bool isOnlyLater = stretch.isLive && m_axis.stretch.isLive && stretch.rangeMs() == rangeMs();
    if (stretch.rangeMs() != rangeMs())
        m_timeAxis->setRange(-static_cast<double>(stretch.rangeMs()) / 1'000, 0);
    m_axis.stretch = stretch;
    if (m_gestures)
        m_gestures->setAxis(m_axis);
    // The labels of the present stand.
    if (!isOnlyLater || !hasRelativeLabels(stretch))
        viewport()->update();
    else if (!m_errorTimes.empty() || (m_timeline && m_timeline->moment()))
        updatePlot();
}

void TimeChart::setErrorMarks(std::vector<qint64> times)
{
    if (times == m_errorTimes)
        return;
    m_errorTimes = std::move(times);
    updatePlot();
}

void TimeChart::setHighlighted(std::optional<std::size_t> line)
{
    if (line == m_highlighted)
        return;
    m_highlighted = line;
    updatePlot();
}

void TimeChart::setSparkline(bool isSparkline)
{
    if (isSparkline == m_isSparkline)
        return;
    m_isSparkline = isSparkline;
    placePlot();
}

std::optional<qint64> TimeChart::mark() const
{
    const auto moment = m_timeline ? m_timeline->moment() : std::nullopt;
    return moment && m_axis.stretch.contains(*moment) ? moment : std::nullopt;
}

void TimeChart::wheelEvent(QWheelEvent* event)
{
    // On the plot it is a gesture; beside it, it is for the page that the chart lies on.
    event->ignore();
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
    return std::max<qint64>(1, static_cast<qint64>(m_axis.msPerPixel()));
}

void TimeChart::setTrace(std::size_t line, const std::vector<TracePoint>& trace, qint64 nowMs)
{
    const auto end = std::ranges::upper_bound(trace, nowMs, {}, &TracePoint::timeMs);
    const qint64 columnMs = columnLengthMs(rangeMs(), static_cast<int>(m_axis.plot.width()));
    Drawn& drawn = m_lines[line];
    drawn.segments = reduceToColumns({trace.begin(), end}, nowMs, columnMs);
    const double halfPixel = m_scale.maximum / std::max(1.0, m_axis.plot.height()) / 2;
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
    if (drawn.line.filled || (m_timeline && m_timeline->pointed()))
        updatePlot();
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
    updatePlot();
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
    const double left = valueAxisWidth(labelFont(*this));
    m_axis.plot = m_isSparkline ? QRectF(2, 2, width() - 4, height() - 4)
                                : QRectF(left, metrics.height() / 2 + 1, width() - left - 2,
                                         height() - metrics.height() * 1.5 - 6);
    if (m_gestures)
        m_gestures->setAxis(m_axis);
    chart()->setPlotArea(m_axis.plot);
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
    return {m_axis.plot.right() + point.x() * 1'000 / m_axis.msPerPixel(),
            m_axis.plot.bottom() - point.y() / m_scale.maximum * m_axis.plot.height()};
}

void TimeChart::drawBackground(QPainter* painter, const QRectF&)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing, false);
    const Theme& theme = Theme::of(palette());
    painter->setPen(theme.grid);
    for (int i = 0; i <= m_scale.steps; ++i) {
        const double y = std::round(place({0, m_scale.maximum * i / m_scale.steps}).y());
        painter->drawLine(QPointF(m_axis.plot.left(), y), QPointF(m_axis.plot.right(), y));
    }
    painter->setClipRect(m_axis.plot);
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
            area.append({place(segment.first()).x(), m_axis.plot.bottom()});
            for (const QPointF& point : segment)
                area.append(place(point));
            area.append({place(segment.last()).x(), m_axis.plot.bottom()});
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
    painter->setFont(labelFont(*this));
    drawMoments(*painter);
    drawCrosshair(*painter);
    if (!m_isSparkline && !m_axis.plot.toAlignedRect().contains(rect.toAlignedRect()))
        drawLabels(*painter);
    if (hasFocus()) {
        painter->setBrush(Qt::NoBrush);
        painter->setPen(QPen(Theme::of(palette()).accent, 2));
        painter->drawRoundedRect(QRectF(viewport()->rect()).adjusted(1, 1, -1, -1), 4, 4);
    }
}

void TimeChart::drawLabels(QPainter& painter) const
{
    painter.setPen(Theme::of(palette()).mutedText);
    const QRectF& plot = m_axis.plot;
    const QFontMetricsF metrics(painter.font());
    const QLocale locale;
    // Where the plot is low, not every label has room.
    int every = 1;
    while (every < m_scale.steps &&
           (m_scale.steps % every != 0 || plot.height() * every / m_scale.steps < metrics.height() * 1.3))
        ++every;
    for (int i = 0; i <= m_scale.steps; i += every) {
        const double value = m_scale.maximum * i / m_scale.steps;
        const QRectF box(0, place({0, value}).y() - metrics.height() / 2, plot.left() - 8, metrics.height());
        painter.drawText(box, Qt::AlignRight | Qt::AlignVCenter, axisLabel(value, m_unit, locale));
    }
    drawTimeLabels(painter, m_axis);
}

} // namespace vigie
