// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sample.h"
#include "gui/metrichistory.h"

#include <QWidget>
#include <array>

class QGridLayout;

namespace vigie {

class ChartCard;
class CpuCard;

/// The four charts, two by two or, where that is too narrow, under one another. Keeps the history they show.
/// While the window is hidden or minimised it records and draws nothing.
class MetricsPanel : public QWidget
{
    Q_OBJECT

public:
    explicit MetricsPanel(QWidget* parent = nullptr);

    void add(const SamplePtr& sample);
    void setRange(int minutes);
    void setPerCore(bool perCore);
    /// A paused panel stays at the moment of the pause; it goes on recording.
    void setPaused(bool paused);
    /// To be called when the window comes back from hidden or minimised.
    void catchUp();

    CpuCard& cpuCard() { return *m_cpu; }
    std::array<ChartCard*, 4> cards() const { return m_cards; }
    const MetricHistory& history() const { return m_history; }

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    bool isSeen() const;
    void arrange();
    void drawFigures();
    void drawLines();

    MetricHistory m_history;
    SamplePtr m_newest;
    SamplePtr m_shown;  // the sample whose figures are on screen
    qint64 m_nowMs = 0; // the right edge of the charts
    bool m_paused = false;
    int m_columns = 0;
    CpuCard* m_cpu;
    std::array<ChartCard*, 4> m_cards;
    QGridLayout* m_grid;
};

} // namespace vigie
