// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace vigie {

/// How the program ends.
enum ExitCode { Success = 0, Failure = 1, WrongUsage = 2 };

/// Says on the standard error, in one line, why the program ends; gives `code`.
int fail(const QString& why, ExitCode code);

} // namespace vigie
