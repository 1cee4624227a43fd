// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "figures/series.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace vigie {

/// The series that frames have values of, in the order of those values. Immutable: when a disk or a core comes or goes, there
/// is a new one.
class Catalogue
{
public:
    explicit Catalogue(std::vector<Series> series);

    /// No two catalogues of a program have the same; never 0.
    std::uint64_t version() const { return m_version; }
    std::span<const Series> series() const { return m_series; }
    std::size_t size() const { return m_series.size(); }

    /// The index of a series; absent when there is none of that name.
    std::optional<std::size_t> find(std::string_view name) const;
    /// The indexes of all series of a kind, in order.
    std::vector<std::size_t> ofKind(std::string_view pattern) const;

private:
    std::uint64_t m_version;
    std::vector<Series> m_series;
    std::vector<std::uint32_t> m_byName; ///< indexes
};

using CataloguePtr = std::shared_ptr<const Catalogue>;

} // namespace vigie
