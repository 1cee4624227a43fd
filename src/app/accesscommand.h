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

/// `vigie audit`: prints the audit log, one JSON object a line, oldest first.
Outcome writeAudit(const DataFolder& folder);

/// Parses "45s", "90m", "12h" or "30d" to ms. Nothing for any other form and above a hundred years.
std::optional<std::int64_t> durationMs(const QString& text);

} // namespace vigie
