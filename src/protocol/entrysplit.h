// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vigie {

/// A `logs` message taken apart.
struct SplitEntries
{
    std::string frame; ///< the message with an empty array in the place of its entries
    std::vector<std::string_view> entries; ///< each as it stands in the message, right or wrong
    int depth = 0; ///< of what holds each of them: arrays and objects within one another
};

/// Takes a message apart whose text is no JSON as a whole, as one byte of one entry can make it: by its quotes, brackets and
/// commas alone, so that each entry can be looked at by itself. Stops with the first entry beyond `max`. Nothing when
/// `data` holds no array of entries that ends.
std::optional<SplitEntries> splitEntries(std::string_view json, std::size_t max);

} // namespace vigie
