// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/entryfingerprint.h"

#include <QHashFunctions>
#include <algorithm>
#include <cstdint>
#include <deque>
#include <string_view>
#include <unordered_map>

namespace vigie {

/// The newest ids that producers gave, to tell an entry that comes again. It keeps 64 bits of each, by a hash whose seed is
/// drawn anew with each start: that one of them is taken for another's happens once in 10^15 entries, and nobody can bring it
/// about. One thread.
class SeenIds
{
public:
    static constexpr std::size_t max = 10'000;
    static constexpr std::size_t bytesOfOne = 64; ///< of memory: a node of the map, its bucket, a place in the order

    enum class Verdict {
        New,
        Repeat, ///< the entry came before
        Taken ///< the id is another entry's
    };

    /// A new one is remembered, for which the oldest may go.
    Verdict add(std::string_view id, const EntryFingerprint& print)
    {
        const std::uint64_t hash = hashOf(id);
        const auto [known, isNew] = m_prints.try_emplace(hash, print);
        if (!isNew)
            return known->second.isSameAs(print) ? Verdict::Repeat : Verdict::Taken;
        m_order.push_back(hash);
        if (m_order.size() > max) {
            m_prints.erase(m_order.front());
            m_order.pop_front();
        }
        return Verdict::New;
    }
    /// One that came before all that are known. False: there is no room for it.
    bool addOlder(std::string_view id, const EntryFingerprint& print)
    {
        if (m_order.size() >= max)
            return false;
        const std::uint64_t hash = hashOf(id);
        if (m_prints.try_emplace(hash, print).second)
            m_order.push_front(hash);
        return true;
    }
    bool knows(std::string_view id) const { return m_prints.contains(hashOf(id)); }
    /// Whether one may be among them that was given in place of an id that was taken.
    bool mayKnowSubstitutes() const { return m_mayKnowSubstitutes; }
    void noteSubstitutes() { m_mayKnowSubstitutes = true; }
    /// One that was added just now, so that it is taken when it comes again.
    void forget(std::string_view id)
    {
        const std::uint64_t hash = hashOf(id);
        if (m_prints.erase(hash) == 0)
            return;
        const auto found = std::find(m_order.rbegin(), m_order.rend(), hash);
        m_order.erase(std::next(found).base());
    }
    void clear()
    {
        m_prints = {};
        m_order = {};
        m_mayKnowSubstitutes = false;
    }

    std::size_t bytes() const { return m_order.size() * bytesOfOne; }

private:
    static std::uint64_t hashOf(std::string_view id)
    {
        static_assert(sizeof(size_t) == sizeof(std::uint64_t));
        return qHashBits(id.data(), id.size(), QHashSeed::globalSeed());
    }

    std::unordered_map<std::uint64_t, EntryFingerprint> m_prints;
    std::deque<std::uint64_t> m_order;
    bool m_mayKnowSubstitutes = false;
};

} // namespace vigie
