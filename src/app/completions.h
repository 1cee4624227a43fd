// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace vigie {

// The scripts by which shells complete the command line, made of what --help says.

/// To be read by bash 4 or later; needs no other script.
QByteArray bashCompletion();
/// The function _vigie of zsh 5.
QByteArray zshCompletion();
/// For fish 3.
QByteArray fishCompletion();

} // namespace vigie
