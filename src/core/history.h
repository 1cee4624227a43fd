// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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

/// The last place in an application's order that there can be.
inline constexpr std::uint64_t maxSequence = (std::uint64_t(1) << 40) - 1;

/// Which past entries a viewer asks for: the newest `limit` that match and lie before the bound.
struct HistoryQuery
{
    std::string appId;
    LogFilter filter;
    std::size_t limit = 100;
    std::optional<std::string> beforeId; ///< strictly before the entry of this id
    std::optional<std::int64_t> beforeTimeMs; ///< strictly before this moment
    std::optional<std::uint64_t> beforeSequence = {}; ///< strictly before this place in the order
    std::string userId = {}; ///< of the sender; empty: any
    /// Words that message or metadata must have, all of them; `"quoted words"` in that order, `begin*` any word
    /// that begins so; case and accents ignored. Only the store knows words: others give nothing for them.
    std::string words = {};
    /// A regular expression (RE2) that message or metadata's JSON text must match; case counts. Only the store knows
    /// these, too.
    std::string regex = {};
    bool storedOnly = false; ///< only what a killed program would still hold; without a store, all
    /// Asked to stop: nobody waits for the answer any more, and a search that takes long ends as if it took too long.
    std::stop_token stop = {};
    std::uint64_t afterSequence = 0; ///< strictly after this place in the order
    std::bitset<severityCount> severities = std::bitset<severityCount>().set(); ///< what levels may mean, by Severity

    bool isForStore() const { return !words.empty() || !regex.empty(); }
};

/// Entries in their application's order, oldest first.
struct HistoryPage
{
    std::vector<LogEntryRef> entries;
    /// Where a search stopped that took too long: what it has not looked at lies before this place.
    std::optional<std::uint64_t> stoppedAt = {};
};

/// A stretch of an application's order, to bring a viewer from where it is to the present.
struct ReplayPage
{
    std::vector<LogEntryRef> entries; ///< oldest first, without a gap between them
    /// Entries after the asked place that are gone, by retention or `clear`: they are missing before `entries`.
    std::uint64_t missing = 0;
    /// The place to ask from next.
    std::uint64_t reachedSequence = 0;
};

/// Read access to past entries. The in-memory ring implements it; so does the store.
/// Answers come on the caller's thread: at once, or later from its event loop. An request that may die
/// first guards its callback.
class History
{
public:
    virtual ~History() = default;

    virtual void query(HistoryQuery query, std::function<void(HistoryPage)> done) = 0;

    /// The entries after `afterSequence`, at most about `maxBytes` of JSON (at least one entry if any).
    virtual void replay(std::string appId, std::uint64_t afterSequence, std::size_t maxBytes,
                        std::function<void(ReplayPage)> done) = 0;

    /// The place of the entry with this id, or nothing when it is not (or no longer) held.
    virtual void find(std::string appId, std::string id,
                      std::function<void(std::optional<std::uint64_t>)> done) = 0;

    /// How many entries there were when.
    virtual void counts(LogCountsQuery query, std::function<void(LogCounts)> done) = 0;
};

} // namespace vigie
