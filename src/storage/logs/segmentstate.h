// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/database/database.h"
#include "storage/logs/checkpointtable.h"

#include <QString>
#include <cstdint>
#include <map>
#include <string>

namespace vigie {

/// What is kept of one application besides its entries.
struct StoredApp
{
    std::uint64_t lastSequence = 0; ///< of its newest entry ever
    std::uint64_t clearedSequence = 0; ///< its entries up to here were cleared
};

/// By application id.
using StoredApps = std::map<std::string, StoredApp, std::less<>>;

/// What each segment takes over from the one before.
struct SegmentState
{
    StoredApps apps;
    StoredCheckpoints checkpoints;

    bool isEmpty() const { return apps.empty() && checkpoints.empty(); }
    /// That of the file at `path`, whichever version wrote it.
    static DatabaseResult<SegmentState> of(const QString& path);
};

} // namespace vigie
