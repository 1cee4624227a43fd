// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <list>

namespace vigie {

/// A memory limit that many holders share. Beyond it, the holder that has grown least recently is the one to evict. One thread.
template <typename Holder>
class SharedMemoryLimit
{
public:
    /// One holder's share.
    struct Part
    {
        std::size_t bytes = 0;
        typename std::list<Holder*>::iterator turn = {}; ///< while there are bytes
    };

    explicit SharedMemoryLimit(std::size_t max) : m_max(max) {}

    /// Sets how many bytes `holder` holds; `part` is its share. Unless that is none, `holder` counts as the one that grew last. The
    /// holder must not move.
    void set(Holder& holder, Part& part, std::size_t bytes)
    {
        if (part.bytes > 0 && bytes > 0)
            m_turns.splice(m_turns.end(), m_turns, part.turn);
        else if (bytes > 0)
            part.turn = m_turns.insert(m_turns.end(), &holder);
        else if (part.bytes > 0)
            m_turns.erase(part.turn);
        m_bytes += bytes - part.bytes;
        part.bytes = bytes;
    }

    /// The holder to evict: set() its bytes to 0. Null: the limit is kept. The holder that grew last is never evicted.
    Holder* toEvict() const { return m_bytes > m_max && m_turns.size() > 1 ? m_turns.front() : nullptr; }

private:
    std::size_t m_max;
    std::size_t m_bytes = 0; // of all
    std::list<Holder*> m_turns; // those with bytes
};

} // namespace vigie
