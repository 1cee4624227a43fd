// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/datafolder.h"
#include "app/subcommand.h"

namespace vigie {

/// `vigie app`: what tokens may be for. A running Vigie follows within a second or two, likewise below.
Outcome changeApps(const Subcommand& command, const DataFolder& folder);

/// `vigie token`. A new token is written to the standard output, and nowhere else.
Outcome changeTokens(const Subcommand& command, const DataFolder& folder);

/// `vigie audit`: what happened, a JSON object a line, oldest first.
Outcome writeAudit(const DataFolder& folder);

/// "45s", "90m", "12h", "30d" in ms; nothing for anything else, and for more than a hundred years.
std::optional<std::int64_t> durationMs(const QString& text);

} // namespace vigie
