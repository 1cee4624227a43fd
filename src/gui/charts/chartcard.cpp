// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/charts/chartcard.h"

#include "gui/widgets/elidedlabel.h"
#include "gui/widgets/valuelabel.h"
#include "gui/widgets/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QStackedLayout>
#include <algorithm>
#include <cmath>

namespace vigie {

ChartCard::ChartCard(AxisUnit unit, int figures, std::vector<std::string_view> series, QWidget* parent)
    : Card(parent), m_chart(new TimeChart(unit, this)), m_title(new ElidedLabel(ElidedLabel::Tone::Strong)),
      m_secondary(new ElidedLabel(ElidedLabel::Tone::Muted)), m_message(new QLabel),
      m_titleRow(new QHBoxLayout), m_stack(new QStackedLayout), m_series(std::move(series))
{
    m_titleRow->setSpacing(8);
    m_titleRow->addStrut(20);
    m_chart->setMinimumHeight(58);
    m_titleRow->addWidget(m_title);
    m_titleRow->addStretch(1);
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    words->addLayout(m_titleRow);
    words->addWidget(m_secondary);
    words->addStretch(1);
    auto* head = new QHBoxLayout;
    head->setSpacing(16);
    head->addLayout(words, 1);
    for (int i = 0; i < figures; ++i) {
        m_figures.push_back(new ValueLabel);
        head->addWidget(m_figures.back(), 0, Qt::AlignTop);
    }
    m_message->setAlignment(Qt::AlignCenter);
    m_message->setForegroundRole(QPalette::PlaceholderText);
    m_stack->addWidget(m_message);
    m_stack->addWidget(m_chart);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 12, 8);
    column->setSpacing(4);
    column->addLayout(head);
    column->addLayout(m_stack, 1);
}

void ChartCard::finish()
{
    setColors(Theme::of(palette()));
    retranslate();
}

void ChartCard::showSample(const Frame& frame)
{
    if (m_series.read(frame) && frame.catalogue)
        follow(*frame.catalogue);
    const bool first = !m_seen;
    m_seen = true;
    const bool present = m_series.isKnown(0);
    if (present != m_present || first)
        showPart(present);
    if (present)
        setFigures();
    QStringList values;
    for (const ValueLabel* label : m_figures) {
        if (label->isVisibleTo(this))
            values.append(label->caption() + u' ' + label->value());
    }
    m_chart->setAccessibleDescription(present ? values.join(QStringLiteral(", ")) : missingText());
}

void ChartCard::showPart(bool present)
{
    m_present = present;
    m_stack->setCurrentWidget(present ? static_cast<QWidget*>(m_chart) : m_message);
    m_secondary->setVisible(present);
    for (ValueLabel* label : m_figures)
        label->setVisible(present);
    m_message->setText(m_seen ? missingText() : tr("Waiting for the first measurement…"));
}

void ChartCard::showLines(const TraceSource& traces, qint64 nowMs)
{
    if (m_present)
        drawLines(traces, nowMs);
}

void ChartCard::setRange(int minutes)
{
    m_chart->setRange(minutes);
}

double ChartCard::drawMetric(std::size_t line, Metric metric, const TraceSource& traces, qint64 nowMs)
{
    const std::vector<TracePoint> trace = traces.trace(metric, oldestMs(nowMs));
    std::vector<BandPoint> band = traces.band(metric, oldestMs(nowMs));
    m_chart->setTrace(line, trace, nowMs);
    double highest = 0;
    for (const TracePoint& point : trace) {
        if (!std::isnan(point.value) && point.timeMs <= nowMs)
            highest = std::max(highest, point.value);
    }
    for (const BandPoint& point : band) {
        if (!std::isnan(point.high) && point.timeMs <= nowMs)
            highest = std::max(highest, point.high);
    }
    m_chart->setBand(line, std::move(band), nowMs);
    return highest;
}

void ChartCard::setSecondary(const QString& text)
{
    m_secondary->setText(text);
}

void ChartCard::retranslate()
{
    m_locale = QLocale();
    m_title->setText(titleText());
    const QStringList names = captions();
    for (std::size_t i = 0; i < m_figures.size(); ++i) {
        m_figures[i]->setCaption(names.at(static_cast<qsizetype>(i)));
        m_figures[i]->setWidest(widestFigure());
    }
    m_chart->setAccessibleName(tr("%1, chart").arg(titleText()));
    showPart(m_present);
}

void ChartCard::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    else if (event->type() == QEvent::PaletteChange)
        setColors(Theme::of(palette()));
    Card::changeEvent(event);
}

} // namespace vigie
