// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "figures/frame.h"

#include <cstdint>
#include <span>
#include <vector>

namespace vigie {

/// What the frames of one second were like: the average of each stored series. Memory is used again from second to second.
class FrameAverage
{
public:
    /// A first look, whose rates mean nothing, is left out.
    void add(const Frame& frame);
    /// How long the frames added lasted together.
    std::int64_t lengthMs() const { return m_lengthMs; }
    /// Null while nothing was added.
    const CataloguePtr& catalogue() const { return m_catalogue; }
    /// The averages, by the catalogue's indexes; NaN where nothing is known or stored. Valid until the next call; begins anew.
    std::span<const double> take();

private:
    struct Sum
    {
        double sum = 0;
        std::uint32_t count = 0;
    };

    void follow(const CataloguePtr& catalogue);

    CataloguePtr m_catalogue;
    std::vector<Sum> m_sums;
    std::vector<double> m_averages;
    std::int64_t m_lengthMs = 0;
};

} // namespace vigie
