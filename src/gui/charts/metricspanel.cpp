// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/charts/metricspanel.h"

#include "gui/charts/cpucard.h"
#include "gui/charts/memorycard.h"
#include "gui/charts/ratecard.h"

#include <QDateTime>
#include <QEvent>
#include <QGridLayout>
#include <algorithm>
#include <cstdlib>

namespace vigie {

namespace {

constexpr int narrowWidth = 660;
constexpr int fewestPoints = 100; // that the archive is asked for
constexpr qint64 minuteMs = 60'000;
constexpr qint64 quickestAskMs = 2'000; // while the present moves on

} // namespace

MetricsPanel::MetricsPanel(QWidget* parent)
    : QWidget(parent), m_cpu(new CpuCard(this)), m_cards{m_cpu, new MemoryCard(this), new DiskCard(this),
                                                         new NetworkCard(this)},
      m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(8);
    arrange();
    for (ChartCard* card : m_cards) {
        const TimeChart* chart = &card->chart();
        connect(chart, &TimeChart::moved, this, &MetricsPanel::moveBack);
        connect(chart, &TimeChart::zoomed, this, &MetricsPanel::zoomed);
        connect(chart, &TimeChart::momentChosen, this, [this](double secondsAgo) {
            Q_EMIT momentChosen(drawnEndMs() - static_cast<qint64>(secondsAgo * 1'000));
        });
    }
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

void MetricsPanel::add(const FramePtr& frame)
{
    m_history.add(*frame);
    m_newest = frame;
    if (m_paused)
        return;
    m_shown = frame;
    if (!isSeen())
        return;
    drawFigures();
    // A long range moves by less than a pixel a sample: then the lines wait until they have moved by two.
    const qint64 pixelMs = m_cards[0]->chart().pixelMs();
    if (showsStored()) {
        if (!m_isAsking && (!m_sinceAsked.isValid() || m_sinceAsked.elapsed() >= std::max(2 * pixelMs, quickestAskMs)))
            askArchive();
        return;
    }
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
        card->showLines(m_history, m_nowMs);
    drawMark();
}

void MetricsPanel::drawStored()
{
    for (ChartCard* card : m_cards) {
        card->chart().setEnd(drawnEndMs());
        card->showLines(m_stored, drawnEndMs());
    }
    drawMark();
}

void MetricsPanel::drawMark()
{
    std::optional<double> secondsAgo;
    if (m_markMs)
        secondsAgo = static_cast<double>(drawnEndMs() - *m_markMs) / 1'000;
    for (ChartCard* card : m_cards)
        card->chart().setMark(secondsAgo);
}

qint64 MetricsPanel::endWallMs() const
{
    return m_endMs ? *m_endMs : m_history.wallMs(m_paused ? m_nowMs : m_history.newestMs());
}

qint64 MetricsPanel::drawnEndMs() const
{
    const bool isBehind = showsStored() && !m_endMs && m_storedEndMs > 0;
    return isBehind ? m_storedEndMs : endWallMs();
}

void MetricsPanel::setArchive(MetricArchive* archive)
{
    m_archive = archive;
    fillFromArchive();
}

void MetricsPanel::fillFromArchive()
{
    if (!m_archive)
        return;
    MetricQuery query;
    query.toMs = QDateTime::currentMSecsSinceEpoch();
    query.fromMs = query.toMs - memoryMinutes * minuteMs;
    query.points = static_cast<int>(MetricHistory::capacity);
    query.series = StoredTraces::series();
    m_archive->metrics(query, [panel = QPointer(this)](const MetricRangePtr& frame) {
        if (!panel || frame->times.empty())
            return;
        panel->m_history.addStored(*frame);
        if (!panel->showsStored())
            panel->catchUp();
    });
}

void MetricsPanel::askArchive()
{
    if (!m_archive || !m_newest)
        return;
    m_asksAgain = m_isAsking;
    if (m_isAsking)
        return;
    m_isAsking = true;
    m_sinceAsked.start();
    MetricQuery query;
    query.toMs = endWallMs();
    query.fromMs = query.toMs - m_minutes * minuteMs;
    // Two points a column, as the lines are reduced to, and for the widest chart.
    query.points = fewestPoints;
    for (const ChartCard* card : m_cards)
        query.points = std::max(query.points, static_cast<int>(card->chart().plot().width() / 2));
    query.series = StoredTraces::series();
    m_archive->metrics(query, [panel = QPointer(this), endMs = query.toMs](const MetricRangePtr& frame) {
        if (panel)
            panel->showStored(frame, endMs);
    });
}

void MetricsPanel::showStored(const MetricRangePtr& frame, qint64 endMs)
{
    m_isAsking = false;
    m_stored = StoredTraces(frame);
    m_storedEndMs = endMs;
    if (m_asksAgain)
        askArchive();
    if (showsStored() && isSeen())
        drawStored();
}

void MetricsPanel::setRange(int minutes)
{
    m_minutes = minutes;
    for (ChartCard* card : m_cards)
        card->setRange(minutes);
    catchUp();
}

void MetricsPanel::moveBack(double seconds)
{
    if (!m_archive || !m_newest)
        return;
    const qint64 present = m_history.wallMs(m_history.newestMs());
    m_endMs = std::clamp(endWallMs() - static_cast<qint64>(seconds * 1'000), m_minutes * minuteMs, present);
    if (!m_paused) {
        m_paused = true;
        m_nowMs = m_history.newestMs();
        Q_EMIT pausedByMoving();
    }
    // The lines follow the hand at once, and what is missing of them comes with the answer.
    if (m_storedEndMs > 0) {
        const qint64 shift = *m_endMs - m_storedEndMs;
        if (shift != 0 && std::abs(shift) < m_minutes * minuteMs)
            drawStored();
    }
    askArchive();
}

void MetricsPanel::setMark(std::optional<qint64> wallMs)
{
    m_markMs = wallMs;
    drawMark();
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
    if (!paused) {
        m_shown = m_newest;
        m_endMs.reset();
    }
    catchUp();
}

void MetricsPanel::catchUp()
{
    if (!m_shown || !isSeen())
        return;
    drawFigures();
    if (showsStored()) {
        askArchive();
        return;
    }
    for (ChartCard* card : m_cards)
        card->chart().setEnd(std::nullopt);
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
