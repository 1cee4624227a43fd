// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logbatch.h"
#include "server/fanout/viewer.h"
#include "server/fanout/viewerbudget.h"

#include <chrono>
#include <string>
#include <vector>

namespace vigie {

/// One application's viewers and the entries pending for them. Viewers with equal filters form a group; each flush makes one
/// frame for each group, not for each viewer. The server's thread.
class Channel
{
public:
    using Clock = std::chrono::steady_clock;

    static constexpr std::chrono::milliseconds maxFlushDelay{10};

    /// `budget` bounds what is written. It must outlive the channel.
    explicit Channel(const ViewerBudget& budget) : m_budget(&budget) {}

    /// Whether anybody receives what is flushed.
    bool isHeard() const { return !m_groups.empty(); }
    /// Skips a batch that nobody receives. Only with nothing gathered.
    void pass(const LogBatch& batch);
    /// Adds a batch to the next flush.
    void add(const LogBatchPtr& batch);
    bool hasPending() const { return !m_pending.empty(); }
    bool isFull() const { return m_pendingBytes >= m_budget->ofFlush(); }
    /// The earliest time of the next flush. An idle channel may flush at once. A busy one waits twice as long as its last flush
    /// took, at most 10 ms, so that writing never takes all the time.
    Clock::time_point nextFlush() const { return m_nextFlush; }
    /// Writes all pending entries to every live viewer, in steps that are smaller the more viewers there are. A viewer with too
    /// much unsent becomes Lagging instead.
    void flush();

    /// Unsent bytes of the live viewers, after the last flush or now.
    qint64 unsentAtFlush() const { return m_unsentAtFlush; }
    qint64 unsentNow() const;
    qint64 congestedBytes() const { return m_budget->congested(members.size()); }

    /// The sequence number of the last flushed entry.
    std::uint64_t flushedSequence() const { return m_flushedSequence; }
    void setFlushedSequence(std::uint64_t sequence) { m_flushedSequence = sequence; }

    /// Makes a viewer live: it gets everything flushed from now on.
    void enter(Viewer& viewer);
    void leave(Viewer& viewer);

    std::vector<Viewer*> members; ///< all signed-in clients of the application, in any state

private:
    struct Group
    {
        LogFilter filter;
        std::vector<Viewer*> viewers;
    };

    /// A range of a batch's entries.
    struct Stretch
    {
        const LogBatch& batch;
        std::size_t from;
        std::size_t to;
    };

    void writeStep(const std::vector<Stretch>& step);
    void writeToGroup(const std::vector<Stretch>& step, Group& group);

    const ViewerBudget* m_budget;

    std::vector<LogBatchPtr> m_pending;
    std::size_t m_pendingBytes = 0;
    Clock::time_point m_nextFlush;
    std::uint64_t m_flushedSequence = 0;
    std::string m_flushedId;
    std::vector<Group> m_groups;
    qint64 m_unsentAtFlush = 0;
};

} // namespace vigie
