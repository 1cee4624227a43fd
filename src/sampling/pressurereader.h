// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sampling/readings.h"
#include "sampling/procfile.h"

#include <optional>
#include <string>
#include <string_view>

namespace vigie {

/// Pressure stall information from `/proc/pressure` (kernel: accounting/psi.rst). Kernels built
/// without it have no such directory; those started with psi=0 refuse the read.
class PressureReader
{
public:
    explicit PressureReader(const std::string& root);

    /// A resource without figures is absent.
    void read(PressureSample& out);

    /// The avg10 of the "some" line and, where there is one, of the "full" line.
    static std::optional<PressureShare> parse(std::string_view text);

private:
    ProcFile m_cpu;
    ProcFile m_memory;
    ProcFile m_io;
};

} // namespace vigie
