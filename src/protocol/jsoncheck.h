// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <simdjson.h>
#include <string>

namespace vigie {

/// Walks a whole On-Demand document, which by itself only checks what is read, and rewinds it. Returns why
/// the document is not acceptable JSON, empty when it is: bad syntax, bad UTF-8, a lone surrogate, a number
/// that fits neither 64 bits nor a double, nesting beyond `maxDepth`, anything behind the end.
std::string jsonProblem(simdjson::ondemand::document& document, int maxDepth);

} // namespace vigie
