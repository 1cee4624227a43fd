// SPDX-License-Identifier: GPL-3.0-or-later
#include "figures/figurereader.h"

namespace vigie {

FigureReader::FigureReader(std::vector<std::string_view> names)
    : m_names(std::move(names)), m_indexes(m_names.size()), m_values(m_names.size(), unknown)
{
}

bool FigureReader::read(const Frame& frame)
{
    const std::uint64_t version = frame.catalogue ? frame.catalogue->version() : 0;
    const bool isNew = m_version != version;
    m_version = version;
    for (std::size_t i = 0; i < m_names.size(); ++i) {
        if (isNew)
            m_indexes[i] = frame.catalogue ? frame.catalogue->find(m_names[i]) : std::nullopt;
        m_values[i] = frame.value(m_indexes[i]);
    }
    return isNew;
}

} // namespace vigie
