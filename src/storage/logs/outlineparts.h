// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/blocks/textoutline.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace vigie {

/// Tells which of a few parts a text may have, in whatever case, of which only the outline is known. All are looked for at once,
/// by a bit for each of their bytes (Shift-And; Baeza-Yates, Gonnet 1992). Its const functions: any thread.
class OutlineParts
{
public:
    OutlineParts() = default;
    /// `parts`: case-folded. What goes beyond the first 64 bytes of them all is taken to be in any text.
    explicit OutlineParts(const std::vector<std::string>& parts);

    /// The indexes of those that may be there, in order.
    std::vector<int> in(const TextOutline& outline) const;
    /// Where any of them may be: where that is in variables alone, what stands there is needed, else all.
    OutlineNeed needed(const TextOutline& outline) const;

private:
    struct Found;
    Found find(const TextOutline& outline) const;

    static constexpr std::size_t maxBits = 64;

    std::size_t m_count = 0;
    std::vector<std::size_t> m_last; // of each of the first parts, its last bit
    std::array<unsigned char, maxBits> m_bytes{}; // of the parts
    std::size_t m_bits = 0;
    std::uint64_t m_firsts = 0; // the first bit of each
    std::uint64_t m_lasts = 0;
    bool m_areWhole = true; // there was room for all of them
    std::array<std::uint64_t, 256> m_places{}; // of a text's byte: the bits where it may stand
};

} // namespace vigie
