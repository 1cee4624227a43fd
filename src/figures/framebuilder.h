// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "figures/frame.h"

#include <cstddef>
#include <span>
#include <vector>

namespace vigie {

/// Fills frames with what sources tell, one value after the other. As long as they tell of the same series in the same order,
/// nothing is allocated and all frames have one catalogue; when they do not, a new one is made of what they tell. One thread.
class FrameBuilder
{
public:
    /// Begins a frame, whatever it held before.
    void begin(Frame& frame);
    /// The next series of the frame. NaN: there is one, but its value is not known.
    void add(const SeriesKind& kind, double value);
    /// The same of one of several instances. Cheapest when the text is the same QString as the look before.
    void add(const SeriesKind& kind, const QString& instance, double value, std::span<const SeriesLabel> labels = {});
    /// Completes it: the frame has its catalogue.
    void end();

private:
    bool isNext(const SeriesKind& kind, const QString& instance, std::span<const SeriesLabel> labels) const;
    void startAnew();

    Frame* m_frame = nullptr;
    CataloguePtr m_catalogue;
    std::size_t m_next = 0;
    bool m_isChanged = false;
    std::vector<Series> m_changed; ///< what was told of so far in a frame that needs a new catalogue
};

} // namespace vigie
