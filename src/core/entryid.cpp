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
    // The random part keeps this source apart from every other.
    m_high = QRandomGenerator::system()->generate64() & mask40;
    startMillisecond(0);
}

void EntryIdSource::startMillisecond(std::int64_t ms)
{
    m_timeMs = ms;
    // The counter starts low enough never to overflow within a millisecond.
    m_low = QRandomGenerator::global()->generate64() & (mask40 >> 1);
    encode(m_text.data() + 10, 10, static_cast<std::uint64_t>(ms));
    encode(m_text.data() + 18, 8, m_high);
}

std::string_view EntryIdSource::next(std::int64_t nowMs)
{
    if (nowMs > m_timeMs)
        startMillisecond(nowMs);
    else
        ++m_low;
    encode(m_text.data() + length, 8, m_low & mask40);
    return {m_text.data(), length};
}

} // namespace vigie
