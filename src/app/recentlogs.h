// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history.h"
#include "core/storedcatalog.h"

#include <functional>

namespace vigie {

/// Gives the newest stored entries of all applications, by their times, at most `limit`: what a window shows before
/// anything new has come. `show` is called once, on the history's thread, or never if there is nothing.
void findRecentLogs(const StoredCatalog& catalog, History& history, std::size_t limit,
                    std::function<void(const std::vector<LogEntryRef>&)> show);

} // namespace vigie
