// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace vigie {

/// Of an appId, userId or entry id, in bytes of UTF-8.
inline constexpr std::size_t longestName = 128;

/// Whether `id` can be an entry's id: not empty, not longer than `maxBytes` of UTF-8, no control characters. The reason it
/// cannot, empty when it can.
std::string idProblem(std::string_view id, std::size_t maxBytes = longestName);

/// Whether `name` can be an appId or userId: as an id, and not "." or "..", which no URL can hold as a part of its path.
std::string nameProblem(std::string_view name, std::size_t maxBytes = longestName);

} // namespace vigie
