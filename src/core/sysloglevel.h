// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace vigie {

/// RFC 5424's severities, 0 to 7, by syslog's own words.
inline constexpr std::array<std::string_view, 8> syslogLevels{"emerg",   "alert",  "crit", "err",
                                                              "warning", "notice", "info", "debug"};

/// A level as it is kept, of a source whose numbers are syslog's: the word for "0" to "7", all else as it is.
constexpr std::string_view syslogLevel(std::string_view level)
{
    const bool isNumber = level.size() == 1 && level[0] >= '0' && level[0] <= '7';
    return isNumber ? syslogLevels[static_cast<std::size_t>(level[0] - '0')] : level;
}

} // namespace vigie
