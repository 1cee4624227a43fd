// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/processes.h"
#include "figures/catalogue.h"

#include <QMetaType>
#include <memory>
#include <optional>
#include <vector>

namespace vigie {

/// One look at the machine: a value for each series of the catalogue. Built by a FrameBuilder, read by a FigureReader.
struct Frame
{
    qint64 timestampMs = 0; ///< wall clock, ms since the epoch
    qint64 intervalMs = 0; ///< monotonic time since the look before; 0 for the first, whose rates mean nothing
    CataloguePtr catalogue; ///< null: nothing was looked at
    std::vector<double> values; ///< as long as the catalogue; NaN: not known this time
    std::optional<ProcessesSample> processes; ///< only while somebody asked for them

    /// NaN for an index that is absent.
    double value(std::optional<std::size_t> index) const { return index ? values[*index] : unknown; }
};

/// Frames cross threads as shared, immutable values.
using FramePtr = std::shared_ptr<const Frame>;

} // namespace vigie

Q_DECLARE_METATYPE(vigie::FramePtr)
