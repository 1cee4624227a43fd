// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <cstdint>
#include <optional>

namespace vigie {

/// Parses "45s", "90m", "12h" or "30d" to ms. Nothing for any other form and above a hundred years.
std::optional<std::int64_t> durationMs(const QString& text);

/// A moment as a person types it, in ms since the epoch: so long before `nowMs` ("2h", "3d"), a date, which means its midnight,
/// an ISO 8601 time, or ms since 1970. Without a zone it is read in this machine's. Nothing for any other form.
std::optional<std::int64_t> momentMs(const QString& text, std::int64_t nowMs);

} // namespace vigie
