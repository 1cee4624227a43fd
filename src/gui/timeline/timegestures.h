// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/timeline/timeaxis.h"

#include <QObject>
#include <QPointer>
#include <QPointF>
#include <optional>

class QMouseEvent;
class QTouchEvent;
class QWheelEvent;
class QWidget;

namespace vigie {

/// What a hand does on a widget with a time axis, as docs/design-language.md has it: drag zooms, Shift- or middle-drag and two
/// fingers pan, the wheel and a pinch zoom at the pointer, a click pins, a double click goes back. GUI thread.
class TimeGestures : public QObject
{
    Q_OBJECT

public:
    /// `surface` owns it and gives it its events; it must track the mouse. `timeline` must outlive both.
    TimeGestures(QWidget* surface, Timeline& timeline);

    /// What is drawn now. Anything outside its plot is not for us.
    void setAxis(const TimeAxis& axis);

    /// The stretch that is being drawn up for a zoom, in pixels; none: nothing is.
    struct Band
    {
        double left = 0;
        double right = 0;
    };
    std::optional<Band> band() const;
    /// The pointer's place on the plot, while it rests there.
    std::optional<QPointF> pointer() const { return m_pointer; }

Q_SIGNALS:
    /// band() or pointer() changed.
    void moved();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    enum class Drag { None, Pressed, Zoom, PanPressed, Pan };

    bool press(QPointF at, bool pans);
    void drag(QPointF at);
    void release(QPointF at);
    bool doubleClick(QPointF at);
    bool wheel(const QWheelEvent& event);
    bool touch(const QTouchEvent& event);
    void hover(std::optional<QPointF> pointer);
    void panTo(double x);

    QWidget& m_surface;
    QPointer<Timeline> m_timeline;
    TimeAxis m_axis;
    std::optional<QPointF> m_pointer;
    Drag m_drag = Drag::None;
    QPointF m_pressed;
    QPointF m_at;
    double m_pannedTo = 0;
    double m_fingersX = 0; ///< the middle between two fingers
    double m_fingersApart = 0; ///< 0: there are not two
    /// The moment before the last press, if that was a click that has pinned another.
    std::optional<std::optional<qint64>> m_momentBefore;
};

} // namespace vigie
