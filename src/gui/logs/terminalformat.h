// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logtext.h"
#include "gui/widgets/theme.h"

#include <QTextCharFormat>

namespace vigie {

/// How a part of a log text is drawn in a look, on `ground`: in the colours that were asked for, lighter or darker where they
/// could not be read there (WCAG AA). Signs are muted.
QTextCharFormat formatOf(const LogText::Span& span, const Theme& theme, const QColor& ground);

/// The contrast of two colours, 1 to 21 (WCAG 2.1).
double contrast(const QColor& a, const QColor& b);

} // namespace vigie
