// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/appevents.h"
#include "core/history.h"
#include "intake/congestion.h"
#include "server/fanout/channel.h"

#include <QObject>
#include <QTimer>
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace vigie {

class Hub;

/// Sends accepted entries from the Hub to the viewers of the same application only. Viewers that fall behind are paused, then
/// brought up to date from history, in order, without gaps or repeats. The server's thread.
class Fanout : public QObject, public Congestion
{
    Q_OBJECT

public:
    /// Both must outlive it. `memory`: the shared limit of all clients.
    Fanout(Hub& hub, const MemoryBudget& memory, QObject* parent = nullptr);

    /// Adds a viewer to `viewer.appId`. It gets entries from now on. With `since`, it first gets all entries after the one with
    /// that id; those that retention deleted are reported as a `gap`.
    void join(Viewer& viewer, const std::optional<std::string>& since);
    /// Removes a viewer. Call before it is destroyed.
    void leave(Viewer& viewer);
    void setFilter(Viewer& viewer, LogFilter filter);
    void setWantsLogs(Viewer& viewer, bool wanted);
    /// The viewer's socket has sent data, so a lagging viewer may be ready to catch up.
    void drained(Viewer& viewer);

    /// The state of one application's viewers.
    struct Load
    {
        std::size_t viewers = 0;
        qint64 maxUnsent = 0; ///< unsent bytes of the viewer that has most
    };
    Load load(const std::string& appId) const;
    /// Sends the application's pending entries now.
    void flush(const std::string& appId);

    bool hasViewers(const std::string& appId) const { return m_channels.contains(appId); }
    /// Sends a frame to those viewers of the application that are up to date.
    void sendToLive(const std::string& appId, const QByteArray& frame);

    /// Back-pressure: whether the application's viewers together have so much unsent data that its producers should not be read
    /// for now. Ends after `maxCongestion` at the latest, as viewers that read nothing then become lagging. uncongested()
    /// signals the end.
    bool isCongested(const std::string& appId) const override { return m_congested.contains(appId); }
    static constexpr std::chrono::milliseconds maxCongestion{200};

    /// Number of entries that the viewer must get before it is live; 0: it is live, or wants no entries.
    std::uint64_t entriesBehind(const Viewer& viewer) const;

    /// Sends a command to the application's producers and returns how many got it. Producers that do not read are skipped.
    int deliver(const AppCommand& command);

    /// Number of the application's connected producers.
    int producerCount(const std::string& appId) const;

Q_SIGNALS:
    void uncongested();
    /// A viewer of this application has caught up and is live.
    void caughtUp(const std::string& appId);

private:
    void flush(const std::string& appId, Channel& channel);
    void watchCongestion();
    void gather(const LogBatchPtr& batch);
    void flushDue();
    void moveOn(const std::string& appId, std::uint64_t by);
    void scheduleFlush(Channel::Clock::time_point when);
    void findSince(Viewer& viewer, std::string since, bool isLastTry = false);
    void catchUp(Viewer& viewer);
    void takeReplay(Viewer& viewer, const ReplayPage& page);
    /// Wraps a step of a viewer's catch-up. Skips it if the viewer has left or changed state before history answers.
    template <typename Answer>
    std::function<void(Answer)> stepOf(Viewer& viewer, std::function<void(Answer)> step);
    /// Returns the number of recipients.
    int sendTo(const std::string& appId, const QByteArray& json, bool Viewer::*only);

    Hub& m_hub;
    ViewerBudget m_budget; // must outlive the channels
    std::unordered_map<std::string, Channel> m_channels;
    std::vector<std::string> m_waiting; // applications with entries pending for a later flush
    QTimer m_timer; // runs only while entries are pending
    std::unordered_map<std::string, Channel::Clock::time_point> m_congested; // with the start time
    QTimer m_congestionTimer; // runs only while something is congested
    std::unordered_map<Viewer*, std::uint64_t> m_steps; // viewers that wait for history, with the step they wait for
    std::uint64_t m_lastStep = 0;
    int m_pagesInARow = 0;
};

} // namespace vigie
