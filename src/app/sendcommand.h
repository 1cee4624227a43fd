// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/datafolder.h"
#include "app/subcommand.h"

namespace vigie {

/// `vigie log`: sends the lines of the standard input. Gives the exit code: 0 where all of them are delivered or wait on disk.
int sendInput(const Subcommand& command, const DataFolder& folder);

/// `vigie run`: runs a program and sends what it prints. Ends as the program does: with its exit code, or by its signal.
int runProgram(const Subcommand& command, const DataFolder& folder);

/// For the standard input of `vigie log`: as much room as a pipe may have, before its writer fills it. First of all in main().
void widenInput();

} // namespace vigie
