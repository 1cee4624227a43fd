// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/charts/axisscale.h"
#include "gui/charts/reduction.h"
#include "gui/timeline/timeaxis.h"

#include <QChartView>
#include <QColor>
#include <QPointer>
#include <QString>
#include <QStringList>
#include <optional>
#include <vector>

class QLineSeries;
class QValueAxis;

namespace vigie {

class TimeGestures;

/// A chart of one or more lines over a stretch of time.
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
        QString name; ///< told beside its value at the crosshair

        bool operator==(const Line&) const = default;
    };

    explicit TimeChart(AxisUnit unit, QWidget* parent = nullptr);

    /// Shows the moment and the crosshair of `timeline`, and moves it as hand and keys want. It must outlive this.
    void follow(Timeline& timeline);

    void setLines(std::vector<Line> lines);
    /// The stretch that the traces are of. Those there are already are not moved.
    void setStretch(const Stretch& stretch);
    const Stretch& stretch() const { return m_axis.stretch; }
    qint64 rangeMs() const { return m_axis.stretch.rangeMs(); }
    /// Moments to mark at the bottom: errors, ms since the epoch.
    void setErrorMarks(std::vector<qint64> times);
    /// Draws this line thicker; none: that nearest to the pointer.
    void setHighlighted(std::optional<std::size_t> line);
    /// Without labels and margins.
    void setSparkline(bool isSparkline);
    /// The name for screen readers; with the crosshair moved by a key, its time and values are told in its place.
    void setName(const QString& name);
    /// Repaints everything when the scale is another one: keep it where it fits.
    void setScale(AxisScale scale);

    /// Shows a line's points up to `nowMs`, the right edge on the trace's own clock.
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
    QRectF plot() const { return m_axis.plot; }
    /// The pinned moment, where it is within the stretch.
    std::optional<qint64> mark() const;
    /// "Name  value" of each line at the crosshair, as drawn beside it: that nearest to the pointer first.
    QStringList pointedTexts() const;
    /// The line nearest to the pointer; none: the pointer is elsewhere.
    std::optional<std::size_t> nearestLine() const;

Q_SIGNALS:
    /// nearestLine() may be another one.
    void pointerMoved();

protected:
    bool event(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
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

    /// A line's value at the crosshair.
    struct Pointed
    {
        std::size_t line = 0;
        double value = 0;
    };

    /// Of the lines that have a value at the crosshair: by value, highest first, that of nearestLine() before all.
    std::vector<Pointed> pointed() const;
    std::optional<double> pointedSeconds() const;
    void moveCrosshair(int steps);
    void speak();
    QString textOf(const Pointed& pointed) const;
    void drawCrosshair(QPainter& painter) const; ///< in the painter's font
    void drawLegend(QPainter& painter, double x) const;
    void drawMoments(QPainter& painter) const;
    void drawLabels(QPainter& painter) const;
    void drawThick(QPainter& painter, const Drawn& drawn) const;
    QLineSeries* newSeries(const Line& line);
    void placePlot();
    void updatePlot();
    QPointF place(QPointF point) const;

    AxisUnit m_unit;
    AxisScale m_scale{100, 4};
    TimeAxis m_axis{{}, {-300'000, 0, true}};
    QValueAxis* m_timeAxis;
    QValueAxis* m_valueAxis;
    std::vector<Drawn> m_lines;
    quint64 m_traceCount = 0;
    std::vector<qint64> m_errorTimes;
    std::optional<std::size_t> m_highlighted;
    bool m_isSparkline = false;
    bool m_isSpoken = false; ///< the crosshair was moved by a key
    QString m_name;
    QPointer<Timeline> m_timeline;
    TimeGestures* m_gestures = nullptr;
};

} // namespace vigie
