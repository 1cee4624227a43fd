// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fieldterms.h"
#include "core/logbatch.h"
#include "core/logcounts.h"
#include "core/logfilter.h"

#include <bitset>
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace vigie {

/// The highest sequence number an application can reach.
inline constexpr std::uint64_t maxSequence = (std::uint64_t(1) << 40) - 1;

/// A query for past entries: the newest `limit` that match and lie before every given bound.
struct HistoryQuery
{
    std::string appId;
    LogFilter filter;
    std::size_t limit = 100;
    std::optional<std::string> beforeId; ///< strictly before the entry with this id
    std::optional<std::int64_t> beforeTimeMs; ///< strictly before this moment
    std::optional<std::uint64_t> beforeSequence = {}; ///< strictly before this sequence number
    std::string userId = {}; ///< the sender; empty: any
    /// Words that the message or metadata must contain, all of them. `"quoted words"` must follow one another; `begin*` matches
    /// any word with this prefix. Case and accents are ignored.
    std::string words = {};
    /// A regular expression (RE2) that the message or the metadata must match, as SearchedTexts has them. Case-sensitive.
    std::string regex = {};
    bool storedOnly = false; ///< only entries that are on disk; without a store, all entries
    /// Cancels the query: a long search then ends as if it had timed out.
    std::stop_token stop = {};
    std::uint64_t afterSequence = 0; ///< strictly after this sequence number
    std::bitset<severityCount> severities = std::bitset<severityCount>().set(); ///< the severities to include
    FieldTerms terms = {}; ///< values that an entry must have and must not have

    bool isForStore() const { return !words.empty() || !regex.empty(); }
};

/// Entries in their application's order, oldest first.
struct HistoryPage
{
    std::vector<LogEntryRef> entries;
    /// Set when the search timed out: entries before this sequence number were not examined.
    std::optional<std::uint64_t> stoppedAt = {};
};

/// A contiguous range of an application's entries, to bring a viewer up to date.
struct ReplayPage
{
    std::vector<LogEntryRef> entries; ///< oldest first, contiguous
    /// Number of entries after the requested position that retention or `clear` removed. They come before `entries`.
    std::uint64_t missing = 0;
    /// Where the next request continues.
    std::uint64_t reachedSequence = 0;
};

/// Read access to past entries. The in-memory ring and the store implement it.
/// Results arrive on the caller's thread: at once, or later from its event loop. A caller that may be destroyed first guards its
/// callback.
class History
{
public:
    virtual ~History() = default;

    virtual void query(HistoryQuery query, std::function<void(HistoryPage)> done) = 0;

    /// The entries after `afterSequence`, at most about `maxBytes` of JSON (at least one entry if any).
    virtual void replay(std::string appId, std::uint64_t afterSequence, std::size_t maxBytes,
                        std::function<void(ReplayPage)> done) = 0;

    /// The sequence number of the entry with this id, or nothing if no such entry is held (any more).
    virtual void find(std::string appId, std::string id,
                      std::function<void(std::optional<std::uint64_t>)> done) = 0;

    /// The number of entries over time, of one application or of all.
    virtual void counts(LogCountsQuery query, std::function<void(LogCounts)> done) = 0;
};

} // namespace vigie
