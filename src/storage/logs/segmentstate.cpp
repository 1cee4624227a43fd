// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/logs/segmentstate.h"

#include "storage/logs/logplace.h"

#include <algorithm>

namespace vigie {

DatabaseResult<SegmentState> SegmentState::of(const QString& path)
{
    DatabaseResult<Database> database = Database::open(path, Database::Access::ReadOnly);
    if (!database)
        return database.error();
    SegmentState state;
    const DatabaseResult<std::int64_t> version = database->number("PRAGMA user_version");
    if (!version)
        return version.error();
    if (*version == 0)
        return state;
    const bool hasRows = *version < 3;
    DatabaseResult<Statement> apps = database->prepare(
        std::string("SELECT name, last_sequence, cleared_sequence, ifnull((SELECT max(")
        + (hasRows ? "place) FROM log WHERE place" : "last_place) FROM block WHERE first_place")
        + " BETWEEN app << 40 AND (app + 1 << 40) - 1), 0) FROM app");
    if (!apps)
        return apps.error();
    for (;;) {
        const DatabaseResult<bool> row = apps->step();
        if (!row)
            return row.error();
        if (!*row)
            break;
        state.apps[std::string(apps->bytes(0))] = {
            std::max(static_cast<std::uint64_t>(apps->integer(1)), LogPlace::sequence(apps->integer(3))),
            static_cast<std::uint64_t>(apps->integer(2))};
    }
    if (*version == 1)
        return state;
    DatabaseResult<Statement> checkpoints = database->prepare("SELECT source, place FROM checkpoint");
    if (!checkpoints)
        return checkpoints.error();
    for (;;) {
        const DatabaseResult<bool> row = checkpoints->step();
        if (!row)
            return row.error();
        if (!*row)
            return state;
        state.checkpoints[std::string(checkpoints->bytes(0))] = checkpoints->bytes(1);
    }
}

} // namespace vigie
