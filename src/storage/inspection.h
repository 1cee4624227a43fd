// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <cstdint>

namespace vigie {

/// What was found in one file of the store.
struct Inspection
{
    QString problem; ///< what is wrong with it, in SQLite's words; empty: it is sound
    bool isNewer = false; ///< written by a later Vigie; the rest is not looked at
    std::int64_t schemaVersion = 0;
    std::int64_t entries = 0; ///< log entries, chunks of figures, or tokens
    std::int64_t bytes = 0; ///< with what SQLite keeps beside it
    std::int64_t oldestMs = 0; ///< since the epoch; only with entries
    std::int64_t newestMs = 0;
    QStringList apps; ///< that have something in it, by name
};

/// Looks a file through from beginning to end without changing anything on disk, also while a Vigie writes it. Takes as
/// long as reading the file does. Any thread.
Inspection inspectLogSegment(const QString& path);
Inspection inspectMetrics(const QString& path);
Inspection inspectAccess(const QString& path);

} // namespace vigie
