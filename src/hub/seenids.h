// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHashFunctions>
#include <algorithm>
#include <cstdint>
#include <deque>
#include <string_view>
#include <unordered_set>

namespace vigie {

/// The newest ids that producers gave, to tell a repeat. It keeps 64 bits of each, by a hash whose seed is drawn anew with each
/// start: that one of them is taken for another's repeat happens once in 10^15 entries, and nobody can bring it about.
/// One thread.
class SeenIds
{
public:
    static constexpr std::size_t most = 10'000;
    static constexpr std::size_t bytesOfOne = 48; ///< of memory: a node of the set, its bucket, a place in the order

    /// False: it is a repeat. Otherwise it is remembered, for which the oldest may go.
    bool add(std::string_view id)
    {
        const std::uint64_t hash = hashOf(id);
        if (!m_hashes.insert(hash).second)
            return false;
        m_order.push_back(hash);
        if (m_order.size() > most) {
            m_hashes.erase(m_order.front());
            m_order.pop_front();
        }
        return true;
    }
    /// One that was added just now, so that it is taken when it comes again.
    void forget(std::string_view id)
    {
        const std::uint64_t hash = hashOf(id);
        if (m_hashes.erase(hash) == 0)
            return;
        const auto found = std::find(m_order.rbegin(), m_order.rend(), hash);
        m_order.erase(std::next(found).base());
    }
    void clear()
    {
        m_hashes = {};
        m_order = {};
    }

    std::size_t bytes() const { return m_order.size() * bytesOfOne; }

private:
    static std::uint64_t hashOf(std::string_view id)
    {
        static_assert(sizeof(size_t) == sizeof(std::uint64_t));
        return qHashBits(id.data(), id.size(), QHashSeed::globalSeed());
    }

    std::unordered_set<std::uint64_t> m_hashes;
    std::deque<std::uint64_t> m_order;
};

} // namespace vigie
