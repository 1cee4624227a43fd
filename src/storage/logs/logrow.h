// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logbatch.h"
#include "storage/database/database.h"

namespace vigie {

/// A row of a segment's table `log`, as its writer and its readers select it.
struct LogRow
{
    static constexpr const char* select =
        "SELECT place, id, named, time_ms, level, user.name, message, metadata FROM log JOIN user USING(user) WHERE ";

    /// What the producer said, in the column `named`.
    enum Named : std::int64_t {
        NotNamed = 0, ///< no id
        IsNamed = 1,
        IsNamedWithoutTime = 3, ///< an id, and no time
    };

    static Named named(const NewLogEntry& entry)
    {
        return !entry.idIsProducers ? NotNamed : entry.timeIsOurs ? IsNamedWithoutTime : IsNamed;
    }
    static std::int64_t place(const Statement& row) { return row.integer(0); }
    /// Its id is empty where the place of a repeat is kept.
    static NewLogEntry entry(const Statement& row)
    {
        const std::int64_t named = row.integer(2);
        return {row.bytes(1), row.integer(3), row.bytes(4), row.bytes(6), row.bytes(7), named != NotNamed,
                named == IsNamedWithoutTime};
    }
    static std::string_view userId(const Statement& row) { return row.bytes(5); }
};

} // namespace vigie
