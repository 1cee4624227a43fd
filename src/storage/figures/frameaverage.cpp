// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/figures/frameaverage.h"

#include <cmath>
#include <utility>

namespace vigie {

void FrameAverage::add(const Frame& frame)
{
    if (frame.intervalMs <= 0 || !frame.catalogue)
        return;
    if (frame.catalogue != m_catalogue)
        follow(frame.catalogue);
    m_lengthMs += frame.intervalMs;
    const auto series = m_catalogue->series();
    for (std::size_t i = 0; i < series.size(); ++i) {
        if (!series[i].kind->stored || !std::isfinite(frame.values[i]))
            continue;
        m_sums[i].sum += frame.values[i];
        ++m_sums[i].count;
    }
}

void FrameAverage::follow(const CataloguePtr& catalogue)
{
    std::vector<Sum> sums(catalogue->size());
    for (std::size_t i = 0; m_lengthMs > 0 && i < sums.size(); ++i) {
        if (const auto before = m_catalogue->find(catalogue->series()[i].name))
            sums[i] = m_sums[*before];
    }
    m_sums = std::move(sums);
    m_catalogue = catalogue;
}

std::span<const double> FrameAverage::take()
{
    m_averages.clear();
    for (Sum& sum : m_sums) {
        m_averages.push_back(sum.count > 0 ? sum.sum / sum.count : unknown);
        sum = {};
    }
    m_lengthMs = 0;
    return m_averages;
}

} // namespace vigie
