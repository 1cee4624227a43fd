// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/datafolder.h"
#include "app/subcommand.h"

namespace vigie {

/// Writes an application's stored entries, oldest first, to the command's file or the standard output. Takes no lock. If part of
/// the store cannot be read, writes the rest and returns an error.
Outcome exportLogs(const Subcommand& command, const DataFolder& folder);

} // namespace vigie
