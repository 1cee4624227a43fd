// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/charts/axisscale.h"
#include "gui/charts/reduction.h"

#include <QChartView>
#include <QColor>
#include <QString>
#include <optional>
#include <vector>

class QLineSeries;
class QValueAxis;

namespace vigie {

/// A chart of one or more lines over a stretch of time, which ends at its right edge, mostly now.
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
        QString name; ///< told where the pointer is nearest to it; empty: never

        bool operator==(const Line&) const = default;
    };

    explicit TimeChart(AxisUnit unit, QWidget* parent = nullptr);

    void setLines(std::vector<Line> lines);
    void setRange(int minutes);
    /// The wall clock's time (ms since the epoch) at the right edge, to be told from; none: it is now.
    void setEnd(std::optional<qint64> endMs);
    /// A moment to mark, in seconds before the right edge; none: no mark.
    void setMark(std::optional<double> secondsAgo);
    std::optional<double> mark() const { return m_mark; }
    qint64 rangeMs() const { return m_rangeMinutes * qint64(60'000); }
    /// Repaints everything when the scale is another one: keep it where it fits.
    void setScale(AxisScale scale);

    /// Shows a line's points up to `nowMs`.
    void setTrace(std::size_t line, const std::vector<TracePoint>& trace, qint64 nowMs);
    /// Shades between what a line's points lay.
    void setBand(std::size_t line, std::vector<BandPoint> band, qint64 nowMs);
    void clearTraces();

    /// The time one pixel stands for.
    qint64 pixelMs() const;
    /// Points of the fullest series.
    qsizetype pointCount() const;
    /// How many traces were drawn so far.
    quint64 traceCount() const { return m_traceCount; }
    QRectF plot() const { return m_plot; }
    /// Name and value of the line nearest to the pointer, as shown beside it; empty: none.
    QString pointedText() const;

Q_SIGNALS:
    /// A moment was clicked, so many seconds before the right edge.
    void momentChosen(double secondsAgo);
    /// The user pulls the past in: the right edge is to move so many seconds back (less than 0: forward).
    void moved(double seconds);
    /// The user wants the next longer range (1), or the next shorter (−1).
    void zoomed(int direction);

protected:
    bool viewportEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
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
        std::vector<QPolygonF> bands; ///< seconds before now, and value: there along the highest and back along the lowest
    };

    /// A named line, where the pointer is.
    struct Pointed
    {
        const Drawn* drawn = nullptr;
        QPointF at; ///< in pixels
        double value = 0;
    };

    std::optional<Pointed> pointed() const;
    void point(std::optional<QPointF> pointer);
    void drawPointed(QPainter& painter) const; ///< in the painter's font
    QString textOf(const Pointed& pointed) const;
    QLineSeries* newSeries(const Line& line);
    void placePlot();
    QPointF place(QPointF point) const;
    double secondsPerPixel() const;

    AxisUnit m_unit;
    int m_rangeMinutes = 5;
    AxisScale m_scale{100, 4};
    QRectF m_plot;
    QValueAxis* m_timeAxis;
    QValueAxis* m_valueAxis;
    std::vector<Drawn> m_lines;
    quint64 m_traceCount = 0;
    std::optional<qint64> m_endMs;
    std::optional<double> m_mark;
    std::optional<QPointF> m_pointer; ///< where the pointer rests on the plot
    QPointF m_pressed;
    double m_movedPixels = 0; ///< since the press, towards the future
    bool m_isPressed = false;
    bool m_isMoving = false;
};

} // namespace vigie
