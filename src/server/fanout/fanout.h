// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/appevents.h"
#include "core/history.h"
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

/// Brings what the Hub accepts to the viewers of the same application, and to nobody else. Viewers that fall
/// behind are set aside and caught up from history, in order, without a gap or a repeat. The server's thread.
class Fanout : public QObject
{
    Q_OBJECT

public:
    /// Both must outlive it. `memory`: of all clients together.
    Fanout(Hub& hub, const MemoryBudget& memory, QObject* parent = nullptr);

    /// Signs a viewer in to `viewer.appId`. It gets entries from now on or, with `since`, all that followed
    /// the entry of that id and then goes live; what retention has taken is told as `gap`.
    void join(Viewer& viewer, const std::optional<std::string>& since);
    /// Forgets a viewer. Must be called before it is destroyed.
    void leave(Viewer& viewer);
    void setFilter(Viewer& viewer, LogFilter filter);
    void setWantsLogs(Viewer& viewer, bool wanted);
    /// Tells that the viewer's socket took bytes: one that lagged may be ready to be caught up.
    void drained(Viewer& viewer);

    /// How it goes with one application's viewers.
    struct Load
    {
        std::size_t viewers = 0;
        qint64 maxUnsent = 0; ///< bytes, of the viewer that is furthest behind
    };
    Load load(const std::string& appId) const;
    /// Sends what is gathered for the application now.
    void flush(const std::string& appId);

    bool hasViewers(const std::string& appId) const { return m_channels.contains(appId); }
    /// Sends a frame to the viewers of the application who have been sent all that was accepted before.
    void sendToLive(const std::string& appId, const QByteArray& frame);

    /// Whether the application's viewers together have so much unsent that its producers should be read no further
    /// for now. Ends by itself, at the latest after `longestCongestion`: viewers that take nothing cannot hold
    /// producers up for longer, they turn lagging. uncongested() tells.
    bool isCongested(const std::string& appId) const { return m_congested.contains(appId); }
    static constexpr std::chrono::milliseconds longestCongestion{200};

    /// Entries that the viewer has still to get before it is live; 0: it is, or wants none.
    std::uint64_t entriesBehind(const Viewer& viewer) const;

    /// Sends a command to the application's producers. How many took it: one that does not read what it has got takes none.
    int deliver(const AppCommand& command);

    /// Producers of the application that are connected.
    int producerCount(const std::string& appId) const;

Q_SIGNALS:
    void uncongested();
    /// A viewer of this application that was behind is live.
    void caughtUp(const std::string& appId);

private:
    void flush(const std::string& appId, Channel& channel);
    void watchCongestion();
    void gather(const LogBatchPtr& batch);
    void flushDue();
    void moveOn(const std::string& appId, std::uint64_t by);
    void scheduleFlush(Channel::Clock::time_point when);
    void findSince(Viewer& viewer, std::string since);
    void catchUp(Viewer& viewer);
    void takeReplay(Viewer& viewer, const ReplayPage& page);
    /// Wraps a step of a viewer's catching up so that it is skipped when, by the time history answers, the
    /// viewer has gone or moved on.
    template <typename Answer>
    std::function<void(Answer)> stepOf(Viewer& viewer, std::function<void(Answer)> step);
    /// To how many.
    int sendTo(const std::string& appId, const QByteArray& json, bool Viewer::*only);

    Hub& m_hub;
    ViewerBudget m_budget; // outlives the channels
    std::unordered_map<std::string, Channel> m_channels;
    std::vector<std::string> m_waiting; // applications whose channel holds entries for a later flush
    QTimer m_timer; // runs only while something waits
    std::unordered_map<std::string, Channel::Clock::time_point> m_congested; // and since when
    QTimer m_congestionTimer; // runs only while something is congested
    std::unordered_map<Viewer*, std::uint64_t> m_steps; // viewers that wait for history, and for which step
    std::uint64_t m_lastStep = 0;
    int m_pagesInARow = 0;
};

} // namespace vigie
