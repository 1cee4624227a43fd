// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace vigie {

/// How severe a log entry is. Producers send any text as `level`; this is what we take it to mean.
enum class Severity : std::uint8_t { Trace, Debug, Info, Warn, Error, Fatal, Other };

inline constexpr int severityCount = 7;

/// `level` without ASCII white space around it.
std::string_view trimmedLevel(std::string_view level);

/// The severity of a level's text. Ignores case, white space, surrounding brackets and a trailing colon. Knows the words,
/// abbreviations and numbers of syslog and the common logging libraries; anything else is `Other`.
Severity severityOf(std::string_view level);

/// The protocol's name of a severity ("trace" … "fatal"); "other" for Other.
std::string_view severityName(Severity severity);

/// Whether an entry of this severity counts as an error in `errorRate`.
constexpr bool isError(Severity severity)
{
    return severity == Severity::Error || severity == Severity::Fatal;
}

} // namespace vigie
