// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logbatch.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace vigie {

/// Which log entries a viewer wants. Every part that is set must hold; an empty filter lets all pass.
struct LogFilter
{
    /// Levels as their senders write them. One that means a known severity matches every spelling of it
    /// ("warn" finds "WARNING"); any other matches the same text, case ignored.
    std::vector<std::string> levels;
    std::optional<std::int64_t> startTimeMs; ///< inclusive, ms since the epoch
    std::optional<std::int64_t> endTimeMs; ///< inclusive
    std::string search; ///< UTF-8; found in the message or the metadata's JSON text, case and style codes of terminals ignored

    bool operator==(const LogFilter&) const = default;

    bool isEmpty() const;
    bool matches(const LogBatch& batch, std::size_t index) const;
    bool matches(const NewLogEntry& entry) const;

private:
    bool matches(const NewLogEntry& entry, Severity severity) const;
};

} // namespace vigie
