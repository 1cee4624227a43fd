// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace vigie {

/// A string, number, true, false or null within a JSON text.
struct JsonScalar
{
    std::string_view path; ///< keys and list positions that lead to it, joined by dots; valid during the visit only
    std::size_t at = 0; ///< where it begins in the JSON text
    std::string_view text; ///< as it is written, strings with their quotes
};

/// Visits the scalars of a valid JSON text in their order, until `visit` returns false.
void forEachScalar(std::string_view json, const std::function<bool(const JsonScalar&)>& visit);

/// The value of a scalar's text: strings without quotes and escapes, all else as it is written.
std::string scalarValue(std::string_view text);

} // namespace vigie
