// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "figures/frame.h"
#include "protocol/metricsencoder.h"
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

/// Sends `metrics` to each signed-in client at its own rate, on an absolute schedule: a late message does not delay the next.
/// Encodes each message once for all clients that are due. The server's thread.
class MetricsFeed : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds usualInterval{5000};

    /// `connectionCount` provides the `activeConnections` of each message.
    MetricsFeed(Hub& hub, std::function<int()> connectionCount, QObject* parent = nullptr);

    /// Sends one message now and then one every `interval`. Replaces an earlier subscription.
    void subscribe(Connection& to, std::chrono::milliseconds interval, bool detail);
    void unsubscribe(Connection& to);
    /// Sends one message now, outside the schedule.
    void sendNow(Connection& to);

Q_SIGNALS:
    /// Samples are needed at this interval (250–1000 ms), or with detail.
    void demandChanged(int intervalMs, bool detail);

private:
    using Clock = std::chrono::steady_clock;
    struct Subscription;
    /// Ordered by the time of the next message.
    using Schedule = std::multimap<Clock::time_point, Subscription*>;
    struct Subscription
    {
        Connection& to;
        std::chrono::milliseconds interval;
        bool detail = false;
        Schedule::iterator place = {};
    };

    /// False: there was no subscription.
    bool remove(Connection& to);
    void sendDue();
    void scheduleNext();
    void sendTo(Connection& to, bool detail);
    void refreshFrames();
    void updateDemand();

    Hub& m_hub;
    std::function<int()> m_connectionCount;
    std::unordered_map<Connection*, Subscription> m_subscriptions; // needs stable addresses
    Schedule m_schedule;
    std::multiset<std::chrono::milliseconds> m_intervals; // of all subscriptions
    std::size_t m_wantDetail = 0; // number of subscriptions with detail
    QTimer m_timer; // runs only while there are subscriptions
    QByteArray m_frame;
    QByteArray m_detailFrame; // empty: not encoded yet for this frame
    FramePtr m_frameSample;
    MetricsEncoder m_encoder;
    int m_frameConnections = 0;
    Clock::time_point m_frameTime;
    int m_demandedMs = 1000;
    bool m_demandedDetail = false;
};

} // namespace vigie
