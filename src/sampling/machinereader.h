// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sampling/figuresource.h"
#include "sampling/processreader.h"

#include <string>

namespace vigie {

/// All sources together: one look at the whole machine. Its memory is reused from look to look, so
/// that once every source has been read, a look at a machine that has not changed allocates nothing.
/// One thread at a time.
class MachineReader
{
public:
    /// `root` is where `proc` and `sys` are found: "/" for this machine.
    explicit MachineReader(const std::string& root);

    /// Fills every part of `out`, whatever it held, but its time of day; processes only with `detail`.
    void read(const Look& look, bool detail, Frame& out);

private:
    FigureSources m_sources;
    ProcessReader m_processes;
    FrameBuilder m_builder;
};

} // namespace vigie
