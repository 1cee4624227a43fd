// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/timeline/timeaxis.h"

#include <QFont>

class QPainter;
class QWidget;

namespace vigie {

/// The font of what is written along a widget's axes.
QFont labelFont(const QWidget& widget);

/// The room for the labels of a value axis, in pixels. One for every chart, so that the plots of a column stand under one another.
double valueAxisWidth(const QFont& font);

/// Whether the axis tells how long ago things were, "−5 min" … "now": where it ends now and is no longer than an hour.
bool hasRelativeLabels(const Stretch& stretch);

/// Writes the labels of a time axis below its plot, in the painter's font and pen.
void drawTimeLabels(QPainter& painter, const TimeAxis& axis);

} // namespace vigie
