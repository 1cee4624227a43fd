// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace vigie {

/// The maximum length of an appId, userId or entry id, in bytes of UTF-8.
inline constexpr std::size_t maxNameBytes = 128;

/// Why `id` cannot be an entry's id; empty if it can. An id must not be empty, exceed `maxBytes` of UTF-8 or contain control
/// characters.
std::string idProblem(std::string_view id, std::size_t maxBytes = maxNameBytes);

/// Why `name` cannot be an appId or userId; empty if it can. Rules as for an id; "." and ".." are not allowed either, as a URL
/// cannot carry them as a path segment.
std::string nameProblem(std::string_view name, std::size_t maxBytes = maxNameBytes);

/// How the names begin by which the window knows the log files that are open in it.
inline constexpr std::string_view filePrefix = "file:";

/// Why `name` cannot be the appId of one who signs in; empty if it can. Rules as for a name; one that begins like a log file's is
/// not allowed either, as it would be mixed up with that in the window.
std::string appIdProblem(std::string_view name, std::size_t maxBytes = maxNameBytes);

/// A sender's own name for itself, made into one that can be an appId: control characters, and bytes that are not UTF-8, become
/// U+FFFD, what is too long is cut, and a "_" is put in front of what may not be one as it stands. Empty stays "unnamed".
std::string appIdFrom(std::string_view name);

} // namespace vigie
