// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace vigie {

/// What somebody else wrote, in one line that looks like nothing but what it is, for the owner to read: what would be invisible,
/// break the line, change the direction of writing or command a terminal is "�" (U+FFFD), more combining marks on a letter than
/// any script needs likewise, and a space at either end "␣". Looks alike of other scripts are left alone.
QString visibleText(const QString& text);

/// Whether a character takes no ink and is no space, or is not for showing at all: control characters, those that turn the
/// direction of writing, those of no width, and what has no meaning in Unicode.
bool isInvisible(char32_t c);

} // namespace vigie
