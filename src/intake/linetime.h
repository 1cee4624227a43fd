// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimeZone>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace vigie {

/// A time that a line begins with.
struct LineTime
{
    std::int64_t ms = 0; ///< since the epoch
    bool isZoneGuessed = false; ///< it names no zone, and was read in the source's
    std::size_t length = 0; ///< of the text that says it
};

/// The time that `text` begins with: "2026-01-31T12:00:00.123Z", also with a blank for the T, a comma, slashes for the dashes, no
/// fraction, no zone. Without a zone it is read in `zone`.
std::optional<LineTime> timeAtStart(std::string_view text, const QTimeZone& zone);

} // namespace vigie
