// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "figures/frame.h"
#include "gui/charts/metrichistory.h"
#include "gui/charts/storedtraces.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QWidget>
#include <array>
#include <optional>

class QGridLayout;

namespace vigie {

class ChartCard;
class CpuCard;

/// The four charts, two by two or, where that is too narrow, under one another. The last hour comes from the samples it
/// is given, anything older or longer from the archive. While the window is hidden or minimised it records and draws
/// nothing.
class MetricsPanel : public QWidget
{
    Q_OBJECT

public:
    static constexpr int memoryMinutes = 60; ///< what it can show without an archive

    explicit MetricsPanel(QWidget* parent = nullptr);

    /// What was measured before; null: nothing is kept. Must outlive this.
    void setArchive(MetricArchive* archive);

    void add(const FramePtr& frame);
    void setRange(int minutes);
    void setPerCore(bool perCore);
    /// A paused panel stays at the moment of the pause; it goes on recording.
    void setPaused(bool paused);
    /// Moves the right edge so many seconds back, or forward, and pauses there; never beyond the present.
    void moveBack(double seconds);
    /// Marks a moment, ms since the epoch, on all charts; none: takes the mark away.
    void setMark(std::optional<qint64> wallMs);
    /// To be called when the window comes back from hidden or minimised.
    void catchUp();

    CpuCard& cpuCard() { return *m_cpu; }
    std::array<ChartCard*, 4> cards() const { return m_cards; }
    const MetricHistory& history() const { return m_history; }
    /// The wall clock's time at the right edge, ms since the epoch.
    qint64 endWallMs() const;
    /// That of what is drawn: while the archive is asked, a little behind.
    qint64 drawnEndMs() const;
    /// Whether the charts show what the archive gave.
    bool showsStored() const { return m_minutes > memoryMinutes || m_endMs; }

Q_SIGNALS:
    /// The user left the present, as with setPaused().
    void pausedByMoving();
    /// The user clicked a moment, ms since the epoch.
    void momentChosen(qint64 wallMs);
    /// As TimeChart::zoomed().
    void zoomed(int direction);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    bool isSeen() const;
    void arrange();
    void drawFigures();
    void drawLines();
    void drawStored();
    void drawMark();
    void fillFromArchive();
    void askArchive();
    void showStored(const MetricRangePtr& frame, qint64 endMs);

    MetricHistory m_history;
    FramePtr m_newest;
    FramePtr m_shown;  // the frame whose figures are on screen
    qint64 m_nowMs = 0; // the right edge of the charts, on the history's clock
    bool m_paused = false;
    int m_minutes = 5;
    std::optional<qint64> m_endMs; // the right edge where it is in the past and not in memory, wall clock
    std::optional<qint64> m_markMs;
    int m_columns = 0;
    CpuCard* m_cpu;
    std::array<ChartCard*, 4> m_cards;
    QGridLayout* m_grid;

    MetricArchive* m_archive = nullptr;
    StoredTraces m_stored;
    qint64 m_storedEndMs = 0;
    bool m_isAsking = false;
    bool m_asksAgain = false; // the view changed while the archive was asked
    QElapsedTimer m_sinceAsked;
};

} // namespace vigie
