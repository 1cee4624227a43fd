// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logbatch.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace vigie {

/// Selects log entries. Every part that is set must match; an empty filter matches everything.
struct LogFilter
{
    /// Levels as senders write them. A level with a known severity matches every spelling of that severity ("warn" finds
    /// "WARNING"). Any other level matches the same text, ignoring case.
    std::vector<std::string> levels;
    std::optional<std::int64_t> startTimeMs; ///< inclusive, ms since the epoch
    std::optional<std::int64_t> endTimeMs; ///< inclusive
    std::string search; ///< UTF-8; must occur in the message or the metadata's JSON text, ignoring case and terminal style codes

    bool operator==(const LogFilter&) const = default;

    bool isEmpty() const;
    bool matches(const LogBatch& batch, std::size_t index) const;
    bool matches(const NewLogEntry& entry) const;

private:
    bool matches(const NewLogEntry& entry, Severity severity) const;
};

} // namespace vigie
