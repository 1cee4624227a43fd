// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/fanout/metricsfeed.h"

#include "hub/hub.h"
#include "server/net/frame.h"
#include "server/fanout/viewerbudget.h"

#include <algorithm>

namespace vigie {

namespace {

using namespace std::chrono_literals;

constexpr auto frameLife = 100ms; // a message younger than this is reused
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

void MetricsFeed::subscribe(Connection& to, std::chrono::milliseconds interval, bool detail)
{
    remove(to);
    Subscription& subscription = m_subscriptions.try_emplace(&to, Subscription{to, interval, detail}).first->second;
    subscription.place = m_schedule.emplace(Clock::now() + interval, &subscription);
    m_intervals.insert(interval);
    m_wantDetail += detail ? 1 : 0;
    sendTo(to, detail);
    scheduleNext();
    updateDemand();
}

void MetricsFeed::unsubscribe(Connection& to)
{
    if (remove(to))
        updateDemand();
}

bool MetricsFeed::remove(Connection& to)
{
    const auto found = m_subscriptions.find(&to);
    if (found == m_subscriptions.end())
        return false;
    const Subscription& subscription = found->second;
    m_schedule.erase(subscription.place);
    m_intervals.erase(m_intervals.find(subscription.interval));
    m_wantDetail -= subscription.detail ? 1 : 0;
    m_subscriptions.erase(found);
    return true;
}

void MetricsFeed::sendNow(Connection& to)
{
    sendTo(to, false);
}

void MetricsFeed::sendDue()
{
    // Qt's timers may fire up to a millisecond early.
    const Clock::time_point now = Clock::now() + 1ms;
    while (!m_schedule.empty() && m_schedule.begin()->first <= now) {
        Subscription& subscription = *m_schedule.begin()->second;
        Clock::time_point due = m_schedule.begin()->first;
        m_schedule.erase(m_schedule.begin());
        // After a stall (a suspended machine), skip missed messages instead of sending a burst.
        while (due <= now)
            due += subscription.interval;
        subscription.place = m_schedule.emplace(due, &subscription);
        sendTo(subscription.to, subscription.detail);
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

void MetricsFeed::sendTo(Connection& to, bool detail)
{
    // Current metrics are of no use to a client that still reads older data.
    if (to.unsentBytes() > ViewerBudget::maxOfViewer)
        return;
    refreshFrames();
    to.send(m_frame);
    if (!detail)
        return;
    if (m_detailFrame.isEmpty())
        m_detailFrame = textFrame(m_encoder.encode(MetricsDetail{m_frameSample}));
    to.send(m_detailFrame);
}

void MetricsFeed::refreshFrames()
{
    const Clock::time_point now = Clock::now();
    const FramePtr sample = m_hub.lastSample();
    const int connections = m_connectionCount();
    if (sample == m_frameSample && connections == m_frameConnections && !m_frame.isEmpty()
        && now - m_frameTime < frameLife) {
        return;
    }
    m_frameSample = sample;
    m_frameConnections = connections;
    m_frameTime = now;
    m_detailFrame.clear();
    m_frame = textFrame(m_encoder.encode(MetricsMessage{
        sample, Activity{connections, m_hub.messagesPerSecond(), m_hub.errorShare()}}));
}

void MetricsFeed::updateDemand()
{
    const std::chrono::milliseconds shortest =
        m_intervals.empty() ? usualDemand : std::min<std::chrono::milliseconds>(usualDemand, *m_intervals.begin());
    const bool detail = m_wantDetail > 0;
    const int wanted = static_cast<int>(std::max<std::chrono::milliseconds>(shortest, shortestDemand).count());
    if (wanted == m_demandedMs && detail == m_demandedDetail)
        return;
    m_demandedMs = wanted;
    m_demandedDetail = detail;
    Q_EMIT demandChanged(wanted, detail);
}

} // namespace vigie
