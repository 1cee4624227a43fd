// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/timeline/timegestures.h"

#include <QApplication>
#include <QMouseEvent>
#include <QTouchEvent>
#include <QWheelEvent>
#include <QWidget>
#include <algorithm>
#include <cmath>

namespace vigie {

namespace {

constexpr double unitsPerNotch = 120;
constexpr double notchShare = 0.1; // of the range, that one notch of the wheel pans
constexpr double leastApart = 20; // pixels; nearer fingers say nothing of a zoom

} // namespace

TimeGestures::TimeGestures(QWidget* surface, Timeline& timeline)
    : QObject(surface), m_surface(*surface), m_timeline(&timeline)
{
    surface->setMouseTracking(true);
    surface->setAttribute(Qt::WA_AcceptTouchEvents);
    surface->installEventFilter(this);
}

void TimeGestures::setAxis(const TimeAxis& axis)
{
    m_axis = axis;
    // Under a pointer at rest, time goes on.
    if (m_pointer && m_timeline)
        m_timeline->point(m_axis.timeAt(m_pointer->x()));
}

std::optional<TimeGestures::Band> TimeGestures::band() const
{
    if (m_drag != Drag::Zoom)
        return std::nullopt;
    const double at = std::clamp(m_at.x(), m_axis.plot.left(), m_axis.plot.right());
    return Band{std::min(m_pressed.x(), at), std::max(m_pressed.x(), at)};
}

bool TimeGestures::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != &m_surface || !m_timeline)
        return false;
    const auto& mouse = *static_cast<QMouseEvent*>(event);
    switch (event->type()) {
    case QEvent::MouseButtonPress: {
        const bool pans = mouse.button() == Qt::MiddleButton || mouse.modifiers().testFlag(Qt::ShiftModifier);
        if ((mouse.button() != Qt::LeftButton && mouse.button() != Qt::MiddleButton) || !press(mouse.position(), pans))
            return false;
        break;
    }
    case QEvent::MouseMove:
        if (m_drag != Drag::None)
            drag(mouse.position());
        hover(m_drag == Drag::None && m_axis.plot.contains(mouse.position()) ? std::optional(mouse.position()) : std::nullopt);
        break;
    case QEvent::MouseButtonRelease:
        if (m_drag == Drag::None)
            return false;
        release(mouse.position());
        break;
    case QEvent::MouseButtonDblClick:
        if (mouse.button() != Qt::LeftButton || !doubleClick(mouse.position()))
            return false;
        break;
    case QEvent::Wheel:
        if (!wheel(*static_cast<QWheelEvent*>(event)))
            return false;
        break;
    case QEvent::TouchBegin:
    case QEvent::TouchUpdate:
    case QEvent::TouchEnd:
    case QEvent::TouchCancel:
        if (!touch(*static_cast<QTouchEvent*>(event)))
            return false;
        break;
    case QEvent::Leave:
        hover(std::nullopt);
        return false;
    default:
        return false;
    }
    event->accept();
    return true;
}

bool TimeGestures::press(QPointF at, bool pans)
{
    m_momentBefore.reset();
    if (!m_axis.plot.contains(at))
        return false;
    m_drag = pans ? Drag::PanPressed : Drag::Pressed;
    m_pressed = m_at = at;
    m_pannedTo = at.x();
    return true;
}

void TimeGestures::drag(QPointF at)
{
    m_at = at;
    const bool isFar = std::abs(at.x() - m_pressed.x()) >= QApplication::startDragDistance();
    if (isFar && m_drag == Drag::Pressed)
        m_drag = Drag::Zoom;
    else if (isFar && m_drag == Drag::PanPressed)
        m_drag = Drag::Pan;
    if (m_drag == Drag::Pan)
        panTo(at.x());
    else if (m_drag == Drag::Zoom)
        Q_EMIT moved();
}

void TimeGestures::panTo(double x)
{
    // What lies under the hand goes with it: to the right is back in time.
    const double pixels = x - m_pannedTo;
    m_pannedTo = x;
    m_timeline->pan(-std::llround(pixels * m_axis.msPerPixel()));
}

void TimeGestures::release(QPointF at)
{
    m_at = at;
    const auto zoomed = band();
    const Drag was = std::exchange(m_drag, Drag::None);
    if (was == Drag::Pressed) {
        m_momentBefore = m_timeline->moment();
        m_timeline->pin(m_axis.timeAt(at.x()));
    } else if (zoomed && zoomed->right > zoomed->left) {
        m_timeline->show(m_axis.timeAt(zoomed->left), m_axis.timeAt(zoomed->right));
    }
    Q_EMIT moved();
}

bool TimeGestures::doubleClick(QPointF at)
{
    if (!m_axis.plot.contains(at))
        return false;
    m_drag = Drag::None;
    // Its first click was none of its own.
    if (m_momentBefore)
        m_timeline->restoreMoment(*m_momentBefore);
    m_momentBefore.reset();
    m_timeline->back();
    return true;
}

bool TimeGestures::wheel(const QWheelEvent& event)
{
    if (!m_axis.plot.contains(event.position()))
        return false;
    QPoint turn = event.angleDelta();
    if (event.modifiers().testFlag(Qt::ShiftModifier) && turn.x() == 0)
        turn = turn.transposed();
    if (turn.isNull())
        return false;
    if (std::abs(turn.x()) > std::abs(turn.y()))
        m_timeline->pan(-std::llround(turn.x() / unitsPerNotch * notchShare * double(m_axis.stretch.rangeMs())));
    else
        m_timeline->zoom(std::pow(Timeline::notchFactor, -turn.y() / unitsPerNotch), m_axis.timeAt(event.position().x()));
    return true;
}

bool TimeGestures::touch(const QTouchEvent& event)
{
    const auto& points = event.points();
    if (event.type() == QEvent::TouchCancel || points.isEmpty()) {
        m_drag = Drag::None;
        m_fingersApart = 0;
        Q_EMIT moved();
        return true;
    }
    if (points.size() == 1 && m_fingersApart == 0) {
        // One finger does what the mouse does.
        const QPointF at = points.first().position();
        if (event.type() == QEvent::TouchBegin)
            return press(at, false);
        if (m_drag == Drag::None)
            return true;
        event.type() == QEvent::TouchEnd ? release(at) : drag(at);
        return true;
    }
    if (points.size() == 2 && event.type() != QEvent::TouchEnd) {
        const QPointF a = points[0].position();
        const QPointF b = points[1].position();
        const double x = (a.x() + b.x()) / 2;
        const double apart = std::max(leastApart, std::abs(a.x() - b.x()));
        if (m_fingersApart > 0) {
            m_timeline->pan(-std::llround((x - m_fingersX) * m_axis.msPerPixel()));
            if (apart != m_fingersApart)
                m_timeline->zoom(m_fingersApart / apart, m_axis.timeAt(x));
        }
        m_drag = Drag::None;
        m_fingersX = x;
        m_fingersApart = apart;
        Q_EMIT moved();
    }
    // The second finger that is lifted is no tap.
    if (event.type() == QEvent::TouchEnd)
        m_fingersApart = 0;
    return true;
}

void TimeGestures::hover(std::optional<QPointF> pointer)
{
    if (pointer == m_pointer)
        return;
    m_pointer = pointer;
    m_timeline->point(pointer ? std::optional(m_axis.timeAt(pointer->x())) : std::nullopt);
    Q_EMIT moved();
}

} // namespace vigie
