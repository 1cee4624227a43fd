// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/entryfingerprint.h"
#include "core/logbatch.h"
#include "storage/blocks/logblock.h"
#include "storage/database/database.h"
#include "storage/logs/blocktable.h"
#include "storage/logs/checkpointtable.h"
#include "storage/logs/idtable.h"
#include "storage/logs/segmentstate.h"

#include <QString>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vigie {

/// One file of log entries, as its one writer sees it. A store is a row of such files: only the newest is
/// written, and retention takes the oldest away whole, which gives its space back at once.
///
/// What is committed at once is a LogBlock an application, one row. Small ones are gathered into larger ones by later commits, so
/// that there are few; a full one stays as it is. Tables: `block` (what is known of each, by LogPlace), `block_data` (the blocks),
/// `block_words` (the tokens of those full ones that belong to no group yet), `word_bucket` (those of groups of 64, in buckets of
/// GroupIndex), `app`, `checkpoint` (of all sources, also of what earlier segments hold). One thread.
class LogSegment
{
public:
    /// The newest there is.
    static constexpr int schemaVersion = 3;

    /// Opens or makes the file. A new one takes over `known`, the state of the segment before. One of an earlier version is not
    /// opened (isOfEarlierVersion()).
    static DatabaseResult<LogSegment> open(const QString& path, const SegmentState& known);
    /// Whether the file has a row for each entry, as those of versions 1 and 2: it is read, not written.
    static bool isOfEarlierVersion(const QString& path);

    const QString& path() const { return m_path; }
    /// Whether the file may only be read.
    bool isReadOnly() const { return m_database->isReadOnly(); }
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
    /// by one without an id, so that the order has no hole. One whose id another entry has gets a substituteEntryId().
    /// That a place is taken is an error.
    DatabaseOutcome add(const LogBatch& batch);
    /// Keeps places of an application that hold no entries, as those of repeats.
    DatabaseOutcome keepPlaces(const std::string& appId, std::uint64_t firstSequence, std::uint64_t count);
    /// Takes over what another segment knows besides its entries.
    DatabaseOutcome adopt(const SegmentState& known);
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
    /// A block that is not full yet.
    struct Part
    {
        std::int64_t firstPlace = 0;
        std::int64_t lastPlace = 0;
        std::int64_t textBytes = 0;

        std::int64_t entries() const { return lastPlace - firstPlace + 1; }
    };
    struct App
    {
        std::int64_t number = 0;
        StoredApp stored;
        StoredApp committed;
        std::string lastId;
        bool isSaved = false; ///< it has a row
        bool isChanged = false; ///< by the open transaction
        std::unique_ptr<BlockEntries> pending; ///< added, and in no row yet; null: none
        std::uint64_t pendingFirst = 0; ///< their first sequence
        std::vector<Part> parts; ///< the newest blocks, in order
        std::vector<std::int64_t> ungrouped; ///< first places of full blocks that belong to no group
        std::unique_ptr<IdTable> ids; ///< null until a producer's id comes
    };
    /// A few that are used again, as each has much room.
    class EntriesPool
    {
    public:
        std::unique_ptr<BlockEntries> take();
        void giveBack(std::unique_ptr<BlockEntries> entries);

    private:
        std::vector<std::unique_ptr<BlockEntries>> m_free;
    };

    DatabaseOutcome load();
    DatabaseOutcome loadApp(App& app);
    App& appOf(std::string_view appId);
    void noteChange(const std::string& appId, App& app);
    DatabaseOutcome insert(App& app, const LogBatch& batch, std::size_t index);
    /// What stands under an id of the application, if anything does.
    DatabaseResult<std::optional<EntryFingerprint>> printOf(App& app, std::string_view id);
    DatabaseOutcome readIds(App& app);
    DatabaseOutcome flush(App& app, bool isFull);
    DatabaseOutcome gather(App& app, std::size_t from);
    DatabaseOutcome writeBlock(App& app, const BlockEntries& entries, std::int64_t firstPlace, bool isFull);

    QString m_path;
    std::unique_ptr<Database> m_database; // at one place, as its tables point to it
    Statement m_saveApp;
    Statement m_begin;
    Statement m_commit;
    std::map<std::string, App, std::less<>> m_apps;
    std::vector<std::string> m_changed; // of m_apps, by the open transaction
    std::int64_t m_lastNumber = 0; // of m_apps
    CheckpointTable m_checkpoints;
    std::unique_ptr<BlockTable> m_blocks;
    EntriesPool m_pool;
    std::int64_t m_entryCount = 0;
    std::int64_t m_committedCount = 0;
    std::int64_t m_createdMs = 0;
    bool m_isDurable = false;
};

} // namespace vigie
