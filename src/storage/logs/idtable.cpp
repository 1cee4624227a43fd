// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/logs/idtable.h"

#include <QRandomGenerator>

namespace vigie {

IdTable::IdTable(std::uint64_t firstSequence, std::size_t most)
    : m_secret(QRandomGenerator::system()->generate64()), m_first(firstSequence), m_most(most)
{
}

void IdTable::insert(std::uint64_t value)
{
    const std::size_t mask = m_slots.size() - 1;
    std::size_t slot = (value >> placeBits) & mask;
    while (m_slots[slot] != 0)
        slot = (slot + 1) & mask;
    m_slots[slot] = value;
}

void IdTable::add(std::string_view id, std::uint64_t sequence)
{
    constexpr std::size_t firstSlots = 16;
    if (m_size == m_most) {
        m_older = std::move(m_slots);
        m_slots.clear();
        m_size = 0;
    }
    if ((m_size + 1) * 3 > m_slots.size() * 2) {
        std::vector<std::uint64_t> before(m_slots.empty() ? firstSlots : m_slots.size() * 2);
        before.swap(m_slots);
        for (const std::uint64_t value : before) {
            if (value != 0)
                insert(value);
        }
    }
    insert(tagOf(id) << placeBits | ((sequence - m_first) & placeMask));
    ++m_size;
}

} // namespace vigie
