// SPDX-License-Identifier: GPL-3.0-or-later
// Of TimeChart: the crosshair, by hand and by keys, and the moments that are marked.
#include "core/units.h"
#include "gui/charts/timechart.h"
#include "gui/timeline/timegestures.h"
#include "gui/widgets/daytext.h"
#include "gui/widgets/theme.h"

#include <QAccessible>
#include <QEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t fewLines = 8;
constexpr qint64 leastStepMs = 1'000;
constexpr int stepsOfRange = 100;
constexpr int largeStep = 10;

bool movesCrosshair(const QKeyEvent& event)
{
    return (event.key() == Qt::Key_Left || event.key() == Qt::Key_Right)
        && (event.modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) == Qt::NoModifier;
}

bool isEnter(const QKeyEvent& event)
{
    return event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter;
}

} // namespace

std::optional<double> TimeChart::pointedSeconds() const
{
    const auto pointed = m_timeline ? m_timeline->pointed() : std::nullopt;
    if (!pointed || !m_axis.stretch.contains(*pointed))
        return std::nullopt;
    return static_cast<double>(*pointed - m_axis.stretch.toMs) / 1'000;
}

std::optional<std::size_t> TimeChart::nearestLine() const
{
    const auto pointer = m_gestures ? m_gestures->pointer() : std::nullopt;
    const auto seconds = pointedSeconds();
    if (!pointer || !seconds)
        return std::nullopt;
    std::optional<std::size_t> nearest;
    double least = 0;
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        const auto value = valueAt(m_lines[i].segments, *seconds);
        if (!value)
            continue;
        const double distance = std::abs(place({*seconds, *value}).y() - pointer->y());
        if (!nearest || distance < least) {
            nearest = i;
            least = distance;
        }
    }
    return nearest;
}

std::vector<TimeChart::Pointed> TimeChart::pointed() const
{
    std::vector<Pointed> all;
    const auto seconds = pointedSeconds();
    if (!seconds)
        return all;
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        const auto value = m_lines[i].line.name.isEmpty() ? std::nullopt : valueAt(m_lines[i].segments, *seconds);
        if (value)
            all.push_back({i, *value});
    }
    // Where not all may have room: those that matter first.
    if (all.size() > fewLines) {
        const auto nearest = nearestLine();
        std::ranges::stable_sort(all, [nearest](const Pointed& a, const Pointed& b) {
            const bool isNearest = a.line == nearest;
            return isNearest != (b.line == nearest) ? isNearest : a.value > b.value;
        });
    }
    return all;
}

QStringList TimeChart::pointedTexts() const
{
    QStringList texts;
    for (const Pointed& each : pointed())
        texts.append(textOf(each));
    return texts;
}

QString TimeChart::textOf(const Pointed& pointed) const
{
    const QLocale locale;
    return m_lines[pointed.line].line.name + u"  "_s
           + (m_unit == AxisUnit::Percent ? percentText(pointed.value, locale) : rateText(pointed.value, locale));
}

void TimeChart::drawThick(QPainter& painter, const Drawn& drawn) const
{
    painter.setPen(QPen(drawn.line.color, 2.5));
    for (const Segment& segment : drawn.segments) {
        QPolygonF points;
        points.reserve(segment.size());
        for (const QPointF& point : segment)
            points.append(place(point));
        painter.drawPolyline(points);
    }
}

void TimeChart::drawCrosshair(QPainter& painter) const
{
    const auto nearest = m_lines.size() > 1 ? nearestLine() : std::nullopt;
    if (const auto thick = m_highlighted ? m_highlighted : nearest; thick && *thick < m_lines.size()) {
        painter.save();
        painter.setClipRect(m_axis.plot);
        drawThick(painter, m_lines[*thick]);
        painter.restore();
    }
    const auto seconds = pointedSeconds();
    if (seconds) {
        const double x = std::round(place({*seconds, 0}).x());
        painter.setPen(QPen(Theme::of(palette()).mutedText, 1));
        painter.drawLine(QPointF(x, m_axis.plot.top()), QPointF(x, m_axis.plot.bottom()));
        painter.setPen(Qt::NoPen);
        for (const Pointed& each : pointed()) {
            painter.setBrush(m_lines[each.line].line.color);
            painter.drawEllipse(place({*seconds, each.value}), 3, 3);
        }
        drawLegend(painter, x);
    }
    if (const auto band = m_gestures ? m_gestures->band() : std::nullopt) {
        const QRectF area(band->left, m_axis.plot.top(), band->right - band->left, m_axis.plot.height());
        QColor fill = Theme::of(palette()).accent;
        painter.setPen(fill);
        fill.setAlpha(50);
        painter.setBrush(fill);
        painter.drawRect(area);
    }
}

