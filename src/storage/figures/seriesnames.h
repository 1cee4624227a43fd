// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/database/database.h"

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace vigie {

/// The numbers that stand for the names of one source's series in its chunks. There are only so many: a new name
/// takes the place of the one that had no value for longest, if that was another day; figures stored under a name
/// that went are found no more, and its number never stands for another. One thread.
class SeriesNames
{
public:
    explicit SeriesNames(std::size_t max) : m_max(max) {}

    /// Reads what is stored of a source; to be called once, first.
    DatabaseOutcome read(Database& database, std::int64_t source);
    /// Days are counted since the epoch.
    static std::int64_t dayOf(std::int64_t timeMs) { return timeMs / 86'400'000; }
    /// The number of a name that has a value at `timeMs`; 0: there is no room for it.
    std::uint32_t number(const std::string& name, std::int64_t timeMs);
    /// Writes what changed since markWritten(), within the caller's transaction.
    DatabaseOutcome write(Database& database, std::int64_t source) const;
    void markWritten();

private:
    struct Series
    {
        std::uint32_t number = 0;
        std::int64_t lastDay = 0; ///< since the epoch: of its last value
        bool isChanged = false;
    };

    bool makeRoom(std::int64_t day);

    std::size_t m_max;
    std::unordered_map<std::string, Series> m_series;
    std::vector<std::uint32_t> m_gone; ///< not yet on disk
    std::uint32_t m_last = 0; ///< the highest number
    bool m_isChanged = false;
};

} // namespace vigie
