// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logchoice.h"
#include "core/viewaddress.h"

namespace vigie {

/// Writes what a view of the log is filtered by into the view's address. The stretch of time is none of it, nor is the
/// name of a log file that is open in the window.
void describe(const LogChoice& choice, ViewAddress& address);

/// What an address says that the log is filtered by.
LogChoice choiceOf(const ViewAddress& address);

} // namespace vigie
