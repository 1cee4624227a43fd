// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history.h"

#include <cstddef>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace vigie {

/// An id of a trace, as it stands in entries: W3C's 32 hexadecimal digits, or whatever other tracers write. Nothing: it is none
/// (idProblem()).
std::optional<std::string> traceIdFrom(std::string_view text);

/// A question for all entries with one `trace_id` in their metadata.
struct TraceQuery
{
    static constexpr std::size_t maxEntries = 10'000;
    static constexpr std::size_t maxBytes = 4 * 1024 * 1024; ///< of JSON

    std::string traceId; ///< as of traceIdFrom()
    std::vector<std::string> apps; ///< that may be read
    bool isIndexed = true; ///< the history is a store, which knows words; false: memory, which is looked through
    std::stop_token stop = {};
};

/// What was found.
struct TraceEntries
{
    std::vector<LogEntryRef> entries; ///< by time; those of one application and moment in their order
    bool hasMore = false; ///< there are too many, or the search took too long
};

/// Asks for a trace, one application after the other, by the index of words: one look-up for each application and segment of the
/// store. As for History, `done` is called at once or later, and `history` must live until then.
void findTrace(History& history, TraceQuery query, std::function<void(TraceEntries)> done);

} // namespace vigie
