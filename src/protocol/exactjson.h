// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <simdjson.h>
#include <string>
#include <string_view>

namespace vigie {

/// A number, or another value of one token, as it is written. The view is of the document's text.
std::string_view exactToken(simdjson::ondemand::value& value);

/// Any value as it is written, but for white space between tokens. The view is of the document's text or of `scratch`; nothing:
/// it cannot be read.
std::optional<std::string_view> exactJson(simdjson::ondemand::value& value, std::string& scratch);

} // namespace vigie
