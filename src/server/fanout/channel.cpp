// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/fanout/channel.h"

#include "server/fanout/logsframes.h"

#include <algorithm>

namespace vigie {

namespace {

/// The end of the entries of `batch` from `from` on that fit into `bytes`.
std::size_t endWithin(const LogBatch& batch, std::size_t from, std::size_t bytes)
{
    std::size_t to = batch.size();
    if (batch.json(from, to).size() > bytes) {
        for (to = from; batch.json(from, to + 1).size() <= bytes;)
            ++to;
    }
    return to;
}

} // namespace

void Channel::pass(const LogBatch& batch)
{
    m_flushedSequence = batch.lastSequence();
    m_flushedId = batch.id(batch.size() - 1);
}

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
    const std::size_t max = m_budget->ofStep();
    std::vector<Stretch> step;
    std::size_t room = max;
    for (const LogBatchPtr& batch : m_pending) {
        for (std::size_t from = 0; from < batch->size();) {
            std::size_t to = endWithin(*batch, from, room);
            if (step.empty())
                to = std::max(to, from + 1);
            if (from < to) {
                step.push_back({*batch, from, to});
                room -= std::min(room, batch->json(from, to).size());
            }
            if (to < batch->size()) {
                writeStep(step);
                step.clear();
                room = max;
            }
            from = to;
        }
    }
    writeStep(step);
    m_unsentAtFlush = unsentNow();
    m_pending.clear();
    m_pendingBytes = 0;

    const Clock::time_point end = Clock::now();
    m_nextFlush = end + std::min<Clock::duration>(maxFlushDelay, 2 * (end - start));
}

void Channel::writeStep(const std::vector<Stretch>& step)
{
    for (Group& group : m_groups)
        writeToGroup(step, group);
    std::erase_if(m_groups, [](const Group& group) { return group.viewers.empty(); });
    const Stretch& last = step.back();
    m_flushedSequence = last.batch.firstSequence() + last.to - 1;
    m_flushedId = last.batch.id(last.to - 1);
}

void Channel::writeToGroup(const std::vector<Stretch>& step, Group& group)
{
    LogsFrames frames;
    for (const Stretch& stretch : step)
        frames.add(stretch.batch, stretch.from, stretch.to, group.filter);
    const QByteArray bytes = frames.take();
    if (bytes.isEmpty())
        return;
    std::erase_if(group.viewers, [this, max = m_budget->ofViewer()](Viewer* viewer) {
        if (viewer->out.unsentBytes() <= max)
            return false;
        viewer->state = Viewer::State::Lagging;
        viewer->reached = m_flushedSequence;
        viewer->reachedId = m_flushedId;
        return true;
    });
    for (std::size_t i = 0; i < group.viewers.size(); ++i) {
        // send() evicts most of our data from the CPU's cache: prefetch the next viewers.
        if (i + 2 < group.viewers.size()) {
            __builtin_prefetch(group.viewers[i + 2]);
            __builtin_prefetch(&group.viewers[i + 1]->out);
        }
        group.viewers[i]->out.send(bytes);
    }
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
