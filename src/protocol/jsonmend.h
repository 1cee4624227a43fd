// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace vigie {

/// Nearly JSON as JSON, for a reader that takes nothing else: half of a surrogate pair and bytes that are not UTF-8 become U+FFFD,
/// control characters in texts are escaped, whole numbers beyond 64 bits get an exponent, `NaN` and `Infinity` and numbers beyond a
/// double become texts. What is wrong otherwise stays so.
std::string mendedJson(std::string_view json);

} // namespace vigie
