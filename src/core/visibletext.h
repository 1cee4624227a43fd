// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace vigie {

/// What somebody else wrote, in one line that looks like nothing but what it is, for the owner to read: what would be invisible,
/// break the line, change the direction of writing or command a terminal is "�" (U+FFFD), more combining marks on a letter than
/// any script needs likewise, and a space at either end "␣". Looks alike of other scripts are left alone.
QString visibleText(const QString& text);

} // namespace vigie
