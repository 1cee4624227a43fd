// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logbatch.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace vigie {

/// One entry of a trace: a span, or something that was logged in it.
struct TraceNode
{
    LogEntryRef entry;
    bool isSpan = false;
    double durationMs = 0; ///< of a span
    int parent = -1; ///< among the trace's nodes, always before it; -1: none
    int depth = 0;
    bool lacksParent = false; ///< it names one that is not there
    /// A span that lies partly outside its parent: it outlives it, or the clocks of their machines differ.
    bool isOutside = false;

    std::int64_t startMs() const { return entry.batch->timestampMs(entry.index); }
    double endMs() const { return double(startMs()) + durationMs; }
};

/// All entries that have a trace's id, as a tree: each span below the one that called it, each other entry below its span.
struct TraceTree
{
    static constexpr std::size_t maxEntries = 10'000;
    static constexpr int maxDepth = 64; ///< what lies deeper stands at this depth

    std::vector<TraceNode> nodes; ///< each behind its parent, siblings by time
    double fromMs = 0; ///< since the epoch: when the first begins
    double toMs = 0; ///< when the last ends
    std::size_t spans = 0;
    std::size_t lackingParents = 0;
    std::size_t outside = 0;
    bool hasMore = false; ///< there are others, that are not here
};

/// The keys of the metadata that make an entry part of a trace.
struct TraceIds
{
    std::string trace; ///< empty: it is part of none
    std::string span; ///< the span that it is, or was logged in
    std::string parent;
    bool isSpan = false;
    double durationMs = 0;
};

TraceIds traceIdsOf(const LogEntryRef& entry);

/// Makes the tree of entries in any order, at most TraceTree::maxEntries. `hasMore`: they are not all.
TraceTree traceTreeOf(std::vector<LogEntryRef> entries, bool hasMore);

} // namespace vigie
