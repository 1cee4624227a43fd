// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/window/windowgeometry.h"

#include <QGuiApplication>
#include <QScreen>
#include <QStyle>
#include <QWidget>
#include <algorithm>

namespace vigie {

namespace {

/// The frame that the window manager adds is known only once the window is shown. Until then, assumes that of Qt's own style.
QMargins frameOf(const QWidget& window)
{
    const QRect inner = window.geometry();
    const QRect outer = window.frameGeometry();
    const int title = window.style()->pixelMetric(QStyle::PM_TitleBarHeight, nullptr, &window);
    const int border = window.style()->pixelMetric(QStyle::PM_MdiSubWindowFrameWidth, nullptr, &window);
    return {std::max(border, inner.left() - outer.left()), std::max(title + border, inner.top() - outer.top()),
            std::max(border, outer.right() - inner.right()), std::max(border, outer.bottom() - inner.bottom())};
}

} // namespace

QRect placeWithin(QRect wanted, QMargins frame, const QRect& free)
{
    const QRect room = free.marginsRemoved(frame);
    wanted.setSize(wanted.size().boundedTo(room.size()));
    wanted.moveRight(std::min(wanted.right(), room.right()));
    wanted.moveBottom(std::min(wanted.bottom(), room.bottom()));
    wanted.moveLeft(std::max(wanted.left(), room.left()));
    wanted.moveTop(std::max(wanted.top(), room.top()));
    return wanted;
}

void fitToScreen(QWidget& window, bool hasPlace)
{
    const QScreen* screen = hasPlace ? QGuiApplication::screenAt(window.geometry().center()) : nullptr;
    if (!screen)
        screen = QGuiApplication::primaryScreen();
    if (!screen || window.windowState() & (Qt::WindowMaximized | Qt::WindowFullScreen))
        return;
    const QRect place = placeWithin(window.geometry(), frameOf(window), screen->availableGeometry());
    if (place.size() != window.size())
        window.resize(place.size());
    if (hasPlace && place.topLeft() != window.geometry().topLeft())
        window.setGeometry(place);
}

} // namespace vigie
