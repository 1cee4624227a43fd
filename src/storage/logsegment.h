// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logbatch.h"
#include "core/logcounts.h"
#include "storage/database.h"

#include <QString>
#include <cstdint>
#include <limits>
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

/// What is known of some neighbouring entries of one application, so that a search can pass over them all.
struct LogZone
{
    std::int64_t firstPlace = 0;
    std::int64_t lastPlace = 0;
    std::int64_t leastTimeMs = std::numeric_limits<std::int64_t>::max();
    std::int64_t mostTimeMs = std::numeric_limits<std::int64_t>::min();
    std::uint32_t places = 0; ///< those of repeats included
    SeverityCounts counts{}; ///< of entries

    /// Bit N: one of Severity N is among them.
    std::uint32_t severities() const;
    /// Takes in an entry that stands behind all others.
    void include(std::int64_t place, std::int64_t timeMs, Severity severity);
    /// Takes in the place of a repeat, which holds none.
    void includeRepeat(std::int64_t place);

    /// `counts` as a row keeps them: 16 bits each, the lower 8 first.
    std::array<char, 2 * severityCount> packedCounts() const;
    /// And back; none of a row that is not so.
    static SeverityCounts unpackCounts(std::string_view packed);
};

/// One file of log entries, as its one writer sees it. A store is a row of such files: only the newest is
/// written, and retention takes the oldest away whole, which gives its space back at once.
///
/// Tables: `log` (the entries, keyed by LogPlace), `log_text` (full text of message and metadata, without a copy
/// of either), `zone`, `app`, `user`. One thread.
class LogSegment
{
public:
    /// Entries that one zone covers.
    static constexpr std::uint32_t zoneEntries = 512;
    /// The newest there is.
    static constexpr int schemaVersion = 1;

    /// Opens or makes the file. `known` are the applications of the segment before, which a new one takes over.
    static DatabaseResult<LogSegment> open(const QString& path, const StoredApps& known);

    const QString& path() const { return m_path; }
    /// Entries that were added, those of earlier runs included.
    std::int64_t entryCount() const { return m_entryCount; }
    /// When the file was made, in ms since the epoch.
    std::int64_t createdMs() const { return m_createdMs; }
    StoredApps apps() const;
    /// The ids that producers gave to the newest of an application's entries, oldest first, at most `limit`.
    DatabaseResult<std::vector<std::string>> producerIds(const std::string& appId, std::size_t limit);

    /// Everything between begin() and commit() happens or does not. With `durable` the commit waits for the disk;
    /// without, it survives the end of the program but perhaps not the machine's.
    DatabaseOutcome begin(bool durable);
    /// Adds entries. One whose id the application has in this segment already is left out; its place is kept by a
    /// row without an id, so that the order has no hole.
    DatabaseOutcome add(const LogBatch& batch);
    DatabaseOutcome setCleared(const std::string& appId, std::uint64_t sequence);
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
        bool changed = false;
        LogZone zone; ///< of the newest entries, not yet written
    };

    DatabaseOutcome load();
    DatabaseOutcome insert(App& app, const LogBatch& batch, std::size_t index);
    DatabaseResult<App*> appOf(std::string_view appId);
    DatabaseResult<std::int64_t> userOf(std::string_view userId);
    DatabaseOutcome writeZone(App& app);
    DatabaseOutcome reopenZone(App& app);

    QString m_path;
    Database m_database;
    Statement m_insertEntry;
    Statement m_insertText;
    Statement m_insertZone;
    Statement m_saveApp;
    Statement m_begin;
    Statement m_commit;
    std::map<std::string, App, std::less<>> m_apps;
    std::unordered_map<std::string, std::int64_t> m_users;
    std::string m_plainText; // a buffer
    std::int64_t m_entryCount = 0;
    std::int64_t m_createdMs = 0;
    bool m_isDurable = false;
};

} // namespace vigie