void TimeChart::drawLegend(QPainter& painter, double x) const
{
    const auto values = pointed();
    const QFontMetricsF metrics(painter.font());
    const bool tellsTime = m_isSpoken || (m_gestures && m_gestures->pointer());
    QStringList rows;
    if (tellsTime)
        rows.append(clockText(*m_timeline->pointed(), QDate::currentDate(), QLocale()));
    const auto roomFor = static_cast<qsizetype>((m_axis.plot.height() - 6) / metrics.height());
    for (const Pointed& each : values) {
        if (rows.size() < std::max<qsizetype>(1, roomFor))
            rows.append(textOf(each));
    }
    if (rows.isEmpty())
        return;
    double width = 0;
    for (const QString& row : rows)
        width = std::max(width, metrics.horizontalAdvance(row));
    QRectF box(0, 0, width + 26, double(rows.size()) * metrics.height() + 6);
    // Beside the line, on the side that has room.
    box.moveTopLeft({x + 10, m_axis.plot.top() + 1});
    if (box.right() > m_axis.plot.right())
        box.moveRight(x - 10);
    box.moveLeft(std::max(box.left(), m_axis.plot.left()));
    painter.setPen(palette().color(QPalette::Mid));
    painter.setBrush(palette().color(QPalette::ToolTipBase));
    painter.drawRoundedRect(box, 3, 3);
    for (qsizetype i = 0; i < rows.size(); ++i) {
        const QRectF row(box.left() + 18, box.top() + 3 + double(i) * metrics.height(), width, metrics.height());
        const qsizetype value = i - (tellsTime ? 1 : 0);
        if (value >= 0) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(m_lines[values[std::size_t(value)].line].line.color);
            painter.drawEllipse(QPointF(box.left() + 10, row.center().y()), 3.5, 3.5);
        }
        painter.setPen(palette().color(QPalette::ToolTipText));
        painter.drawText(row, Qt::AlignLeft | Qt::AlignVCenter, rows[i]);
    }
}

void TimeChart::drawMoments(QPainter& painter) const
{
    const Theme& theme = Theme::of(palette());
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.severity(Severity::Error));
    for (const qint64 timeMs : m_errorTimes) {
        if (!m_axis.stretch.contains(timeMs))
            continue;
        const QPointF foot(m_axis.xOf(timeMs), m_axis.plot.bottom());
        painter.drawPolygon(QPolygonF({foot - QPointF(0, 6), foot + QPointF(3.5, 0), foot - QPointF(3.5, 0)}));
    }
    if (const auto moment = mark()) {
        const double x = std::round(m_axis.xOf(*moment));
        painter.setPen(QPen(theme.accent, 1, Qt::DashLine));
        painter.drawLine(QPointF(x, m_axis.plot.top()), QPointF(x, m_axis.plot.bottom()));
    }
}

void TimeChart::setName(const QString& name)
{
    m_name = name;
    if (!m_isSpoken)
        setAccessibleName(name);
}

bool TimeChart::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride && m_timeline) {
        // With the focus here, these keys are the chart's.
        const auto& key = *static_cast<QKeyEvent*>(event);
        if (movesCrosshair(key) || isEnter(key) || (m_isSpoken && key.key() == Qt::Key_Escape)) {
            event->accept();
            return true;
        }
    }
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut)
        viewport()->update();
    return QChartView::event(event);
}

void TimeChart::keyPressEvent(QKeyEvent* event)
{
    if (!m_timeline)
        return event->ignore();
    if (movesCrosshair(*event)) {
        const int steps = event->modifiers().testFlag(Qt::ShiftModifier) ? largeStep : 1;
        moveCrosshair(event->key() == Qt::Key_Left ? -steps : steps);
    } else if (isEnter(*event) && m_timeline->pointed()) {
        m_timeline->pin(*m_timeline->pointed());
    } else if (m_isSpoken && event->key() == Qt::Key_Escape) {
        m_isSpoken = false;
        setAccessibleName(m_name);
        m_timeline->point(std::nullopt);
    } else {
        event->ignore();
    }
}

void TimeChart::focusOutEvent(QFocusEvent* event)
{
    QChartView::focusOutEvent(event);
    if (m_isSpoken && m_timeline)
        m_timeline->point(std::nullopt);
    m_isSpoken = false;
    setAccessibleName(m_name);
}

void TimeChart::moveCrosshair(int steps)
{
    const Stretch& stretch = m_axis.stretch;
    const qint64 stepMs = std::max(leastStepMs, stretch.rangeMs() / stepsOfRange);
    // It enters at the right edge.
    const bool isIn = m_timeline->pointed() && stretch.contains(*m_timeline->pointed());
    const qint64 fromMs = isIn ? *m_timeline->pointed() : stretch.toMs;
    m_isSpoken = true;
    m_timeline->point(std::clamp(fromMs + steps * stepMs, stretch.fromMs, stretch.toMs));
    speak();
}

void TimeChart::speak()
{
    QStringList words = pointedTexts().replaceInStrings(u"  "_s, u" "_s);
    words.prepend(clockText(*m_timeline->pointed(), QDate::currentDate(), QLocale()));
    const QString text = words.join(u", "_s);
    setAccessibleName(text);
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    QAccessibleAnnouncementEvent announcement(this, text);
    QAccessible::updateAccessibility(&announcement);
#endif
}

} // namespace vigie
