// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>

namespace vigie {

/// Monotonic time. Only differences are meaningful.
inline std::chrono::milliseconds steadyNow()
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch());
}

} // namespace vigie
