// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/entryid.h"

#include <QRandomGenerator>

namespace vigie {

namespace {

constexpr char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::uint64_t mask40 = (std::uint64_t{1} << 40) - 1;

void encode(char* end, int characters, std::uint64_t value)
{
    for (int i = 0; i < characters; ++i) {
        *--end = alphabet[value & 31];
        value >>= 5;
    }
}

} // namespace

EntryIdSource::EntryIdSource()
{
    m_high = QRandomGenerator::system()->generate64() & mask40;
}

std::string_view EntryIdSource::next(std::int64_t nowMs)
{
    if (nowMs > m_timeMs) {
        m_timeMs = nowMs;
        // The random part keeps this source apart from every other; the counter starts low enough never
        // to overflow within a millisecond.
        m_low = QRandomGenerator::global()->generate64() & (mask40 >> 1);
        encode(m_text.data() + 10, 10, static_cast<std::uint64_t>(m_timeMs));
        encode(m_text.data() + 18, 8, m_high);
    } else {
        ++m_low;
    }
    encode(m_text.data() + length, 8, m_low & mask40);
    return {m_text.data(), length};
}

} // namespace vigie
