// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMargins>
#include <QRect>

class QWidget;

namespace vigie {

/// Places a window (without its frame) within the free area of a screen: as wanted, else moved or shrunk so that the window and
/// its frame fit.
QRect placeWithin(QRect wanted, QMargins frame, const QRect& free);

/// Moves a window that is not shown yet into the free area of its screen: the one that contains the window's centre, else the
/// primary one. A window without a position stays without: new windows are placed by the desktop.
void fitToScreen(QWidget& window, bool hasPlace);

} // namespace vigie
