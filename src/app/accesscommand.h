// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/datafolder.h"
#include "app/subcommand.h"

namespace vigie {

/// `vigie app`: manages the applications that tokens can be issued for. A running Vigie applies changes within a second or two,
/// likewise below.
Outcome changeApps(const Subcommand& command, const DataFolder& folder);

/// `vigie token`. A new token goes to the standard output only.
Outcome changeTokens(const Subcommand& command, const DataFolder& folder);

/// `vigie audit`: prints the audit log, oldest first: as a table, or one JSON object a line.
Outcome writeAudit(const Subcommand& command, const DataFolder& folder);

} // namespace vigie
