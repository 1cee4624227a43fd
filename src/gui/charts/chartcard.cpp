// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/charts/chartcard.h"

#include "gui/widgets/daytext.h"
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
      m_secondary(new ElidedLabel(ElidedLabel::Tone::Muted)), m_mainFigure(new QLabel), m_message(new QLabel),
      m_titleRow(new QHBoxLayout), m_column(new QVBoxLayout(this)), m_stack(new QStackedLayout),
      m_series(std::move(series))
{
    m_titleRow->setSpacing(8);
    m_titleRow->addStrut(20);
    m_titleRow->addWidget(m_title);
    m_titleRow->addStretch(1);
    m_titleRow->addWidget(m_mainFigure);
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
    m_mainFigure->setObjectName(QStringLiteral("mainFigure"));
    m_message->setAlignment(Qt::AlignCenter);
    m_message->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred); // it is no reason to be wide
    m_message->setForegroundRole(QPalette::PlaceholderText);
    m_stack->addWidget(m_message);
    m_stack->addWidget(m_chart);
    m_column->setSpacing(4);
    m_column->addLayout(head);
    m_column->addLayout(m_stack, 1);
}

void ChartCard::finish()
{
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
    if (m_isCompact)
        m_mainFigure->setText(m_figures[mainFigure()]->value());
    QStringList values;
    for (const ValueLabel* label : m_figures) {
        if (m_isCompact || !label->isHidden())
            values.append(label->caption() + u' ' + label->value());
    }
    m_chart->setAccessibleDescription(present ? values.join(QStringLiteral(", ")) : missingText());
}

void ChartCard::showPart(bool present)
{
    m_present = present;
    m_stack->setCurrentWidget(present ? static_cast<QWidget*>(m_chart) : m_message);
    m_message->setText(m_seen ? missingText() : tr("Waiting for the first measurement…"));
    arrange();
}

void ChartCard::arrange()
{
    m_secondary->setVisible(m_present && !m_isCompact);
    m_mainFigure->setVisible(m_present && m_isCompact);
    for (ValueLabel* label : m_figures)
        label->setVisible(m_present && !m_isCompact);
    m_chart->setMinimumHeight(m_isCompact ? 36 : 58);
    m_chart->setSparkline(m_isCompact);
    if (m_isCompact)
        m_column->setContentsMargins(10, 6, 10, 6);
    else
        m_column->setContentsMargins(16, 12, 12, 8);
    updateGeometry(); // at once: the window asks how low one row is
}

void ChartCard::setCompact(bool isCompact)
{
    if (isCompact == m_isCompact)
        return;
    m_isCompact = isCompact;
    arrange();
    if (m_present) {
        setFigures();
        m_mainFigure->setText(m_figures[mainFigure()]->value());
    }
}

void ChartCard::addBelowTitle(QWidget* widget)
{
    m_column->insertWidget(1, widget);
}

void ChartCard::showLines(const TraceSource& traces, qint64 nowMs)
{
    if (m_present)
        drawLines(traces, nowMs);
}

void ChartCard::setStretch(const Stretch& stretch)
{
    m_chart->setStretch(stretch);
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
    m_secondaryText = text;
    showSecondary();
}

void ChartCard::showSecondary()
{
    m_secondary->setText(m_staleMs ? tr("As of %1", "time").arg(clockText(*m_staleMs, QDate::currentDate(), m_locale))
                                   : m_secondaryText);
}

void ChartCard::setStale(std::optional<qint64> sinceMs)
{
    if (sinceMs == m_staleMs)
        return;
    m_staleMs = sinceMs;
    for (ValueLabel* label : m_figures)
        label->setEnabled(!sinceMs);
    m_mainFigure->setEnabled(!sinceMs);
    showSecondary();
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
    m_chart->setName(tr("%1, chart").arg(titleText()));
    showSecondary();
    showPart(m_present);
    setColors(Theme::of(palette())); // the lines have names
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
