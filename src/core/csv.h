// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logbatch.h"

#include <string>
#include <string_view>

namespace vigie {

/// The first line of log entries as comma-separated values, as RFC 4180 has them.
inline constexpr std::string_view csvHead = "id,timestamp,level,message,metadata,appId,userId\r\n";

/// Appends an entry's line. The time is in UTC, as ISO 8601. A text that a spreadsheet would run as a formula gets an apostrophe
/// before it.
void appendCsvRow(std::string& out, const LogEntryRef& entry);

} // namespace vigie
