// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/timeline/timeaxis.h"

class QPainter;

namespace vigie {

/// Whether the axis tells how long ago things were, "−5 min" … "now": where it ends now and is no longer than an hour.
bool hasRelativeLabels(const Stretch& stretch);

/// Writes the labels of a time axis below its plot, in the painter's font and pen.
void drawTimeLabels(QPainter& painter, const TimeAxis& axis);

} // namespace vigie
