// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/charts/entrybars.h"

#include "core/units.h"
#include "gui/charts/timelabels.h"
#include "gui/timeline/timegestures.h"
#include "gui/widgets/daytext.h"
#include "gui/widgets/theme.h"

#include <QEvent>
#include <QLocale>
#include <QPainter>
#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

constexpr double barPixels = 6;
constexpr int barsHeight = 40;
constexpr double side = 14;
constexpr double besideAxis = 16; // of a chart's card
// The worst at the bottom, where its size is seen.
constexpr std::array upwards = {Severity::Fatal, Severity::Error, Severity::Warn, Severity::Info,
                                Severity::Debug, Severity::Trace, Severity::Other};

quint64 sumOf(const SeverityCounts& step)
{
    return std::accumulate(step.begin(), step.end(), quint64(0));
}

} // namespace

EntryBars::EntryBars(Timeline& timeline, QWidget* parent)
    : Card(parent), m_timeline(timeline), m_counts(timeline), m_gestures(new TimeGestures(this, timeline))
{
    setObjectName(u"entryBars"_s);
    const QFontMetrics metrics(labelFont(*this));
    setFixedHeight(barsHeight + 2 * metrics.height() + 16);
    connect(&timeline, &Timeline::changed, this, &EntryBars::follow);
    connect(&timeline, &Timeline::pointedChanged, this, qOverload<>(&QWidget::update));
    connect(&timeline, &Timeline::momentChanged, this, qOverload<>(&QWidget::update));
    connect(m_gestures, &TimeGestures::moved, this, qOverload<>(&QWidget::update));
    connect(&m_counts, &EntryCounts::changed, this, &EntryBars::describe);
    describe();
}

void EntryBars::follow()
{
    const double pixels = m_axis.xOf(m_timeline.presentMs()) - m_axis.xOf(m_axis.stretch.toMs);
    const Stretch stretch = m_timeline.stretch();
    // Bars that are to move by less than a pixel may wait.
    if (stretch.isLive && m_axis.stretch.isLive && stretch.rangeMs() == m_axis.stretch.rangeMs() && pixels >= 0 && pixels < 1)
        return;
    place();
}

void EntryBars::place()
{
    const double line = QFontMetricsF(labelFont(*this)).height();
    // Under the plots of the charts above.
    const double left = besideAxis + valueAxisWidth(labelFont(*this));
    m_axis = {QRectF(left, line + 6, std::max(1.0, width() - left - side), barsHeight), m_timeline.stretch()};
    m_gestures->setAxis(m_axis);
    update();
}

quint64 EntryBars::highest() const
{
    const EntryCounts::Steps& steps = m_counts.steps();
    quint64 highest = 0;
    for (std::size_t i = 0; i < steps.counts.size(); ++i) {
        const qint64 fromMs = steps.fromMs + static_cast<qint64>(i) * steps.stepMs;
        if (fromMs + steps.stepMs > m_axis.stretch.fromMs && fromMs < m_axis.stretch.toMs)
            highest = std::max(highest, sumOf(steps.counts[i]));
    }
    return highest;
}

void EntryBars::describe()
{
    setAccessibleName(tr("Entries by level over time"));
    quint64 all = 0;
    quint64 errors = 0;
    for (const SeverityCounts& step : m_counts.steps().counts) {
        all += sumOf(step);
        errors += step[std::size_t(Severity::Error)] + step[std::size_t(Severity::Fatal)];
    }
    const QLocale locale;
    setAccessibleDescription(tr("%1 entries, %2 errors").arg(locale.toString(all), locale.toString(errors)));
    update();
}

void EntryBars::paintEvent(QPaintEvent* event)
{
    Card::paintEvent(event);
    const Theme& theme = Theme::of(palette());
    QPainter painter(this);
    painter.setFont(labelFont(*this));
    painter.setPen(theme.mutedText);
    const QRectF head(side, 4, width() - 2 * side, QFontMetricsF(painter.font()).height());
    painter.drawText(head, Qt::AlignLeft | Qt::AlignVCenter,
                     m_counts.steps().isComplete ? tr("Entries by level") : tr("Entries by level, the oldest not counted"));
    const quint64 most = highest();
    if (most > 0) {
        const qint64 stepMs = m_counts.steps().stepMs;
        const QString step = stepMs < 1'000 ? tr("%1 ms").arg(stepMs) : durationText(stepMs / 1'000);
        painter.drawText(head, Qt::AlignRight | Qt::AlignVCenter,
                         tr("up to %1 in %2", "entries, time").arg(QLocale().toString(most), step));
    }
    painter.setPen(theme.grid);
    painter.drawLine(m_axis.plot.bottomLeft(), m_axis.plot.bottomRight());
    drawBars(painter, most);
    painter.setPen(theme.mutedText);
    drawTimeLabels(painter, m_axis);
    drawCrosshair(painter);
}

