// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <simdjson.h>
#include <span>
#include <string>

namespace vigie {

/// Opens JSON text On-Demand, which by itself only checks what is read, walks all of it, and rewinds it.
/// Returns why the text is not acceptable, empty when it is: bad syntax, bad UTF-8, a number too large for a double or
/// nearer to 0 than one can be, nesting beyond `maxDepth`, anything behind the end. `json` must be memory of the caller's
/// with simdjson's padding behind it: a lone surrogate, which many readers take for an error, becomes U+FFFD there.
std::string openJson(simdjson::ondemand::parser& parser, std::span<char> json, int maxDepth,
                     simdjson::ondemand::document& document);

/// What openJson() says of text that is nested beyond `maxDepth`.
std::string tooDeepText(int maxDepth);

} // namespace vigie
