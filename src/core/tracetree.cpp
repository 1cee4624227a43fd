// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tracetree.h"

#include "core/jsonscalars.h"

#include <algorithm>
#include <charconv>
#include <unordered_map>
#include <utility>

namespace vigie {

namespace {

constexpr double slackMs = 1; // times of entries have no finer steps
constexpr int none = -1;

struct Raw
{
    LogEntryRef entry;
    TraceIds ids;
    int parent = none; // among the raw ones
    std::vector<int> children;
};

double numberOf(std::string_view text)
{
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() && number > 0 ? number : 0;
}

/// Puts a tree's nodes behind each other. Without recursion: a chain of calls may be as long as the trace.
class TreeWalk
{
public:
    TreeWalk(std::vector<Raw>& raw, TraceTree& trace) : m_raw(raw), m_trace(trace), m_places(raw.size(), none) {}

    bool isDone(int i) const { return m_places[std::size_t(i)] != none; }

    void walk(int root)
    {
        std::vector<int> waiting{root};
        while (!waiting.empty()) {
            const int i = waiting.back();
            waiting.pop_back();
            if (isDone(i))
                continue;
            add(i, i == root);
            const std::vector<int>& children = m_raw[std::size_t(i)].children;
            waiting.insert(waiting.end(), children.rbegin(), children.rend());
        }
    }

private:
    void add(int i, bool isRoot)
    {
        const Raw& raw = m_raw[std::size_t(i)];
        TraceNode node{raw.entry, raw.ids.isSpan, raw.ids.durationMs};
        if (!isRoot) {
            node.parent = m_places[std::size_t(raw.parent)];
            const TraceNode& parent = m_trace.nodes[std::size_t(node.parent)];
            node.isOutside = node.isSpan
                && (double(node.startMs()) < double(parent.startMs()) - slackMs || node.endMs() > parent.endMs() + slackMs);
            if (parent.depth >= TraceTree::maxDepth)
                node.parent = parent.parent;
            node.depth = std::min(parent.depth + 1, TraceTree::maxDepth);
        } else {
            node.lacksParent = raw.ids.isSpan ? !raw.ids.parent.empty() : !raw.ids.span.empty();
        }
        m_places[std::size_t(i)] = int(m_trace.nodes.size());
        m_trace.spans += node.isSpan;
        m_trace.lackingParents += node.lacksParent;
        m_trace.outside += node.isOutside;
        m_trace.nodes.push_back(std::move(node));
    }

    std::vector<Raw>& m_raw;
    TraceTree& m_trace;
    std::vector<int> m_places; // among the trace's nodes
};

} // namespace

TraceIds traceIdsOf(const LogEntryRef& entry)
{
    TraceIds ids;
    forEachScalar(entry.batch->metadataJson(entry.index), [&ids](const JsonScalar& scalar) {
        if (scalar.path == "trace_id")
            ids.trace = scalarValue(scalar.text);
        else if (scalar.path == "span_id")
            ids.span = scalarValue(scalar.text);
        else if (scalar.path == "parent_span_id")
            ids.parent = scalarValue(scalar.text);
        else if (scalar.path == "span")
            ids.isSpan = scalarValue(scalar.text) == "root" || scalarValue(scalar.text) == "child"; // else a logger's own word
        else if (scalar.path == "duration_ms")
            ids.durationMs = numberOf(scalar.text);
        return true;
    });
    if (!ids.isSpan)
        ids.durationMs = 0; // of something else
    return ids;
}

TraceTree traceTreeOf(std::vector<LogEntryRef> entries, bool hasMore)
{
    std::ranges::stable_sort(entries, {}, [](const LogEntryRef& entry) { return entry.batch->timestampMs(entry.index); });
    TraceTree trace;
    trace.hasMore = hasMore || entries.size() > TraceTree::maxEntries;
    if (entries.size() > TraceTree::maxEntries)
        entries.resize(TraceTree::maxEntries);
    std::vector<Raw> raw;
    raw.reserve(entries.size());
    std::unordered_map<std::string, int> spans;
    for (LogEntryRef& entry : entries) {
        TraceIds ids = traceIdsOf(entry);
        if (ids.isSpan && !ids.span.empty())
            spans.try_emplace(ids.span, int(raw.size()));
        raw.push_back({std::move(entry), std::move(ids), none, {}});
    }
    for (int i = 0; i < int(raw.size()); ++i) {
        const TraceIds& ids = raw[std::size_t(i)].ids;
        const auto parent = spans.find(ids.isSpan ? ids.parent : ids.span);
        if (parent == spans.end() || parent->second == i)
            continue;
        raw[std::size_t(i)].parent = parent->second;
        raw[std::size_t(parent->second)].children.push_back(i);
    }
    TreeWalk walk(raw, trace);
    for (int i = 0; i < int(raw.size()); ++i) {
        if (raw[std::size_t(i)].parent == none)
            walk.walk(i);
    }
    // Spans that call each other in a circle hang from none.
    for (int i = 0; i < int(raw.size()); ++i) {
        if (!walk.isDone(i))
            walk.walk(i);
    }
    if (trace.nodes.empty())
        return trace;
    trace.fromMs = double(trace.nodes.front().startMs());
    for (const TraceNode& node : trace.nodes) {
        trace.fromMs = std::min(trace.fromMs, double(node.startMs()));
        trace.toMs = std::max(trace.toMs, node.endMs());
    }
    return trace;
}

} // namespace vigie
