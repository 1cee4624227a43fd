// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <simdjson.h>
#include <string>
#include <string_view>

namespace vigie {

/// The source text of a number or another single-token value. A view of the document's text.
std::string_view exactToken(simdjson::ondemand::value& value);

/// The source text of any value, without white space between tokens. A view of the document's text or of `scratch`; nothing if
/// the value cannot be read. `uncheckedDepth`: the value was not validated yet, and may have so many levels of nesting.
std::optional<std::string_view> exactJson(simdjson::ondemand::value& value, std::string& scratch,
                                          std::optional<int> uncheckedDepth = {});

} // namespace vigie
