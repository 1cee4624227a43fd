// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <list>

namespace vigie {

/// The room that many holders share, and whose turn it is to give up what he has of it: that of who came to have more longest ago.
/// One thread.
template <typename Holder>
class CommonRoom
{
public:
    /// What one holder has of it.
    struct Part
    {
        std::size_t bytes = 0;
        typename std::list<Holder*>::iterator turn = {}; ///< while there are bytes
    };

    explicit CommonRoom(std::size_t most) : m_most(most) {}

    /// `holder`, whose address stays and whose part this is, has so many bytes from now on; with any, his turn is the last.
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

    /// Who is to give up all that he has, by set(); null: all have room. The last that came to have more always has.
    Holder* oneTooMany() const { return m_bytes > m_most && m_turns.size() > 1 ? m_turns.front() : nullptr; }

private:
    std::size_t m_most;
    std::size_t m_bytes = 0; // of all
    std::list<Holder*> m_turns; // those with bytes
};

} // namespace vigie
