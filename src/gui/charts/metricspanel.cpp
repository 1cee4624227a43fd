// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/charts/metricspanel.h"

#include "gui/charts/cpucard.h"
#include "gui/charts/memorycard.h"
#include "gui/charts/ratecard.h"

#include <QDateTime>
#include <QEvent>
#include <QGridLayout>
#include <algorithm>

namespace vigie {

namespace {

constexpr int narrowWidth = 660;
constexpr int fewestPoints = 100; // that the archive is asked for
constexpr qint64 quickestAskMs = 2'000; // while the present moves on
constexpr qint64 leastIntervalMs = 1'000;

} // namespace

MetricsPanel::MetricsPanel(Timeline& timeline, QWidget* parent)
    : QWidget(parent), m_timeline(timeline), m_cpu(new CpuCard(this)),
      m_cards{m_cpu, new MemoryCard(this), new DiskCard(this), new NetworkCard(this)}, m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(8);
    arrange();
    for (ChartCard* card : m_cards)
        card->chart().follow(timeline);
    connect(&timeline, &Timeline::changed, this, &MetricsPanel::follow);
    m_staleTimer.setSingleShot(true);
    connect(&m_staleTimer, &QTimer::timeout, this, &MetricsPanel::markStale);
}

bool MetricsPanel::isSeen() const
{
    return isVisible() && !window()->isMinimized();
}

void MetricsPanel::setCompact(bool isCompact)
{
    if (isCompact == m_isCompact)
        return;
    m_isCompact = isCompact;
    for (ChartCard* card : m_cards)
        card->setCompact(isCompact);
    arrange();
}

void MetricsPanel::arrange()
{
    const int columns = m_isCompact ? 4 : width() < narrowWidth ? 1 : 2;
    if (columns == m_columns)
        return;
    m_columns = columns;
    for (int i = 0; i < 4; ++i)
        m_grid->addWidget(m_cards[static_cast<std::size_t>(i)], i / columns, i % columns);
    for (int row = 0; row < 4; ++row)
        m_grid->setRowStretch(row, row < 4 / columns ? 1 : 0);
    for (int column = 0; column < 4; ++column)
        m_grid->setColumnStretch(column, column < columns ? 1 : 0);
}

void MetricsPanel::add(const FramePtr& frame)
{
    const bool isFirst = m_newest == nullptr;
    m_history.add(*frame);
    m_newest = frame;
    if (!m_timeline.isLive() && !isFirst)
        return;
    m_shown = frame;
    // Also while it is hidden: what is shown again may be old by then.
    m_staleTimer.start(static_cast<int>(staleIntervals * std::max<qint64>(leastIntervalMs, frame->intervalMs)));
    if (isSeen())
        drawFigures();
}

void MetricsPanel::drawFigures()
{
    for (ChartCard* card : m_cards) {
        card->showSample(*m_shown);
        card->setStale(m_staleTimer.isActive() ? std::nullopt : std::optional(m_shown->timestampMs));
    }
}

void MetricsPanel::markStale()
{
    if (m_shown && isSeen())
        drawFigures();
}

bool MetricsPanel::showsStored() const
{
    return m_archive && !m_history.reaches(m_history.timeAt(m_timeline.stretch().fromMs));
}

void MetricsPanel::follow(const Stretch& stretch)
{
    if (stretch.isLive && m_newest)
        m_shown = m_newest;
    if (!m_newest || !isSeen())
        return;
    const bool isOnlyLater = stretch.isLive && m_drawn.isLive && stretch.rangeMs() == m_drawn.rangeMs();
    if (stretch.isLive && !isOnlyLater)
        drawFigures();
    // A long range moves by less than a pixel a sample: then the lines wait until they have moved by two.
    const qint64 pixelMs = m_cards[0]->chart().pixelMs();
    if (showsStored()) {
        if (!isOnlyLater) {
            // The lines follow the hand at once, and what is missing of them comes with the answer.
            if (stretch.fromMs < m_storedStretch.toMs && stretch.toMs > m_storedStretch.fromMs)
                drawStored(stretch);
            askArchive();
        } else if (!m_isAsking && (!m_sinceAsked.isValid() || m_sinceAsked.elapsed() >= std::max(2 * pixelMs, quickestAskMs))) {
            askArchive();
        }
        return;
    }
    const qint64 stepMs = pixelMs > 1000 ? 2 * pixelMs : 1;
    if (!isOnlyLater || stretch.toMs / stepMs != m_drawn.toMs / stepMs)
        drawRemembered();
}

void MetricsPanel::draw(const TraceSource& traces, const Stretch& stretch, qint64 endMs)
{
    m_drawn = stretch;
    for (ChartCard* card : m_cards) {
        card->setStretch(stretch);
        card->showLines(traces, endMs);
    }
}

void MetricsPanel::drawRemembered()
{
    const Stretch stretch = m_timeline.stretch();
    // The clock may have been set while the stretch was held: the newest point is live all the same.
    draw(m_history, stretch, stretch.isLive ? m_history.newestMs() : m_history.timeAt(stretch.toMs));
}

void MetricsPanel::drawStored(const Stretch& stretch)
{
    draw(m_stored, stretch, stretch.toMs);
}

void MetricsPanel::setErrorMarks(const std::vector<qint64>& times)
{
    for (ChartCard* card : m_cards)
        card->chart().setErrorMarks(times);
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
    query.fromMs = query.toMs - memoryMs;
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
    const Stretch stretch = m_timeline.stretch();
    MetricQuery query;
    query.fromMs = stretch.fromMs;
    query.toMs = stretch.toMs;
    // Two points a column, as the lines are reduced to, and for the widest chart.
    query.points = fewestPoints;
    for (const ChartCard* card : m_cards)
        query.points = std::max(query.points, static_cast<int>(card->chart().plot().width() / 2));
    query.series = StoredTraces::series();
    m_archive->metrics(query, [panel = QPointer(this), stretch](const MetricRangePtr& frame) {
        if (panel)
            panel->showStored(frame, stretch);
    });
}

void MetricsPanel::showStored(const MetricRangePtr& frame, const Stretch& asked)
{
    m_isAsking = false;
    m_stored = StoredTraces(frame);
    m_storedStretch = asked;
    if (m_asksAgain)
        askArchive();
    if (!showsStored() || !isSeen())
        return;
    // Live, the answer is shown as of when it was asked for; the past stands where it is by now.
    const Stretch now = m_timeline.stretch();
    drawStored(now.isLive && asked.isLive && now.rangeMs() == asked.rangeMs() ? asked : now);
}

void MetricsPanel::setPerCore(bool perCore)
{
    m_cpu->setPerCore(perCore);
    catchUp();
}

void MetricsPanel::catchUp()
{
    if (!m_shown || !isSeen())
        return;
    drawFigures();
    if (showsStored())
        askArchive();
    else
        drawRemembered();
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