void EntryBars::drawBars(QPainter& painter, quint64 highest) const
{
    if (highest == 0)
        return;
    const Theme& theme = Theme::of(palette());
    const EntryCounts::Steps& steps = m_counts.steps();
    painter.save();
    painter.setClipRect(m_axis.plot);
    for (std::size_t i = 0; i < steps.counts.size(); ++i) {
        const qint64 fromMs = steps.fromMs + static_cast<qint64>(i) * steps.stepMs;
        const double left = m_axis.xOf(fromMs);
        const double right = m_axis.xOf(fromMs + steps.stepMs);
        double bottom = m_axis.plot.bottom();
        for (const Severity severity : upwards) {
            const auto count = steps.counts[i][std::size_t(severity)];
            if (count == 0)
                continue;
            // One entry among thousands is seen, too.
            const double tall = std::max(1.0, double(count) / double(highest) * (m_axis.plot.height() - 2));
            painter.fillRect(QRectF(left + 0.5, bottom - tall, std::max(1.0, right - left - 1), tall), theme.severity(severity));
            bottom -= tall;
        }
    }
    painter.restore();
}

std::optional<std::size_t> EntryBars::pointedStep() const
{
    const EntryCounts::Steps& steps = m_counts.steps();
    const auto pointed = m_timeline.pointed();
    if (!pointed || steps.stepMs == 0 || !m_axis.stretch.contains(*pointed) || *pointed < steps.fromMs
        || *pointed >= steps.toMs())
        return std::nullopt;
    return static_cast<std::size_t>((*pointed - steps.fromMs) / steps.stepMs);
}

QStringList EntryBars::pointedTexts() const
{
    const auto step = pointedStep();
    if (!step)
        return {};
    const std::array<QString, severityCount> names = {tr("Trace"), tr("Debug"), tr("Info"), tr("Warning"),
                                                      tr("Error"), tr("Fatal"), tr("Other")};
    QStringList texts;
    for (const Severity severity : upwards) {
        if (const auto count = m_counts.steps().counts[*step][std::size_t(severity)])
            texts.append(names[std::size_t(severity)] + u"  "_s + QLocale().toString(count));
    }
    return texts;
}

void EntryBars::drawCrosshair(QPainter& painter) const
{
    const Theme& theme = Theme::of(palette());
    const QRectF& plot = m_axis.plot;
    if (const auto moment = m_timeline.moment(); moment && m_axis.stretch.contains(*moment)) {
        const double x = std::round(m_axis.xOf(*moment));
        // On bars of every colour, only that of text is seen.
        painter.setPen(QPen(theme.text, 1, Qt::DashLine));
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
    }
    if (const auto pointed = m_timeline.pointed(); pointed && m_axis.stretch.contains(*pointed)) {
        const double x = std::round(m_axis.xOf(*pointed));
        painter.setPen(theme.text);
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
        QStringList words = pointedTexts();
        if (m_gestures->pointer())
            words.prepend(clockText(*pointed, QDate::currentDate(), QLocale()));
        const QString text = words.join(u"   "_s);
        const QFontMetricsF metrics(painter.font());
        QRectF box(x + 8, plot.top(), metrics.horizontalAdvance(text) + 12, metrics.height() + 6);
        if (box.right() > plot.right())
            box.moveRight(x - 8);
        box.moveLeft(std::max(plot.left(), box.left()));
        if (!text.isEmpty()) {
            painter.setPen(palette().color(QPalette::Mid));
            painter.setBrush(palette().color(QPalette::ToolTipBase));
            painter.drawRoundedRect(box, 3, 3);
            painter.setPen(palette().color(QPalette::ToolTipText));
            painter.drawText(box, Qt::AlignCenter, text);
        }
    }
    if (const auto band = m_gestures->band()) {
        QColor fill = theme.accent;
        painter.setPen(fill);
        fill.setAlpha(50);
        painter.setBrush(fill);
        painter.drawRect(QRectF(band->left, plot.top(), band->right - band->left, plot.height()));
    }
}

void EntryBars::resizeEvent(QResizeEvent* event)
{
    Card::resizeEvent(event);
    place();
    m_counts.setMaxSteps(static_cast<int>(m_axis.plot.width() / barPixels));
}

void EntryBars::showEvent(QShowEvent* event)
{
    Card::showEvent(event);
    place();
    m_counts.setActive(true);
}

void EntryBars::hideEvent(QHideEvent* event)
{
    Card::hideEvent(event);
    m_counts.setActive(false);
}

void EntryBars::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        describe();
    Card::changeEvent(event);
}

} // namespace vigie
