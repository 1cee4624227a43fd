// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/blocks/tokens.h"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace vigie {

/// Where in an application's order an id may stand: eight bytes an id, by its hash. What it finds is to be looked at. One thread.
class IdTable
{
public:
    static constexpr std::size_t usualMost = 1'000'000;

    /// `firstSequence`: nothing that is added stands before it, nor 16 million or more behind it. Of the newest so many are known for
    /// certain, of those before no more than as many.
    explicit IdTable(std::uint64_t firstSequence, std::size_t most = usualMost);

    void add(std::string_view id, std::uint64_t sequence);
    /// Calls `look(sequence)` for each place where the id may stand, until it returns true. Whether one did.
    template <typename Look>
    bool find(std::string_view id, const Look& look) const
    {
        const std::uint64_t tag = tagOf(id);
        for (const std::vector<std::uint64_t>* const slots : {&m_slots, &m_older}) {
            const std::size_t mask = slots->size() - 1;
            for (std::size_t slot = tag & mask; !slots->empty() && (*slots)[slot] != 0; slot = (slot + 1) & mask) {
                if ((*slots)[slot] >> placeBits == tag && look(m_first + ((*slots)[slot] & placeMask)))
                    return true;
            }
        }
        return false;
    }

private:
    static constexpr unsigned placeBits = 24;
    static constexpr std::uint64_t placeMask = (std::uint64_t(1) << placeBits) - 1;

    // Never 0, as free slots are.
    std::uint64_t tagOf(std::string_view id) const { return tokenOfId(id, m_secret) >> placeBits | std::uint64_t(1) << (63 - placeBits); }
    void insert(std::uint64_t value);

    std::uint64_t m_secret; // nobody is to know which ids fall on one slot
    std::uint64_t m_first;
    std::size_t m_most;
    std::size_t m_size = 0;
    std::vector<std::uint64_t> m_slots; // tag << 24 | place; a power of two of them
    std::vector<std::uint64_t> m_older; // of those before
};

} // namespace vigie
