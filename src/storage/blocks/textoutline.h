// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <bitset>
#include <cstddef>
#include <functional>
#include <string_view>
#include <vector>

namespace vigie {

/// Bytes that a text may have, in no order.
using ByteSet = std::bitset<256>;

inline void addBytes(std::string_view text, ByteSet& to)
{
    for (const char c : text)
        to.set(static_cast<unsigned char>(c));
}

/// What is known of texts of one kind before they are put together.
struct TextOutline
{
    std::vector<std::string_view> pieces; ///< that all of them have, in order; at least one
    std::vector<ByteSet> between; ///< what may stand between two of them
};

/// What is needed of texts with one outline.
struct OutlineNeed
{
    bool isAll = true; ///< the texts as they are
    std::vector<std::size_t> variables = {}; ///< else: what stands there alone, by the index of TextOutline::between

    bool isNothing() const { return !isAll && variables.empty(); }
};

/// Says what is needed of texts of which this is known.
using OutlineTest = std::function<OutlineNeed(const TextOutline&)>;

} // namespace vigie
