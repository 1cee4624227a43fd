// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/entryfingerprint.h"
#include "core/logbatch.h"
#include "storage/database/database.h"
#include "storage/logs/checkpointtable.h"
#include "storage/logs/logzone.h"

#include <QString>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace vigie {

/// What is kept of one application besides its entries.
struct StoredApp
{
    std::uint64_t lastSequence = 0; ///< of its newest entry ever
    std::uint64_t clearedSequence = 0; ///< its entries up to here were cleared
};

/// By application id.
using StoredApps = std::map<std::string, StoredApp, std::less<>>;

/// What each segment takes over from the one before.
struct SegmentState
{
    StoredApps apps;
    StoredCheckpoints checkpoints;

    bool isEmpty() const { return apps.empty() && checkpoints.empty(); }
};

/// One file of log entries, as its one writer sees it. A store is a row of such files: only the newest is
/// written, and retention takes the oldest away whole, which gives its space back at once.
///
/// Tables: `log` (the entries, keyed by LogPlace), `log_text` (full text of message and metadata, without a copy
/// of either), `zone`, `app`, `user`, `checkpoint` (of all sources, also of what earlier segments hold). One thread.
class LogSegment
{
public:
    /// The newest there is.
    static constexpr int schemaVersion = 2;

    /// Opens or makes the file. A new one takes over `known`, the state of the segment before.
    static DatabaseResult<LogSegment> open(const QString& path, const SegmentState& known);

    const QString& path() const { return m_path; }
    /// Whether the file may only be read.
    bool isReadOnly() const { return m_database.isReadOnly(); }
    /// Entries that were added, those of earlier runs included.
    std::int64_t entryCount() const { return m_entryCount; }
    /// When the file was made, in ms since the epoch.
    std::int64_t createdMs() const { return m_createdMs; }
    StoredApps apps() const;
    /// Those that are committed.
    const StoredCheckpoints& checkpoints() const { return m_checkpoints.all(); }
    SegmentState state() const { return {apps(), checkpoints()}; }
    /// The id of the newest entry that was added here to the application, as it is kept; empty: none was since this was opened
    /// or rolled back.
    std::string lastId(const std::string& appId) const;

    /// Everything between begin() and commit() happens or does not. With `durable` the commit waits for the disk;
    /// without, it survives the end of the program but perhaps not the machine's.
    /// An error if the file is no longer at its path.
    DatabaseOutcome begin(bool durable);
    /// Adds entries. One that the application has in this segment already, under the same id, is left out; its place is kept
    /// by a row without an id, so that the order has no hole. One whose id another entry has gets a substituteEntryId().
    /// That a place is taken is an error.
    DatabaseOutcome add(const LogBatch& batch);
    DatabaseOutcome setCleared(const std::string& appId, std::uint64_t sequence);
    /// Replaces the checkpoint of a source, or removes it where its place is empty.
    DatabaseOutcome setCheckpoint(const Checkpoint& checkpoint) { return m_checkpoints.set(checkpoint); }
    /// Writes something that means nothing: a durable commit of nothing else would not wait for the disk.
    DatabaseOutcome touch();
    DatabaseOutcome commit();
    void rollback();

    /// Moves what the write-ahead log still holds into the file itself.
    DatabaseOutcome checkpoint();

private:
    struct App
    {
        std::int64_t number = 0;
        StoredApp stored;
        std::string lastId;
        bool changed = false;
        LogZone zone; ///< of the newest entries, not yet written
    };

    DatabaseOutcome load();
    DatabaseOutcome takeOver(const SegmentState& known);
    DatabaseOutcome insert(App& app, const LogBatch& batch, std::size_t index);
    /// Whether the row was written: not when the application has the id already.
    DatabaseResult<bool> insertRow(std::int64_t place, const NewLogEntry& entry, std::int64_t user);
    DatabaseOutcome insertPlaceholder(std::int64_t place, const NewLogEntry& entry, std::int64_t user);
    /// What stands under an id of the application.
    DatabaseResult<EntryFingerprint> printOf(const App& app, std::string_view id);
    DatabaseResult<App*> appOf(std::string_view appId);
    DatabaseResult<std::int64_t> userOf(std::string_view userId);
    DatabaseOutcome writeZone(App& app);
    DatabaseOutcome reopenZone(App& app);

    QString m_path;
    Database m_database;
    Statement m_insertEntry;
    Statement m_entryOfId;
    Statement m_insertText;
    Statement m_insertZone;
    Statement m_saveApp;
    Statement m_begin;
    Statement m_commit;
    std::map<std::string, App, std::less<>> m_apps;
    std::unordered_map<std::string, std::int64_t> m_users;
    CheckpointTable m_checkpoints;
    std::string m_plainText; // a buffer
    std::int64_t m_entryCount = 0;
    std::int64_t m_createdMs = 0;
    bool m_isDurable = false;
};

} // namespace vigie
