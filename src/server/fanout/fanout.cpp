// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/fanout/fanout.h"

#include "hub/hub.h"
#include "protocol/encoder.h"
#include "server/net/frame.h"
#include "server/fanout/logsframes.h"

#include <QPointer>
#include <algorithm>
#include <variant>

namespace vigie {

namespace {

constexpr std::chrono::milliseconds congestionLook{2};
constexpr int maxInARow = 32; // pages read recursively, as memory answers at once, before other viewers get their turn

} // namespace

Fanout::Fanout(Hub& hub, const MemoryBudget& memory, QObject* parent)
    : QObject(parent), m_hub(hub), m_budget(memory), m_timer(this), m_congestionTimer(this)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &Fanout::flushDue);
    m_congestionTimer.setTimerType(Qt::PreciseTimer);
    m_congestionTimer.setInterval(congestionLook);
    connect(&m_congestionTimer, &QTimer::timeout, this, &Fanout::watchCongestion);
    connect(&hub, &Hub::logsAccepted, this, &Fanout::gather);
    connect(&hub, &Hub::movedOn, this, &Fanout::moveOn);
    connect(&hub, &Hub::appMetricsAccepted, this,
            [this](const AppMetrics& metrics) { sendTo(metrics.appId, encode(metrics), &Viewer::mayRead); });
    connect(&hub, &Hub::cleared, this,
            [this](const AppCleared& cleared) { sendTo(cleared.appId, encode(cleared), nullptr); });
}

void Fanout::gather(const LogBatchPtr& batch)
{
    const auto found = m_channels.find(batch->appId());
    if (found == m_channels.end())
        return;
    Channel& channel = found->second;
    const bool wasEmpty = !channel.hasPending();
    if (wasEmpty && !channel.isHeard())
        return channel.pass(*batch);
    channel.add(batch);
    if (channel.isFull() || channel.nextFlush() <= Channel::Clock::now()) {
        flush(batch->appId(), channel);
    } else if (wasEmpty) {
        m_waiting.push_back(batch->appId());
        scheduleFlush(channel.nextFlush());
    }
}

void Fanout::flush(const std::string& appId, Channel& channel)
{
    channel.flush();
    if (channel.unsentAtFlush() <= channel.congestedBytes())
        return;
    m_congested.try_emplace(appId, Channel::Clock::now());
    if (!m_congestionTimer.isActive())
        m_congestionTimer.start();
}

void Fanout::watchCongestion()
{
    const auto now = Channel::Clock::now();
    const std::size_t ended = std::erase_if(m_congested, [&](const auto& congested) {
        const auto found = m_channels.find(congested.first);
        return found == m_channels.end() || now - congested.second >= maxCongestion
            || found->second.unsentNow() <= found->second.congestedBytes() / 2;
    });
    if (m_congested.empty())
        m_congestionTimer.stop();
    if (ended > 0)
        Q_EMIT uncongested();
}

void Fanout::scheduleFlush(Channel::Clock::time_point when)
{
    // Rounded down: below a millisecond, flush in the next event loop iteration.
    const auto wait = std::chrono::duration_cast<std::chrono::milliseconds>(when - Channel::Clock::now());
    const auto bounded = std::max(wait, std::chrono::milliseconds(0));
    if (!m_timer.isActive() || m_timer.remainingTimeAsDuration() > bounded)
        m_timer.start(bounded);
}

void Fanout::flushDue()
{
    const auto soon = Channel::Clock::now() + std::chrono::milliseconds(1);
    std::vector<std::string> later;
    for (std::string& appId : std::exchange(m_waiting, {})) {
        const auto found = m_channels.find(appId);
        if (found == m_channels.end() || !found->second.hasPending())
            continue;
        if (found->second.nextFlush() <= soon) {
            flush(appId, found->second);
        } else {
            scheduleFlush(found->second.nextFlush());
            later.push_back(std::move(appId));
        }
    }
    m_waiting = std::move(later);
}

void Fanout::join(Viewer& viewer, const std::optional<std::string>& since)
{
    const auto [place, isNew] = m_channels.try_emplace(viewer.appId, m_budget);
    Channel& channel = place->second;
    if (isNew)
        channel.setFlushedSequence(m_hub.lastSequence(viewer.appId));
    channel.members.push_back(&viewer);
    m_budget.add(viewer.wantsLogs ? 1 : 0);
    channel.flush();
    viewer.reached = channel.flushedSequence();
    viewer.reachedId.clear();
    if (!viewer.wantsLogs)
        return;
    if (since)
        findSince(viewer, *since);
    else
        channel.enter(viewer);
}

