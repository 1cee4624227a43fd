// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/channel.h"

#include "server/logsframes.h"

#include <algorithm>

namespace vigie {

void Channel::add(const LogBatchPtr& batch)
{
    m_pending.push_back(batch);
    m_pendingBytes += batch->json().size();
}

void Channel::flush()
{
    if (m_pending.empty())
        return;
    const Clock::time_point start = Clock::now();
    m_unsentAtFlush = 0;
    for (Group& group : m_groups)
        flushGroup(group);
    std::erase_if(m_groups, [](const Group& group) { return group.viewers.empty(); });

    const LogBatch& last = *m_pending.back();
    m_flushedSequence = last.lastSequence();
    m_flushedId = last.id(last.size() - 1);
    m_pending.clear();
    m_pendingBytes = 0;

    const Clock::time_point end = Clock::now();
    m_nextFlush = end + std::min<Clock::duration>(longestGathering, 2 * (end - start));
}

void Channel::flushGroup(Group& group)
{
    LogsFrames frames;
    for (const LogBatchPtr& batch : m_pending)
        frames.add(*batch, group.filter);
    const QByteArray bytes = frames.take();
    if (bytes.isEmpty())
        return;
    // Asking for what is unsent also tells each writer whether it may send directly.
    std::erase_if(group.viewers, [this](Viewer* viewer) {
        const qint64 unsent = viewer->out.unsentBytes();
        if (unsent <= unsentBudget) {
            m_unsentAtFlush += unsent;
            return false;
        }
        viewer->state = Viewer::State::Lagging;
        viewer->reached = m_flushedSequence;
        viewer->reachedId = m_flushedId;
        return true;
    });
    m_pool->write(group.viewers, bytes);
}

qint64 Channel::unsentNow() const
{
    qint64 sum = 0;
    for (const Group& group : m_groups) {
        for (const Viewer* viewer : group.viewers)
            sum += viewer->out.unsentBytes();
    }
    return sum;
}

qint64 Channel::congestedBytes() const
{
    // A handful of viewers that stopped reading never get there: they are lagging before.
    constexpr qint64 least = 8 * unsentBudget;
    constexpr qint64 perViewer = 16 * 1024;
    return std::max(least, perViewer * static_cast<qint64>(members.size()));
}

void Channel::enter(Viewer& viewer)
{
    viewer.state = Viewer::State::Live;
    const auto same = std::find_if(m_groups.begin(), m_groups.end(),
                                   [&](const Group& group) { return group.filter == viewer.filter; });
    Group& group = same != m_groups.end() ? *same : m_groups.emplace_back(Group{viewer.filter, {}});
    group.viewers.push_back(&viewer);
}

void Channel::leave(Viewer& viewer)
{
    if (viewer.state == Viewer::State::Live) {
        for (Group& group : m_groups)
            std::erase(group.viewers, &viewer);
        std::erase_if(m_groups, [](const Group& group) { return group.viewers.empty(); });
        viewer.reached = m_flushedSequence;
        viewer.reachedId = m_flushedId;
    }
    viewer.state = Viewer::State::Away;
}

} // namespace vigie
