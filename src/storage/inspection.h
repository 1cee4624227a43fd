// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <cstdint>

namespace vigie {

/// The findings about one file of the store.
struct Inspection
{
    QString problem; ///< what is wrong, in SQLite's words; empty: nothing
    bool isNewer = false; ///< written by a later Vigie; the fields below are not set
    std::int64_t schemaVersion = 0;
    std::int64_t entries = 0; ///< log entries, chunks of metrics, or tokens
    std::int64_t bytes = 0; ///< including the files that SQLite keeps beside it
    std::int64_t oldestMs = 0; ///< since the epoch; only if there are entries
    std::int64_t newestMs = 0;
    QStringList apps; ///< applications with data in it, by name
};

/// Checks the whole file without changing anything on disk, even while a Vigie writes to it. Takes as long as reading the file.
/// Any thread.
Inspection inspectLogSegment(const QString& path);
Inspection inspectMetrics(const QString& path);
Inspection inspectAccess(const QString& path);

/// The first of the store's files that a later Vigie has written, by the version in its head; empty: there is none. Reads no more
/// than that: one whose upgrade a kill has cut short may still be found later, as it is opened. Empty paths are left out. Any thread.
QString fileOfLaterVersion(const QString& logsFolder, const QString& metricsPath, const QString& accessPath);

} // namespace vigie
