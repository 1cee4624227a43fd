// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace vigie {

/// How the program ends.
enum ExitCode { Success = 0, Failure = 1, WrongUsage = 2 };

/// Says on the standard error, in one line, why the program ends; gives `code`. What a terminal would obey is shown as signs.
int fail(const QString& why, ExitCode code);

/// The end of what prints on the standard output: `code`, unless all went well but what was printed could not be written. That
/// is a failure, and is said.
int endOfOutput(int code);

} // namespace vigie
