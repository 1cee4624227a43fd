// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <simdjson.h>
#include <span>
#include <string>

namespace vigie {

/// Opens JSON text with simdjson's On-Demand parser, validates all of it (On-Demand alone checks only what is read), and rewinds.
/// Returns why the text is not acceptable, empty if it is: bad syntax, bad UTF-8, a number that overflows or underflows a double,
/// nesting beyond `maxDepth`, trailing content. `json` must be writable, with simdjson's padding behind it: lone surrogates,
/// which many parsers reject, are replaced by U+FFFD in place.
std::string openJson(simdjson::ondemand::parser& parser, std::span<char> json, int maxDepth,
                     simdjson::ondemand::document& document);

/// Validates a value by the rules of openJson(), as it is read the first time. `depth`: levels of nesting that it may have.
simdjson::error_code checkValue(simdjson::ondemand::value& value, int depth);
/// The same for an object or array that was opened or reset.
simdjson::error_code checkContent(simdjson::ondemand::object& object, int depth);
simdjson::error_code checkContent(simdjson::ondemand::array& array, int depth);
/// Whether nothing stands behind the document's value, which was read.
bool isAtEnd(simdjson::ondemand::document& document);

/// The error of openJson() for text nested deeper than `maxDepth`.
std::string tooDeepText(int maxDepth);

} // namespace vigie
