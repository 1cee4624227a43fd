// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commandhelp.h"

#include <QByteArray>

namespace vigie {

/// The page of section 1 of the manual (man(7)) about the program or one of its commands, in the current language.
QByteArray manualPage(const CommandHelp& help);
/// Its name: "vigie-export", "vigie".
QString manualPageName(const CommandHelp& help);

} // namespace vigie
