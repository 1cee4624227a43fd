// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logbatch.h"
#include "server/fanout/viewer.h"
#include "server/fanout/viewerbudget.h"

#include <chrono>
#include <string>
#include <vector>

namespace vigie {

/// One application's viewers, and the entries on their way to them. Viewers with the same filter form a
/// group; each flush makes one frame a group, not one a viewer. The server's thread.
class Channel
{
public:
    using Clock = std::chrono::steady_clock;

    static constexpr std::chrono::milliseconds longestGathering{10};

    /// `budget` says how much is written; it must outlive the channel.
    explicit Channel(const ViewerBudget& budget) : m_budget(&budget) {}

    /// Whether anybody gets what is flushed.
    bool isHeard() const { return !m_groups.empty(); }
    /// Passes over a batch that nobody gets. Only with nothing gathered.
    void pass(const LogBatch& batch);
    /// Gathers a batch for the next flush.
    void add(const LogBatchPtr& batch);
    bool hasPending() const { return !m_pending.empty(); }
    bool isFull() const { return m_pendingBytes >= m_budget->ofFlush(); }
    /// When the next flush may be. An idle channel may at once; a busy one gathers for twice as long as its
    /// last flush took, so that writing never takes all the time there is, and never over 10 ms.
    Clock::time_point nextFlush() const { return m_nextFlush; }
    /// Writes all that is gathered to every live viewer, in steps that are small where viewers are many; one with too much unsent
    /// turns Lagging instead.
    void flush();

    /// Bytes that live viewers have not taken yet, as the last flush left them, or now.
    qint64 unsentAtFlush() const { return m_unsentAtFlush; }
    qint64 unsentNow() const;
    qint64 congestedBytes() const { return m_budget->congested(members.size()); }

    /// Number and id of the last entry that was flushed.
    std::uint64_t flushedSequence() const { return m_flushedSequence; }
    void setFlushedSequence(std::uint64_t sequence) { m_flushedSequence = sequence; }

    /// Makes a viewer live: it gets what is flushed from now on.
    void enter(Viewer& viewer);
    void leave(Viewer& viewer);

    std::vector<Viewer*> members; ///< all signed-in clients of the application, whatever their state

private:
    struct Group
    {
        LogFilter filter;
        std::vector<Viewer*> viewers;
    };

    /// Some of a batch's entries.
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
