// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "figures/framebuilder.h"
#include "sampling/look.h"

#include <memory>
#include <string>
#include <vector>

namespace vigie {

/// Something on this machine that is measured. One thread at a time.
class FigureSource
{
public:
    virtual ~FigureSource() = default;

    /// Looks, and tells each of its series with its value: what they are and what they are at now in one step. What it does not
    /// find it does not tell of; what it finds but cannot measure this time it tells as NaN. Allocates nothing while the machine
    /// does not change.
    virtual void look(const Look& look, FrameBuilder& out) = 0;
};

using FigureSources = std::vector<std::unique_ptr<FigureSource>>;

/// Every source there is, in the order of their series. `root` is where `proc` and `sys` are found, without a slash at its end:
/// "" for this machine.
FigureSources allSources(const std::string& root);

} // namespace vigie
