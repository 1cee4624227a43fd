// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/datafolder.h"
#include "app/subcommand.h"

namespace vigie {

/// Reads entries that exportLogs() wrote as JSON lines, and writes those that the store does not have behind the
/// application's last. Takes the folder's lock. It stops at the first line that is no entry; what stands before that is
/// on disk then, as the error says. Says on the standard output how many were imported when all is well.
Outcome importLogs(const Subcommand& command, const DataFolder& folder);

} // namespace vigie
