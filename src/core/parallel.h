// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>

namespace vigie {

/// Calls `work(i, worker)` for each i below `count`, in order, on this thread and on those of the global QThreadPool that are free,
/// and returns when all are done. `worker`, below parallelThreads(), is no other call's that runs at the same time. `work` must not
/// throw. Any thread.
void inParallel(std::size_t count, const std::function<void(std::size_t i, std::size_t worker)>& work);

/// How many calls of `work` can run at the same time.
std::size_t parallelThreads();

} // namespace vigie
