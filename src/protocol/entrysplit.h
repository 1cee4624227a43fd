// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vigie {

/// A `logs` message split into its entries.
struct SplitEntries
{
    std::string frame; ///< the message with an empty array in place of its entries
    std::vector<std::string_view> entries; ///< the source text of each, valid or not
    int depth = 0; ///< nesting level of the array that holds them
};

/// Splits a message that is not valid JSON as a whole, so that each entry can be checked on its own: one bad byte in one entry is
/// enough to break the whole. Looks only at quotes, brackets and commas. Stops after the first entry beyond `max`. Returns
/// nothing if `data` has no terminated array of entries.
std::optional<SplitEntries> splitEntries(std::string_view json, std::size_t max);

} // namespace vigie
