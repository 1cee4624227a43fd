// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/datafolder.h"
#include "app/subcommand.h"

namespace vigie {

/// Imports entries that exportLogs() wrote as JSON lines. Appends those that the store does not have after the application's last
/// entry. Takes the folder's lock. Stops at the first malformed line; the entries before it are then on disk, as the error says.
/// On success, prints the number of imported entries to the standard output.
Outcome importLogs(const Subcommand& command, const DataFolder& folder);

} // namespace vigie
