// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logbatch.h"
#include "core/storedcatalog.h"
#include "storage/database/database.h"
#include "storage/logs/logsegment.h"
#include "storage/logs/takeover.h"

#include <QDir>
#include <QString>
#include <QStringList>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace vigie {

/// How long entries are kept, and when a segment is full.
struct LogRetention
{
    std::chrono::milliseconds age{std::chrono::hours(24 * 30)}; ///< since they came
    std::int64_t bytes = std::int64_t(2) << 30; ///< of all files together
    std::int64_t segmentEntries = 4'000'000;
    std::int64_t segmentBytes = 256 << 20;
    std::chrono::milliseconds segmentAge{std::chrono::hours(24)};
};

/// The folder of segments, as its one writer sees it: `logs-000001.db` and up, the newest being written. One thread.
class LogStore
{
public:
    /// The files of segments that are in `folder`, oldest first.
    static QStringList segmentsIn(const QString& folder);
    /// Opens the newest segment in `folder`, or makes the first. One that is no database, or comes from a later
    /// Vigie, is moved aside and named in `movedAside`.
    static DatabaseResult<LogStore> open(const QString& folder, LogRetention retention);

    /// Writes batches, in their order, and checkpoints, all or none. `durable` as in LogSegment::begin(), for all that was
    /// written before as well; there may be nothing to write then.
    DatabaseOutcome write(const std::vector<LogBatchPtr>& batches, bool durable, const StoredCheckpoints& checkpoints = {});
    /// After a write failed because the newest file is broken: moves it aside and goes on in a new one.
    DatabaseOutcome replaceNewest();
    DatabaseOutcome clear(const std::map<std::string, std::uint64_t>& upToSequences);

    /// From the next step of retention on.
    void setRetention(const LogRetention& retention) { m_retention = retention; }

    /// Takes one step of retention, and begins a new segment when the newest is full. True: something was done
    /// and more may be left to do.
    DatabaseResult<bool> tidy(std::int64_t nowMs);

    /// Takes a step of rewriting what an earlier Vigie wrote, the newest first. True: something was done and more may be left to do.
    /// segments() may be others then.
    DatabaseResult<bool> takeOver();

    /// When the newest segment was last written, by the clock of then; ms since the epoch.
    std::int64_t lastWrittenMs() const { return m_lastWrittenMs; }
    /// The files, oldest first.
    const QStringList& segments() const { return m_segments; }
    StoredApps apps() const { return m_newest->apps(); }
    /// See LogSegment.
    const StoredCheckpoints& checkpoints() const { return m_newest->checkpoints(); }
    /// See LogSegment.
    std::string lastId(const std::string& appId) const { return m_newest->lastId(appId); }
    /// Sets `lastId` of these applications, as far as the newest segments that are looked into have it. What cannot be read is
    /// left out.
    void describe(std::vector<StoredCatalog::App>& apps) const;
    /// The segments that are looked into when a store is opened, newest first, as each takes a moment: at most four.
    QStringList describedSegments() const;
    /// Files that were moved out of the way when the folder was opened, by their new names.
    const QStringList& movedAside() const { return m_movedAside; }
    /// Of all files together, what SQLite keeps beside them included.
    std::int64_t bytes() const;

private:
    LogStore(const QString& folder, LogRetention retention) : m_folder(folder), m_retention(retention) {}

    DatabaseResult<bool> giveUpTakeOver(const QString& path, const DatabaseError& error);
    DatabaseOutcome openNewest(SegmentState known);
    /// The state of the newest of the first so many files that has any.
    SegmentState newestState(qsizetype segments) const;
    void moveAside(const QString& path);
    QString nextPath() const;

    QDir m_folder;
    LogRetention m_retention;
    QStringList m_segments;
    QStringList m_movedAside;
    std::int64_t m_lastWrittenMs = 0;
    std::optional<LogSegment> m_newest;
    std::unique_ptr<SegmentTakeOver> m_takeOver; // that is going on
    QStringList m_sound; // segments that are of this version, or cannot be taken over
};

} // namespace vigie
