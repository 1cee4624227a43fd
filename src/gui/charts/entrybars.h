// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/charts/entrycounts.h"
#include "gui/timeline/timeaxis.h"
#include "gui/widgets/card.h"

namespace vigie {

class TimeGestures;

/// The log's entries over a timeline's stretch: a bar for each step, of the levels' colours, with the gestures of the charts.
class EntryBars : public Card
{
    Q_OBJECT

public:
    /// `timeline` must outlive this.
    explicit EntryBars(Timeline& timeline, QWidget* parent = nullptr);

    EntryCounts& counts() { return m_counts; }
    const TimeAxis& axis() const { return m_axis; }
    /// The counts of the bar at the crosshair in words, as they are shown beside it; empty: there are none.
    QStringList pointedTexts() const;

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void follow();
    void place();
    void describe();
    void drawBars(QPainter& painter, quint64 highest) const;
    void drawCrosshair(QPainter& painter) const;
    /// The step at the crosshair, by its place in the counts.
    std::optional<std::size_t> pointedStep() const;
    /// The highest sum of a step within the stretch.
    quint64 highest() const;

    Timeline& m_timeline;
    EntryCounts m_counts;
    TimeAxis m_axis;
    TimeGestures* m_gestures;
};

} // namespace vigie
