// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "figures/frame.h"
#include "gui/charts/metrichistory.h"
#include "gui/charts/storedtraces.h"
#include "gui/timeline/timeline.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QTimer>
#include <QWidget>
#include <array>

class QGridLayout;

namespace vigie {

class ChartCard;
class CpuCard;

/// The four charts of a timeline's stretch, two by two or, where that is too narrow, under one another; or as one row of small
/// ones. The last hour comes from the samples it is given, anything older or longer from the archive. While the window is hidden
/// or minimised it records and draws nothing.
class MetricsPanel : public QWidget
{
    Q_OBJECT

public:
    static constexpr qint64 memoryMs = MetricHistory::reachMs; ///< how far it reaches without an archive
    static constexpr int staleIntervals = 3; ///< after so many without a sample, figures are old

    /// `timeline` must outlive this.
    explicit MetricsPanel(Timeline& timeline, QWidget* parent = nullptr);

    /// What was measured before; null: nothing is kept. Must outlive this.
    void setArchive(MetricArchive* archive);

    /// Figures follow at once, lines with the timeline's present.
    void add(const FramePtr& frame);
    void setPerCore(bool perCore);
    /// All four in one row, without axes.
    void setCompact(bool isCompact);
    /// Moments with errors, ms since the epoch.
    void setErrorMarks(const std::vector<qint64>& times);
    /// To be called when the window comes back from hidden or minimised.
    void catchUp();

    CpuCard& cpuCard() { return *m_cpu; }
    std::array<ChartCard*, 4> cards() const { return m_cards; }
    const MetricHistory& history() const { return m_history; }
    /// The stretch that is drawn: while the archive is asked, a little behind.
    const Stretch& drawn() const { return m_drawn; }
    /// Whether the charts show what the archive gave.
    bool showsStored() const;

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    bool isSeen() const;
    void arrange();
    void follow(const Stretch& stretch);
    void drawFigures();
    void markStale();
    void draw(const TraceSource& traces, const Stretch& stretch, qint64 endMs);
    void drawRemembered();
    void drawStored(const Stretch& stretch);
    void fillFromArchive();
    void askArchive();
    void showStored(const MetricRangePtr& frame, const Stretch& asked);

    Timeline& m_timeline;
    MetricHistory m_history;
    FramePtr m_newest;
    FramePtr m_shown;  // the frame whose figures are on screen
    Stretch m_drawn;
    int m_columns = 0;
    bool m_isCompact = false;
    CpuCard* m_cpu;
    std::array<ChartCard*, 4> m_cards;
    QGridLayout* m_grid;
    QTimer m_staleTimer;

    MetricArchive* m_archive = nullptr;
    StoredTraces m_stored;
    Stretch m_storedStretch; ///< that m_stored was asked for
    bool m_isAsking = false;
    bool m_asksAgain = false; // the view changed while the archive was asked
    QElapsedTimer m_sinceAsked;
};

} // namespace vigie
