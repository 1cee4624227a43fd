// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace vigie {

/// Whether the environment names a display that answers, or says by QT_QPA_PLATFORM what to do without one. Qt aborts
/// the program where it cannot open what is named. A display of another machine is taken at its word.
bool hasDisplay();

} // namespace vigie
