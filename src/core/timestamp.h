// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QString>
#include <cstdint>
#include <string_view>

namespace vigie {

/// What a number may mean as a time. Seconds, ms, µs and ns since the epoch are told apart by their magnitude: none of
/// them, between 2001 and 2100, can be taken for another.
enum class TimeRule {
    Event, ///< when something happened: a number that is none of these is refused
    Bound, ///< of a search: any other number is ms
    Stored, ///< as Vigie writes it: always ms
};

/// ms since the epoch from the text of a JSON number; what is finer is cut off, never rounded. An error outside
/// 1970 … 275760, the range of ECMAScript's Date.
Result<std::int64_t> timestampFromNumber(std::string_view number, TimeRule rule);

/// ms since the epoch from ISO 8601 text, extended or basic ("2026-01-31T12:00:00.5Z", "20260131T120000+0200"; without a
/// zone: UTC), with a blank for the T, before the zone and around; or from such a number. A leap second counts as the
/// second after it.
Result<std::int64_t> timestampFromText(std::string_view text, TimeRule rule);

/// Either of both, as a parameter of a URL, where the plus of a zone may have become a blank.
Result<std::int64_t> timestampFromParameter(const QString& text);

} // namespace vigie
