// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "figures/frame.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace vigie {

/// Reads some series out of frame after frame. Names are looked up once a catalogue; after that each value is an index away.
class FigureReader
{
public:
    /// `names` must live as long as the reader: literals do.
    explicit FigureReader(std::vector<std::string_view> names);

    /// Takes the values of a frame; true when its catalogue is another than that of the frame before.
    bool read(const Frame& frame);

    /// The value of names[i] in the frame last read; NaN when it has none.
    double value(std::size_t i) const { return m_values[i]; }
    double valueOr(std::size_t i, double instead) const { return isKnown(i) ? m_values[i] : instead; }
    bool isKnown(std::size_t i) const { return m_values[i] == m_values[i]; }

private:
    std::vector<std::string_view> m_names;
    std::vector<std::optional<std::size_t>> m_indexes;
    std::vector<double> m_values;
    std::optional<std::uint64_t> m_version; ///< 0: of no catalogue
};

} // namespace vigie
