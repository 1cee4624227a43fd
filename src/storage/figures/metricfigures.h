// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "figures/series.h"

#include <QByteArray>
#include <string>
#include <vector>

namespace vigie {

/// One named value of one moment.
struct MetricFigure
{
    std::string name;
    double value = 0;
    Quantum quantum = Quantum::Auto;
};

/// The numbers in what an application says of itself, by the names of the members that lead to each, parted by dots;
/// `true` is 1 and `false` 0; all else, and what lies beyond ±1e100, is left out. At most 100, in the names' order, of names up
/// to 100 bytes.
std::vector<MetricFigure> figuresOf(const QByteArray& metricsJson);

} // namespace vigie
