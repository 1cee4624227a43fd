// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sample.h"
#include "server/net/connection.h"

#include <QObject>
#include <QTimer>
#include <chrono>
#include <functional>
#include <map>
#include <set>
#include <unordered_map>

namespace vigie {

class Hub;

/// Sends `metrics` to every signed-in client at its own rate, on an absolute schedule (a late turn does not
/// shift the next). Each message is encoded once and shared by all who are due. The server's thread.
class MetricsFeed : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds usualInterval{5000};

    /// `connectionCount` is asked for each message's `activeConnections`.
    MetricsFeed(Hub& hub, std::function<int()> connectionCount, QObject* parent = nullptr);

    /// Sends one now and then one each `interval`; replaces what was subscribed before.
    void subscribe(Connection& to, std::chrono::milliseconds interval, bool detail);
    void unsubscribe(Connection& to);
    /// Sends one now, besides the schedule.
    void sendNow(Connection& to);

Q_SIGNALS:
    /// Somebody wants samples this often (250–1000 ms), or their detail.
    void demandChanged(int intervalMs, bool detail);

private:
    using Clock = std::chrono::steady_clock;
    struct Subscription;
    /// By the time at which the next message is due.
    using Schedule = std::multimap<Clock::time_point, Subscription*>;
    struct Subscription
    {
        Connection& to;
        std::chrono::milliseconds interval;
        bool detail = false;
        Schedule::iterator place = {};
    };

    /// False: it was not subscribed.
    bool remove(Connection& to);
    void sendDue();
    void scheduleNext();
    void sendTo(Connection& to, bool detail);
    void refreshFrames();
    void updateDemand();

    Hub& m_hub;
    std::function<int()> m_connectionCount;
    std::unordered_map<Connection*, Subscription> m_subscriptions; // their addresses stay
    Schedule m_schedule;
    std::multiset<std::chrono::milliseconds> m_intervals; // of all subscriptions
    std::size_t m_wantDetail = 0; // how many of them
    QTimer m_timer; // runs only while somebody is subscribed
    QByteArray m_frame;
    QByteArray m_detailFrame; // empty: not made yet for this frame
    SamplePtr m_frameSample;
    int m_frameConnections = 0;
    Clock::time_point m_frameTime;
    int m_demandedMs = 1000;
    bool m_demandedDetail = false;
};

} // namespace vigie
