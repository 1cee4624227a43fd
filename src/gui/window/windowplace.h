// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMargins>
#include <QRect>

class QWidget;

namespace vigie {

/// A window's place (without its frame) in the free area of a screen: as it is wanted, or smaller, or moved, so that it and its
/// frame lie within.
QRect placeWithin(QRect wanted, QMargins frame, const QRect& free);

/// Brings a window that was not shown yet into the free area of its screen: that on which its middle lies, else the main one. A
/// window that has no place yet gets none: where new windows stand is the desktop's affair.
void fitToScreen(QWidget& window, bool hasPlace);

} // namespace vigie
