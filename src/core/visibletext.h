// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace vigie {

/// Untrusted text in one line, safe to show to the owner. Characters that are invisible, break the line, change the writing
/// direction or control a terminal become "�" (U+FFFD), as do combining marks beyond what any script needs. A leading or trailing
/// space becomes "␣". Look-alikes from other scripts are left alone.
QString visibleText(const QString& text);

/// Whether a character is not a space but draws nothing, or is not meant for display: control characters, bidirectional controls,
/// zero-width characters, unassigned code points.
bool isInvisible(char32_t c);

} // namespace vigie
