// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/logs/logsegmentreader.h"

#include "storage/logs/blocksegmentreader.h"
#include "storage/logs/logsegment.h"
#include "storage/logs/rowsegmentreader.h"
#include "storage/logs/takeover.h"

#include <QFileInfo>

namespace vigie {

namespace {

template <typename Reader>
DatabaseResult<std::unique_ptr<LogSegmentReader>> prepared(Database database)
{
    auto reader = std::make_unique<Reader>(std::move(database));
    if (const DatabaseOutcome done = reader->prepare(); !done)
        return done.error();
    return std::unique_ptr<LogSegmentReader>(std::move(reader));
}

} // namespace

DatabaseResult<std::unique_ptr<LogSegmentReader>> LogSegmentReader::open(const QString& path, Database::Access access)
{
    // It may have been taken over since somebody looked which files there are.
    const bool isTakenOver = !QFileInfo::exists(path) && QFileInfo::exists(SegmentTakeOver::nameOf(path));
    DatabaseResult<Database> database = Database::open(isTakenOver ? SegmentTakeOver::nameOf(path) : path, access);
    if (!database)
        return database.error();
    const DatabaseResult<std::int64_t> version = database->number("PRAGMA user_version");
    if (!version)
        return version.error();
    return *version < LogSegment::schemaVersion ? prepared<RowSegmentReader>(std::move(*database))
                                                : prepared<BlockSegmentReader>(std::move(*database));
}

} // namespace vigie
