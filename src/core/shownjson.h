// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace vigie {

/// JSON text as people see and search it: its escapes are the characters that they stand for (`\u00fc` an ü, `\/` a slash, `\n` a new
/// line), a lone surrogate is U+FFFD. Returns the text itself if it has none, else a view of `room`. `json` is valid.
std::string_view shownJson(std::string_view json, std::string& room);

} // namespace vigie