void Fanout::leave(Viewer& viewer)
{
    m_steps.erase(&viewer);
    const auto found = m_channels.find(viewer.appId);
    if (found == m_channels.end())
        return;
    Channel& channel = found->second;
    channel.leave(viewer);
    if (std::erase(channel.members, &viewer) > 0)
        m_budget.add(viewer.wantsLogs ? -1 : 0);
    if (channel.members.empty())
        m_channels.erase(found);
}

void Fanout::setFilter(Viewer& viewer, LogFilter filter)
{
    // Entries that arrived before the change are sent under the old filter.
    if (viewer.state == Viewer::State::Live)
        m_channels.at(viewer.appId).flush();
    // That may have been too much for it. The rest then comes from history, under the new filter.
    if (viewer.state != Viewer::State::Live) {
        viewer.filter = std::move(filter);
        return;
    }
    Channel& channel = m_channels.at(viewer.appId);
    channel.leave(viewer);
    viewer.filter = std::move(filter);
    channel.enter(viewer);
}

void Fanout::setWantsLogs(Viewer& viewer, bool wanted)
{
    if (viewer.wantsLogs == wanted)
        return;
    viewer.wantsLogs = wanted;
    m_budget.add(wanted ? 1 : -1);
    Channel& channel = m_channels.at(viewer.appId);
    channel.flush();
    m_steps.erase(&viewer);
    if (wanted)
        channel.enter(viewer);
    else
        channel.leave(viewer);
}

void Fanout::drained(Viewer& viewer)
{
    if (viewer.state == Viewer::State::Lagging && viewer.out.unsentBytes() <= m_budget.drained())
        catchUp(viewer);
}

template <typename Answer>
std::function<void(Answer)> Fanout::stepOf(Viewer& viewer, std::function<void(Answer)> step)
{
    viewer.state = Viewer::State::CatchingUp;
    const std::uint64_t number = ++m_lastStep;
    m_steps[&viewer] = number;
    return [self = QPointer(this), who = &viewer, number, step = std::move(step)](Answer answer) {
        if (!self)
            return;
        const auto found = self->m_steps.find(who);
        if (found == self->m_steps.end() || found->second != number)
            return;
        self->m_steps.erase(found);
        step(std::move(answer));
    };
}

void Fanout::findSince(Viewer& viewer, std::string since, bool isLastTry)
{
    viewer.reachedId = since;
    m_hub.history().find(
        viewer.appId, since,
        stepOf<std::optional<std::uint64_t>>(viewer, [this, &viewer, since, isLastTry](std::optional<std::uint64_t> sequence) {
            if (sequence) {
                viewer.reached = *sequence;
                return catchUp(viewer);
            }
            // Another machine may have shown it a moment ago.
            if (m_hub.isShared() && !isLastTry) {
                const auto again = stepOf<std::monostate>(viewer, [this, &viewer, since](std::monostate) { findSince(viewer, since, true); });
                return m_hub.whenCurrent([again] { again({}); });
            }
            // The entry is not held (any more): send all that is held. How many are missing before it is unknown.
            viewer.reached = 0;
            m_hub.history().replay(
                viewer.appId, 0, m_budget.ofPage(), stepOf<ReplayPage>(viewer, [this, &viewer](const ReplayPage& page) {
                    const std::string toId = page.entries.empty() ? "" : std::string(page.entries[0].id());
                    viewer.out.send(textFrame(encode(Gap{viewer.reachedId, toId, std::nullopt})));
                    ReplayPage rest = page;
                    rest.missing = 0; // already reported
                    takeReplay(viewer, rest);
                }));
        }));
}

void Fanout::catchUp(Viewer& viewer)
{
    m_hub.history().replay(viewer.appId, viewer.reached, m_budget.ofPage(),
                           stepOf<ReplayPage>(viewer, [this, &viewer](const ReplayPage& page) {
                               takeReplay(viewer, page);
                           }));
}

