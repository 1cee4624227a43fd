// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/logs/outlineparts.h"

#include <algorithm>

namespace vigie {

namespace {

constexpr std::size_t firstNonAscii = 0x80;

unsigned char upper(unsigned char c)
{
    return c >= 'a' && c <= 'z' ? static_cast<unsigned char>(c - 'a' + 'A') : c;
}

} // namespace

OutlineParts::OutlineParts(const std::vector<std::string>& parts) : m_count(parts.size())
{
    for (const std::string& part : parts) {
        const std::size_t taken = std::min(part.size(), maxBits - m_bits);
        if (taken == 0)
            break;
        m_firsts |= std::uint64_t(1) << m_bits;
        for (std::size_t i = 0; i < taken; ++i, ++m_bits) {
            const auto byte = static_cast<unsigned char>(part[i]);
            m_bytes[m_bits] = byte;
            m_places[byte] |= std::uint64_t(1) << m_bits;
            m_places[upper(byte)] |= std::uint64_t(1) << m_bits;
        }
        m_last.push_back(m_bits - 1);
        m_lasts |= std::uint64_t(1) << (m_bits - 1);
        m_areWhole = taken == part.size();
    }
    m_areWhole = m_areWhole && m_last.size() == m_count;
    // What is beyond ASCII may be anything when its case is folded, also a letter of ASCII.
    std::fill(m_places.begin() + firstNonAscii, m_places.end(), ~std::uint64_t(0));
}

/// Bits of parts: their last ones say that they may be there.
struct OutlineParts::Found
{
    std::uint64_t all = 0;
    std::uint64_t elsewhere = 0; // not within one variable
    std::vector<std::uint64_t> within; // each variable
};

OutlineParts::Found OutlineParts::find(const TextOutline& outline) const
{
    Found found;
    std::uint64_t reached = 0; // a bit: a part may stand here up to its byte, and goes on
    // Any number of bytes, each of which may stand at these places. What goes on from `state`, and what begins with `firsts`.
    const auto pass = [](std::uint64_t state, std::uint64_t firsts, std::uint64_t places) {
        for (std::uint64_t more = (state << 1 | firsts) & places; (more & ~state) != 0; more = (state << 1 | firsts) & places)
            state |= more;
        return state;
    };
    const auto passAny = [&](std::uint64_t places) {
        // From a last bit on nothing goes on: a shift would make it the next part's first.
        const std::uint64_t goesOn = pass(reached, 0, places & ~m_firsts);
        const std::uint64_t begins = pass(0, m_firsts, places);
        found.elsewhere |= goesOn;
        reached = (goesOn | begins) & ~m_lasts;
        return begins;
    };
    for (std::size_t i = 0; i < outline.pieces.size(); ++i) {
        if (i > 0) {
            const ByteSet& between = outline.between[i - 1];
            bool isAny = false;
            for (std::size_t byte = firstNonAscii; byte < between.size() && !isAny; ++byte)
                isAny = between[byte];
            std::uint64_t places = isAny ? ~std::uint64_t(0) : 0;
            for (std::size_t bit = 0; bit < m_bits; ++bit)
                places |= std::uint64_t(between[m_bytes[bit]] || between[upper(m_bytes[bit])]) << bit;
            found.within.push_back(passAny(places) & m_lasts);
            found.all |= found.within.back();
        }
        for (const char c : outline.pieces[i]) {
            const auto byte = static_cast<unsigned char>(c);
            if (byte >= firstNonAscii) {
                found.elsewhere |= passAny(~std::uint64_t(0));
            } else {
                reached = (reached << 1 | m_firsts) & m_places[byte];
                found.elsewhere |= reached;
                reached &= ~m_lasts;
            }
        }
    }
    found.elsewhere &= m_lasts;
    found.all |= found.elsewhere;
    return found;
}

std::vector<int> OutlineParts::in(const TextOutline& outline) const
{
    const std::uint64_t found = find(outline).all;
    std::vector<int> parts;
    for (std::size_t i = 0; i < m_count; ++i) {
        if (i >= m_last.size() || (found >> m_last[i] & 1) != 0)
            parts.push_back(static_cast<int>(i));
    }
    return parts;
}

OutlineNeed OutlineParts::needed(const TextOutline& outline) const
{
    const Found found = find(outline);
    if (found.elsewhere != 0 || (found.all != 0 && !m_areWhole) || m_last.size() < m_count)
        return {};
    OutlineNeed need{false};
    for (std::size_t i = 0; i < found.within.size(); ++i) {
        if (found.within[i] != 0)
            need.variables.push_back(i);
    }
    return need;
}

} // namespace vigie
