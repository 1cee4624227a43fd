// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QString>
#include <cstdint>
#include <string_view>

namespace vigie {

/// How a number is read as a time. Seconds, ms, µs and ns since the epoch differ in magnitude: between 2001 and 2100 their ranges
/// do not overlap.
enum class TimeRule {
    Event, ///< the time of an event: a number outside these ranges is refused
    Bound, ///< a bound of a search: a number outside these ranges is ms
    Stored, ///< written by Vigie: always ms
};

/// Parses the text of a JSON number to ms since the epoch. Finer fractions are truncated, never rounded. An error outside 1970 …
/// 275760, the range of ECMAScript's Date.
Result<std::int64_t> timestampFromNumber(std::string_view number, TimeRule rule);

/// Parses a number as above, or ISO 8601 text, to ms since the epoch. Accepts the extended and the basic format
/// ("2026-01-31T12:00:00.5Z", "20260131T120000+0200"; without a zone: UTC), and a space instead of the T, before the zone and
/// around the text. A leap second counts as the second after it.
Result<std::int64_t> timestampFromText(std::string_view text, TimeRule rule);

/// Parses either form from a URL parameter, where the plus sign of a zone may have become a space.
Result<std::int64_t> timestampFromParameter(const QString& text);

} // namespace vigie
