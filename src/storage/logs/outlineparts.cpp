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
    }
    // What is beyond ASCII may be anything when its case is folded, also a letter of ASCII.
    std::fill(m_places.begin() + firstNonAscii, m_places.end(), ~std::uint64_t(0));
}

std::vector<int> OutlineParts::in(const TextOutline& outline) const
{
    std::uint64_t found = 0;
    std::uint64_t reached = 0; // a bit: a part may stand here up to its byte
    const auto step = [&](std::uint64_t places) { return (reached << 1 | m_firsts) & places; };
    // Any number of bytes, also none, each of which may stand there.
    const auto passAny = [&](std::uint64_t places) {
        for (std::uint64_t more = step(places); (more & ~reached) != 0; more = step(places))
            reached |= more;
        found |= reached;
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
            passAny(places);
        }
        for (const char c : outline.pieces[i]) {
            const auto byte = static_cast<unsigned char>(c);
            if (byte >= firstNonAscii) {
                passAny(~std::uint64_t(0));
            } else {
                reached = step(m_places[byte]);
                found |= reached;
            }
        }
    }
    std::vector<int> parts;
    for (std::size_t i = 0; i < m_count; ++i) {
        if (i >= m_last.size() || (found >> m_last[i] & 1) != 0)
            parts.push_back(static_cast<int>(i));
    }
    return parts;
}

} // namespace vigie
