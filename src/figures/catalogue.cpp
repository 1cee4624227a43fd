// SPDX-License-Identifier: GPL-3.0-or-later
#include "figures/catalogue.h"

#include <algorithm>
#include <atomic>
#include <numeric>

namespace vigie {

namespace {

std::uint64_t nextVersion()
{
    static std::atomic<std::uint64_t> last{0};
    return ++last;
}

} // namespace

Catalogue::Catalogue(std::vector<Series> series)
    : m_version(nextVersion()), m_series(std::move(series)), m_byName(m_series.size())
{
    std::iota(m_byName.begin(), m_byName.end(), 0u);
    std::ranges::stable_sort(m_byName, {}, [this](std::uint32_t index) -> const std::string& { return m_series[index].name; });
}

std::optional<std::size_t> Catalogue::find(std::string_view name) const
{
    const auto nameOf = [this](std::uint32_t index) { return std::string_view(m_series[index].name); };
    const auto found = std::ranges::lower_bound(m_byName, name, {}, nameOf);
    return found != m_byName.end() && nameOf(*found) == name ? std::optional<std::size_t>(*found) : std::nullopt;
}

std::vector<std::size_t> Catalogue::ofKind(std::string_view pattern) const
{
    std::vector<std::size_t> indexes;
    for (std::size_t i = 0; i < m_series.size(); ++i) {
        if (m_series[i].kind->pattern == pattern)
            indexes.push_back(i);
    }
    return indexes;
}

} // namespace vigie
