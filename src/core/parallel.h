// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>

namespace vigie {

/// Calls `work(i)` for each i below `count`, on this thread and on those of the global QThreadPool that are free, and returns when
/// all are done. `work` must not throw. Any thread.
void inParallel(std::size_t count, const std::function<void(std::size_t)>& work);

/// How many calls of inParallel() can run at the same time.
std::size_t parallelThreads();

} // namespace vigie
