// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/blocks/streams.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace vigie {

/// A whole number in the one form that we would write it in: without a plus, a leading zero or "-0", of at most 18 digits.
std::optional<std::int64_t> canonicalNumber(std::string_view text);

/// Writes numbers in the form that takes the least: as many bits as the largest needs, or bytes that Zstandard makes small, of them
/// or of their differences. `differences`: a buffer.
void writeNumbers(std::span<const std::int64_t> values, std::vector<std::int64_t>& differences, StreamWriter& to);

/// What each form of it takes, in bits, by the entropy of its bytes. `values`: not empty; `differences`: those between them.
struct NumbersCost
{
    unsigned width = 0; ///< of each, as bits above the least
    double asBits = 0;
    double asVarints = 0;
    double asDifferences = 0;

    double least() const { return std::min({asBits, asVarints, asDifferences}); }
};
NumbersCost costOfNumbers(std::span<const std::int64_t> values, std::vector<std::int64_t>& differences);

/// Replaces `values` by `count` such numbers. False: they are damaged.
bool readNumbers(StreamBlob::Section& from, std::size_t count, std::vector<std::int64_t>& values);
/// Goes past numbers, of which there are some. False: they are damaged.
bool passNumbers(StreamBlob::Section& from);

} // namespace vigie
