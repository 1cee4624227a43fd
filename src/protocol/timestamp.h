// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <cstdint>
#include <string_view>

namespace vigie {

/// ms since the epoch from a JSON number of the same unit; an error outside 1970 … 275760, the range of
/// ECMAScript's Date.
Result<std::int64_t> timestampFromNumber(double ms);

/// ms since the epoch from ISO 8601 text ("2026-01-31T12:00:00.5Z", "…+02:00"; without a zone: UTC).
Result<std::int64_t> timestampFromText(std::string_view text);

/// Either of both, as a parameter of a URL.
Result<std::int64_t> timestampFromParameter(const QString& text);

} // namespace vigie
