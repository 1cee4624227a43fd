// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/axisscale.h"
#include "gui/reduction.h"

#include <QChartView>
#include <QColor>
#include <vector>

class QLineSeries;
class QValueAxis;

namespace vigie {

/// A chart of one or more lines over the last minutes, with now at its right edge.
///
/// Lines are Qt Charts series, reduced so that none has more points than the plot is wide. Fills, grid and
/// labels are painted here: a QAreaSeries costs five times the line, and Qt Charts lays its labels out anew
/// at every change.
class TimeChart : public QChartView
{
    Q_OBJECT

public:
    struct Line
    {
        QColor color;
        bool filled = false;

        bool operator==(const Line&) const = default;
    };

    explicit TimeChart(AxisUnit unit, QWidget* parent = nullptr);

    void setLines(std::vector<Line> lines);
    void setRange(int minutes);
    int rangeMinutes() const { return m_rangeMinutes; }
    /// Repaints everything when the scale is another one: keep it where it fits.
    void setScale(AxisScale scale);

    /// Shows a line's points up to `nowMs`.
    void setTrace(std::size_t line, const std::vector<TracePoint>& trace, qint64 nowMs);
    void clearTraces();

    /// The time one pixel stands for.
    qint64 pixelMs() const;
    /// Points of the fullest series.
    qsizetype pointCount() const;
    /// How many traces were drawn so far.
    quint64 traceCount() const { return m_traceCount; }
    QRectF plot() const { return m_plot; }

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void drawBackground(QPainter* painter, const QRectF& rect) override;
    void drawForeground(QPainter* painter, const QRectF& rect) override;

private:
    struct Drawn
    {
        Line line;
        std::vector<QLineSeries*> series; // one a segment, owned by the chart
        std::vector<Segment> segments;
    };

    QLineSeries* newSeries(const Line& line);
    void placePlot();
    QPointF place(QPointF point) const;

    AxisUnit m_unit;
    int m_rangeMinutes = 5;
    AxisScale m_scale{100, 4};
    QRectF m_plot;
    QValueAxis* m_timeAxis;
    QValueAxis* m_valueAxis;
    std::vector<Drawn> m_lines;
    quint64 m_traceCount = 0;
};

} // namespace vigie
