// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/metricsfeed.h"

#include "hub/hub.h"
#include "protocol/encoder.h"
#include "server/frame.h"
#include "server/viewerbudget.h"

#include <algorithm>

namespace vigie {

namespace {

using namespace std::chrono_literals;

constexpr auto frameLife = 100ms; // a message this young is shared rather than made anew
constexpr auto shortestDemand = 250ms;
constexpr auto usualDemand = 1000ms;

} // namespace

MetricsFeed::MetricsFeed(Hub& hub, std::function<int()> connectionCount, QObject* parent)
    : QObject(parent), m_hub(hub), m_connectionCount(std::move(connectionCount)), m_timer(this)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &MetricsFeed::sendDue);
}

void MetricsFeed::subscribe(FrameWriter& to, std::chrono::milliseconds interval, bool detail)
{
    unsubscribe(to);
    const Clock::time_point due = Clock::now() + interval;
    m_subscriptions[&to] = {interval, detail, due};
    m_schedule.emplace(due, &to);
    sendTo(to, detail);
    scheduleNext();
    updateDemand();
}

void MetricsFeed::unsubscribe(FrameWriter& to)
{
    const auto found = m_subscriptions.find(&to);
    if (found == m_subscriptions.end())
        return;
    const auto [first, last] = m_schedule.equal_range(found->second.due);
    m_schedule.erase(std::find_if(first, last, [&to](const auto& entry) { return entry.second == &to; }));
    m_subscriptions.erase(found);
    updateDemand();
}

void MetricsFeed::sendNow(FrameWriter& to)
{
    sendTo(to, false);
}

void MetricsFeed::sendDue()
{
    // Timers of Qt may fire up to a millisecond early.
    const Clock::time_point now = Clock::now() + 1ms;
    while (!m_schedule.empty() && m_schedule.begin()->first <= now) {
        FrameWriter* to = m_schedule.begin()->second;
        m_schedule.erase(m_schedule.begin());
        Subscription& subscription = m_subscriptions.at(to);
        // After a stall (a suspended machine) the missed ones are left out, not sent in a burst.
        while (subscription.due <= now)
            subscription.due += subscription.interval;
        m_schedule.emplace(subscription.due, to);
        sendTo(*to, subscription.detail);
    }
    scheduleNext();
}

void MetricsFeed::scheduleNext()
{
    if (m_schedule.empty())
        return m_timer.stop();
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(m_schedule.begin()->first - Clock::now());
    m_timer.start(std::max(wait, 0ms));
}

void MetricsFeed::sendTo(FrameWriter& to, bool detail)
{
    // Figures of the moment are of no use to one who is still reading older ones.
    if (to.unsentBytes() > ViewerBudget::mostOfViewer)
        return;
    refreshFrames();
    to.write(m_frame);
    if (!detail)
        return;
    if (m_detailFrame.isEmpty())
        m_detailFrame = textFrame(encode(MetricsDetail{m_frameSample}));
    to.write(m_detailFrame);
}

void MetricsFeed::refreshFrames()
{
    const Clock::time_point now = Clock::now();
    const SamplePtr sample = m_hub.lastSample();
    const int connections = m_connectionCount();
    if (sample == m_frameSample && connections == m_frameConnections && !m_frame.isEmpty()
        && now - m_frameTime < frameLife) {
        return;
    }
    m_frameSample = sample;
    m_frameConnections = connections;
    m_frameTime = now;
    m_detailFrame.clear();
    m_frame = textFrame(encode(MetricsMessage{
        sample, Activity{connections, m_hub.messagesPerSecond(), m_hub.errorShare()}}));
}

void MetricsFeed::updateDemand()
{
    std::chrono::milliseconds shortest = usualDemand;
    bool detail = false;
    for (const auto& [to, subscription] : m_subscriptions) {
        shortest = std::min(shortest, subscription.interval);
        detail |= subscription.detail;
    }
    const int wanted = static_cast<int>(std::max<std::chrono::milliseconds>(shortest, shortestDemand).count());
    if (wanted == m_demandedMs && detail == m_demandedDetail)
        return;
    m_demandedMs = wanted;
    m_demandedDetail = detail;
    Q_EMIT demandChanged(wanted, detail);
}

} // namespace vigie