void Fanout::takeReplay(Viewer& viewer, const ReplayPage& page)
{
    // Report every missing entry, whether retention deleted it or a `clear` that a lagging viewer was not told of.
    if (page.missing > 0) {
        const std::string toId = page.entries.empty() ? "" : std::string(page.entries.front().id());
        viewer.out.send(textFrame(encode(Gap{viewer.reachedId, toId, page.missing})));
    }
    LogsFrames frames;
    for (const LogEntryRef& entry : page.entries)
        frames.add(entry, viewer.filter);
    if (const QByteArray bytes = frames.take(); !bytes.isEmpty())
        viewer.out.send(bytes);
    viewer.reached = page.reachedSequence;
    if (!page.entries.empty())
        viewer.reachedId = page.entries.back().id();

    Channel& channel = m_channels.at(viewer.appId);
    channel.flush();
    if (viewer.reached >= channel.flushedSequence()) {
        channel.enter(viewer);
        Q_EMIT caughtUp(viewer.appId);
    } else if (viewer.out.unsentBytes() > m_budget.drained()) {
        viewer.state = Viewer::State::Lagging;
    } else if (m_pagesInARow < maxInARow) {
        ++m_pagesInARow;
        catchUp(viewer);
        --m_pagesInARow;
    } else {
        const auto goOn = stepOf<std::monostate>(viewer, [this, &viewer](std::monostate) { catchUp(viewer); });
        QMetaObject::invokeMethod(this, [goOn] { goOn({}); }, Qt::QueuedConnection);
    }
}

Fanout::Load Fanout::load(const std::string& appId) const
{
    const auto found = m_channels.find(appId);
    if (found == m_channels.end())
        return {};
    Load load{found->second.members.size(), 0};
    for (const Viewer* viewer : found->second.members)
        load.maxUnsent = std::max(load.maxUnsent, viewer->out.unsentBytes());
    return load;
}

void Fanout::flush(const std::string& appId)
{
    if (const auto found = m_channels.find(appId); found != m_channels.end())
        found->second.flush();
}

void Fanout::sendToLive(const std::string& appId, const QByteArray& frame)
{
    const auto found = m_channels.find(appId);
    if (found == m_channels.end())
        return;
    found->second.flush();
    for (Viewer* viewer : found->second.members) {
        if (viewer->state == Viewer::State::Live)
            viewer->out.send(frame);
    }
}

void Fanout::moveOn(const std::string& appId, std::uint64_t by)
{
    const auto found = m_channels.find(appId);
    if (found == m_channels.end())
        return;
    // Pending entries have the old sequence numbers.
    found->second.flush();
    found->second.setFlushedSequence(found->second.flushedSequence() + by);
    for (Viewer* viewer : found->second.members)
        viewer->reached += by; // not used while live
}

std::uint64_t Fanout::entriesBehind(const Viewer& viewer) const
{
    const auto channel = m_channels.find(viewer.appId);
    const bool isBehind = viewer.state == Viewer::State::Lagging || viewer.state == Viewer::State::CatchingUp;
    if (!isBehind || channel == m_channels.end())
        return 0;
    return std::max<std::uint64_t>(channel->second.flushedSequence(), viewer.reached) - viewer.reached;
}

int Fanout::producerCount(const std::string& appId) const
{
    const auto found = m_channels.find(appId);
    if (found == m_channels.end())
        return 0;
    return static_cast<int>(std::count_if(found->second.members.begin(), found->second.members.end(),
                                          [](const Viewer* viewer) { return viewer->isProducer; }));
}

int Fanout::deliver(const AppCommand& command)
{
    return sendTo(command.appId, encode(command), &Viewer::isProducer);
}

int Fanout::sendTo(const std::string& appId, const QByteArray& json, bool Viewer::*only)
{
    const auto found = m_channels.find(appId);
    if (found == m_channels.end())
        return 0;
    // Send entries accepted before this frame first.
    found->second.flush();
    const QByteArray frame = textFrame(json);
    int sent = 0;
    for (Viewer* viewer : found->second.members) {
        // Memory is bounded, so skip viewers that do not read. Metrics are only of current interest, so lagging viewers skip
        // them, too.
        const qint64 max = only == &Viewer::mayRead ? m_budget.ofViewer() : ViewerBudget::maxOfViewer;
        if ((only && !(viewer->*only)) || viewer->out.unsentBytes() > max || !viewer->out.isOpen())
            continue;
        viewer->out.send(frame);
        ++sent;
    }
    return sent;
}

} // namespace vigie
