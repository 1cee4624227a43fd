// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

namespace vigie {

/// How a column is written. Stored: a number never means another.
namespace ColumnForm {
enum : std::uint64_t {
    Same,
    Choices,
    Numbers,
    Hex,
    Ulids,
    Templates,
    Texts,
};
}

inline constexpr std::size_t maxChoices = 255;
inline constexpr std::size_t maxTemplates = 255;

} // namespace vigie
