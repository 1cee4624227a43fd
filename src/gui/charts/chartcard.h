// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "figures/figurereader.h"
#include "gui/widgets/card.h"
#include "gui/charts/tracesource.h"
#include "gui/charts/timechart.h"

#include <QLocale>
#include <optional>

class QHBoxLayout;
class QVBoxLayout;
class QLabel;
class QStackedLayout;

namespace vigie {

class ElidedLabel;
class ValueLabel;
struct Theme;

/// One of the window's charts with its title and its current figures. What is measured is for the subclass
/// to say. A part that the frame does not have is replaced by a sentence that says so.
class ChartCard : public Card
{
    Q_OBJECT

public:
    TimeChart& chart() { return *m_chart; }
    const TimeChart& chart() const { return *m_chart; }

    /// The figures of `frame`, in words and numbers.
    void showSample(const Frame& frame);
    /// The lines up to `nowMs`, on the clock of `traces`.
    void showLines(const TraceSource& traces, qint64 nowMs);
    /// The stretch that showLines() is to be of.
    void setStretch(const Stretch& stretch);
    /// Greys the figures, which are from then (ms since the epoch); none: they are of now.
    void setStale(std::optional<qint64> sinceMs);
    bool isStale() const { return m_staleMs.has_value(); }
    /// One low card: name, first figure, and a small line.
    void setCompact(bool isCompact);

protected:
    /// `series`: the names of the series told in figures; without the first there is nothing to show.
    ChartCard(AxisUnit unit, int figures, std::vector<std::string_view> series, QWidget* parent);

    virtual QString titleText() const = 0;
    virtual QString missingText() const = 0;
    virtual QStringList captions() const = 0;
    /// The figure that a compact card shows.
    virtual std::size_t mainFigure() const { return 0; }
    /// The widest text any figure is going to show.
    virtual QString widestFigure() const = 0;
    /// Told of a catalogue that is new to the card, before its first frame is shown.
    virtual void follow(const Catalogue& catalogue) { Q_UNUSED(catalogue) }
    /// Shows the values of `series()`.
    virtual void setFigures() = 0;
    virtual void drawLines(const TraceSource& traces, qint64 nowMs) = 0;
    virtual void setColors(const Theme& theme) = 0;

    /// To be called at the end of the subclass's constructor: texts and colours come from virtual functions.
    void finish();
    /// Shows the parts that a card of its size has.
    virtual void arrange();
    bool isCompact() const { return m_isCompact; }
    /// A widget between the words and the chart.
    void addBelowTitle(QWidget* widget);
    void changeEvent(QEvent* event) override;

    const FigureReader& series() const { return m_series; }
    ValueLabel& figure(std::size_t i) { return *m_figures[i]; }
    void setSecondary(const QString& text);
    QHBoxLayout& titleRow() { return *m_titleRow; }
    /// Draws one metric on one line and returns the highest value on it.
    double drawMetric(std::size_t line, Metric metric, const TraceSource& traces, qint64 nowMs);
    qint64 oldestMs(qint64 nowMs) const { return nowMs - m_chart->rangeMs(); }
    const QLocale& numbers() const { return m_locale; }

private:
    void retranslate();
    void showPart(bool present);
    void showSecondary();

    TimeChart* m_chart;
    ElidedLabel* m_title;
    ElidedLabel* m_secondary;
    QLabel* m_mainFigure; ///< of a compact card
    QLabel* m_message;
    QHBoxLayout* m_titleRow;
    QVBoxLayout* m_column;
    QStackedLayout* m_stack;
    std::vector<ValueLabel*> m_figures;
    FigureReader m_series;
    QLocale m_locale;
    bool m_seen = false;
    bool m_present = false;
    bool m_isCompact = false;
    QString m_secondaryText;
    std::optional<qint64> m_staleMs;
};

} // namespace vigie
