// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logtext.h"
#include "gui/widgets/theme.h"

#include <QTextCharFormat>

namespace vigie {

/// The format of a span on background `ground`. Uses the requested colours, made lighter or darker if they would be unreadable
/// (WCAG AA). Signs are muted.
QTextCharFormat formatOf(const LogText::Span& span, const Theme& theme, const QColor& ground);

/// The contrast ratio of two colours, 1 to 21 (WCAG 2.1).
double contrast(const QColor& a, const QColor& b);

} // namespace vigie
