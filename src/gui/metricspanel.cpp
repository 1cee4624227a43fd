// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/metricspanel.h"

#include "gui/cpucard.h"
#include "gui/memorycard.h"
#include "gui/ratecard.h"

#include <QEvent>
#include <QGridLayout>

namespace vigie {

namespace {

constexpr int narrowWidth = 660;

} // namespace

MetricsPanel::MetricsPanel(QWidget* parent)
    : QWidget(parent), m_cpu(new CpuCard(this)), m_cards{m_cpu, new MemoryCard(this), new DiskCard(this),
                                                         new NetworkCard(this)},
      m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(8);
    arrange();
}

bool MetricsPanel::isSeen() const
{
    return isVisible() && !window()->isMinimized();
}

void MetricsPanel::arrange()
{
    const int columns = width() < narrowWidth ? 1 : 2;
    if (columns == m_columns)
        return;
    m_columns = columns;
    for (int i = 0; i < 4; ++i)
        m_grid->addWidget(m_cards[static_cast<std::size_t>(i)], i / columns, i % columns);
    for (int row = 0; row < 4; ++row)
        m_grid->setRowStretch(row, row < 4 / columns ? 1 : 0);
    for (int column = 0; column < 2; ++column)
        m_grid->setColumnStretch(column, column < columns ? 1 : 0);
}

void MetricsPanel::add(const SamplePtr& sample)
{
    m_history.add(*sample);
    m_newest = sample;
    if (m_paused)
        return;
    m_shown = sample;
    if (!isSeen())
        return;
    drawFigures();
    // A long range moves by less than a pixel a sample: then the lines wait until they have moved by two.
    const qint64 pixelMs = m_cards[0]->chart().pixelMs();
    const qint64 stepMs = pixelMs > 1000 ? 2 * pixelMs : 1;
    if (m_history.newestMs() / stepMs != m_nowMs / stepMs || m_nowMs == 0)
        drawLines();
}

void MetricsPanel::drawFigures()
{
    for (ChartCard* card : m_cards)
        card->showSample(*m_shown);
}

void MetricsPanel::drawLines()
{
    if (!m_paused)
        m_nowMs = m_history.newestMs();
    for (ChartCard* card : m_cards)
        card->showHistory(m_history, m_nowMs);
}

void MetricsPanel::setRange(int minutes)
{
    for (ChartCard* card : m_cards)
        card->setRange(minutes);
    catchUp();
}

void MetricsPanel::setPerCore(bool perCore)
{
    m_cpu->setPerCore(perCore);
    catchUp();
}

void MetricsPanel::setPaused(bool paused)
{
    if (paused && !m_paused)
        m_nowMs = m_history.newestMs();
    m_paused = paused;
    if (!paused)
        m_shown = m_newest;
    catchUp();
}

void MetricsPanel::catchUp()
{
    if (!m_shown || !isSeen())
        return;
    drawFigures();
    drawLines();
}

void MetricsPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
    // Another width holds another number of points.
    catchUp();
}

void MetricsPanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    catchUp();
}

void MetricsPanel::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    // Later, because the event reaches the cards after their parent.
    if (event->type() == QEvent::LanguageChange)
        QMetaObject::invokeMethod(this, &MetricsPanel::catchUp, Qt::QueuedConnection);
}

} // namespace vigie
