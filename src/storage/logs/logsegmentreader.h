// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history.h"
#include "core/entryfingerprint.h"
#include "core/storedcatalog.h"
#include "storage/database/database.h"

#include <QDeadlineTimer>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vigie {

class Pattern;

/// An entry that may be there already.
struct SoughtEntry
{
    enum class Known {
        No,
        ByAnother, ///< its id is, with other entries only
        AsItIs
    };

    std::string_view id;
    EntryFingerprint print;
    Known known = Known::No;
};

/// One application as a segment has it.
struct SegmentApp
{
    std::int64_t number = 0; ///< in this segment
    std::uint64_t lastSequence = 0;
    std::uint64_t clearedSequence = 0;
};

/// What is asked of one segment.
struct SegmentQuery
{
    HistoryQuery query; ///< its `before…Id` and `…Sequence`s are not looked at: the bounds below are
    std::uint64_t fromSequence = 0;
    std::uint64_t toSequence = 0; ///< inclusive
    const Pattern* pattern = nullptr; ///< `query.regex`, if it has one
    QDeadlineTimer deadline = QDeadlineTimer(QDeadlineTimer::Forever);
};

/// What a segment answers: newest first.
struct SegmentPage
{
    std::vector<LogEntryRef> entries;
    std::optional<std::uint64_t> stoppedAt; ///< at the deadline, or when asked to, before the entry of this sequence
};

/// Reads one segment through a connection of its own, whichever version wrote it. One thread, any.
class LogSegmentReader
{
public:
    static DatabaseResult<std::unique_ptr<LogSegmentReader>> open(const QString& path,
                                                                  Database::Access access = Database::Access::ReadOnly);
    virtual ~LogSegmentReader() = default;

    virtual bool hasMoved() const = 0;

    virtual std::optional<SegmentApp> app(const std::string& appId) = 0;
    /// The names of all applications with entries here, or in segments before.
    virtual std::vector<std::string> apps() = 0;
    virtual std::optional<std::uint64_t> find(const std::string& appId, std::string_view id) = 0;
    /// Notes what is known of entries, of those that stand behind a place. Many at once, which costs far less than one by one.
    virtual void lookUp(const std::string& appId, std::vector<SoughtEntry>& sought, std::uint64_t afterSequence) = 0;
    /// The newest entries that match, at most `query.limit`.
    virtual SegmentPage newest(const SegmentQuery& query) = 0;
    /// Adds an application's entries from a place on, newest first; at the deadline, or when asked to stop, says that some are not
    /// in it.
    virtual void count(const std::string& appId, std::uint64_t fromSequence, const std::stop_token& stop,
                       const QDeadlineTimer& deadline, LogCounts& counts) = 0;
    /// The id of the application's newest entry that has one; empty: none has.
    virtual std::string newestId(const std::string& appId) = 0;
    /// Looks at `rows` entries, newest first, up to the one of `fromSequence`, and appends those whose ids producers gave.
    /// Returns the sequence of the last one looked at; 0: there are no more.
    virtual std::uint64_t namedDown(const std::string& appId, std::uint64_t fromSequence, std::size_t rows,
                                    std::vector<StoredIds::Named>& named) = 0;
    /// Appends to `page` the entries from a place on, oldest first, about `maxBytes` of them, up to the first hole
    /// between them; counts in `missing` those that lack before the first. An error: some cannot be read. `page` then has what stands
    /// before them or, where they are a damaged block and are counted in `missing`, what stands behind.
    virtual DatabaseOutcome oldest(const std::string& appId, std::uint64_t fromSequence, std::size_t maxBytes, ReplayPage& page) = 0;
};

} // namespace vigie
