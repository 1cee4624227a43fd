// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/database/database.h"
#include "storage/logs/logzone.h"

#include <cstdint>
#include <limits>

namespace vigie {

/// A row of a segment's table `block`: what is known of a block of entries without unpacking it.
struct BlockRow
{
    /// The columns in their order; then " WHERE …".
    static constexpr const char* select =
        "SELECT first_place, last_place, least_time_ms, most_time_ms, entries, counts, least_id_ms, most_id_ms, has_named, is_full, word_group, "
        "text_bytes FROM block ";
    static constexpr const char* insert = "INSERT INTO block VALUES(?,?,?,?,?,?,?,?,?,?,?,?)";
    static constexpr std::int64_t noGroup = -1;

    LogZone zone;
    std::int64_t leastIdMs = std::numeric_limits<std::int64_t>::max(); ///< of the ids that Vigie made
    std::int64_t mostIdMs = std::numeric_limits<std::int64_t>::min();
    bool hasNamed = false; ///< it has ids of another kind: they are among its tokens
    bool isFull = false; ///< it is not gathered with others any more, and its tokens are indexed
    std::int64_t wordGroup = noGroup; ///< the number of its GroupIndex times 64, and its bit there
    std::int64_t textBytes = 0;

    std::int64_t entries = 0; ///< without the places of repeats

    /// All but `counts`, which the caller binds and keeps.
    void bindTo(Statement& statement) const;
    static BlockRow of(const Statement& row);
};

} // namespace vigie
