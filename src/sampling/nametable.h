// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace vigie {

/// What a reader remembers, from one look to the next, of things that come and go by name (devices,
/// interfaces). The QString of a name is made once and shared with every sample. Because the kernel
/// lists things in a steady order, finding one is a single comparison.
template <typename State> class NameTable
{
public:
    struct Entry
    {
        std::string bytes;
        QString name;
        State state{};
        quint64 lastLook = 0;
        bool isNew = true; ///< not there in the look before: its counters have nothing to be compared with
    };

    /// Call once a look, also when its source could not be read: counters older than one look are no
    /// basis for a rate.
    void beginLook()
    {
        ++m_look;
        m_next = 0;
    }

    /// The entry of `name`, made when unknown; null when this look has already seen that name.
    Entry* visit(std::string_view name)
    {
        Entry* entry = find(name);
        if (!entry) {
            m_entries.push_back({std::string(name),
                                 QString::fromUtf8(name), State{},
                                 m_look, true});
            m_next = m_entries.size();
            return &m_entries.back();
        }
        if (entry->lastLook == m_look)
            return nullptr;
        entry->isNew = entry->lastLook + 1 != m_look;
        entry->lastLook = m_look;
        return entry;
    }

    /// Forgets what this look did not see.
    void endLook()
    {
        std::erase_if(m_entries, [this](const Entry& entry) { return entry.lastLook != m_look; });
    }

private:
    Entry* find(std::string_view name)
    {
        for (std::size_t tried = 0; tried < m_entries.size(); ++tried, ++m_next) {
            if (m_next >= m_entries.size())
                m_next = 0;
            if (m_entries[m_next].bytes == name)
                return &m_entries[m_next++];
        }
        return nullptr;
    }

    std::vector<Entry> m_entries;
    std::size_t m_next = 0;
    quint64 m_look = 0;
};

} // namespace vigie
