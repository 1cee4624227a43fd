// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

namespace vigie {

/// Opens the standard input, output and error that the program was started without, so that no file it opens becomes one of
/// them. To use such a one stays an error, as it was. First of all in main().
void openMissingStreams();

/// Writes out what was printed on the standard output. The error says why not all of it was written, now or before.
Outcome flushOutput();

} // namespace vigie
