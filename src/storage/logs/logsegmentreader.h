// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history.h"
#include "core/storedcatalog.h"
#include "storage/database/database.h"
#include "storage/logs/logplace.h"
#include "storage/logs/logsegment.h"

#include <QDeadlineTimer>
#include <map>
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

/// Reads one segment through a connection of its own. One thread, any.
class LogSegmentReader
{
public:
    static DatabaseResult<LogSegmentReader> open(const QString& path,
                                                 Database::Access access = Database::Access::ReadOnly);

    bool hasMoved() const { return m_database.hasMoved(); }

    std::optional<SegmentApp> app(const std::string& appId);
    /// The names of all applications with entries here, or in segments before.
    std::vector<std::string> apps();
    std::optional<std::uint64_t> find(const std::string& appId, std::string_view id);
    /// Notes what is known of entries, of those that stand behind a place. Many at once, which costs far less than one by one.
    void lookUp(const std::string& appId, std::vector<SoughtEntry>& sought, std::uint64_t afterSequence);
    /// The newest entries that match, at most `query.limit`.
    SegmentPage newest(const SegmentQuery& query);
    /// Adds an application's entries from a place on, newest first; at the deadline, or when asked to stop, says that some are not
    /// in it.
    void count(const std::string& appId, std::uint64_t fromSequence, const std::stop_token& stop, const QDeadlineTimer& deadline,
               LogCounts& counts);
    /// The id of the application's newest entry that has one; empty: none has.
    std::string newestId(const std::string& appId);
    /// Looks at `rows` entries, newest first, up to the one of `fromSequence`, and appends those whose ids producers gave.
    /// Returns the sequence of the last one looked at; 0: there are no more.
    std::uint64_t namedDown(const std::string& appId, std::uint64_t fromSequence, std::size_t rows,
                            std::vector<StoredIds::Named>& named);
    /// Appends to `page` the entries from a place on, oldest first, about `maxBytes` of them, up to the first hole
    /// between them; counts in `missing` those that lack before the first. An error: a row cannot be read, and
    /// `page` has what stands before it.
    DatabaseOutcome oldest(const std::string& appId, std::uint64_t fromSequence, std::size_t maxBytes, ReplayPage& page);

private:
    /// What is looked for, in this segment's terms, and what was found.
    struct Search;

    void searchText(const std::string& expression, Search& search);
    void scan(Search& search);
    /// Calls `visit(from, to, zone)` for each part of these places, newest first, until it returns false. `zone`: what is
    /// known of the neighbours it lies among; null where entries belong to no zone yet.
    template <typename Visit>
    void forEachPart(std::int64_t from, std::int64_t to, const Visit& visit);
    void scanPlaces(std::int64_t from, std::int64_t to, Search& search);
    const LogOrigin& origin(const std::string& appId, std::string_view userId);

    Database m_database;
    Statement m_app;
    Statement m_apps;
    Statement m_find;
    Statement m_entryOfId;
    Statement m_entriesDown;
    Statement m_entriesUp;
    Statement m_zonesDown;
    Statement m_times;
    Statement m_textDown;
    std::map<std::string, LogOrigin, std::less<>> m_origins; // of the application last asked for
    std::string m_originsApp;
};

} // namespace vigie
