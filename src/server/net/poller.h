// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>
#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <set>
#include <span>
#include <sys/epoll.h>
#include <utility>
#include <vector>

class QSocketNotifier;

namespace vigie {

class Connection;

/// What all connections of a thread share: one epoll(7) set, which is a single notifier to Qt however many connections there
/// are; one buffer to read into; one timer for all deadlines. It must outlive its connections. The thread that made it.
class Poller : public QObject
{
    Q_OBJECT

public:
    using Time = std::chrono::milliseconds; ///< of a monotonic clock

    static constexpr std::size_t bufferBytes = 128 * 1024;

    explicit Poller(QObject* parent = nullptr);
    ~Poller() override;

private:
    friend class Connection;

    /// The epoll(7) events that the connection wants; 0: none, and it is not told of errors either.
    /// False: the kernel has no room for one more.
    bool watch(Connection& connection, int descriptor, std::uint32_t events, std::uint32_t before);
    void setDeadline(Connection& connection, Time at, Time before);
    /// Calls connection.tellEnd() in the next turn of the event loop.
    void scheduleEnd(Connection& connection);
    /// Nothing is called any more for a connection that is about to be destroyed.
    void forget(Connection& connection);
    /// `bufferBytes` and Connection::padding.
    char* buffer() { return m_buffer.get(); }
    /// A connection took that many bytes from the kernel.
    void noteReceived(qint64 bytes) { m_turnBytes += bytes; }

    void serve();
    void gather(bool onlyRead);
    void serveDeadlines();
    void serveEnds();
    void startTimer();

    int m_epoll;
    QSocketNotifier* m_notifier;
    QTimer m_timer; // runs only while there are deadlines
    std::set<std::pair<Time, Connection*>> m_deadlines;
    std::vector<Connection*> m_ends;
    std::array<epoll_event, 256> m_events;
    std::size_t m_eventCount = 0; // of those that are being served
    std::unique_ptr<char[]> m_buffer;
    qint64 m_turnBytes = 0; // received in this turn
    std::chrono::steady_clock::time_point m_turnEnd; // of the last turn
    int m_busyTurns = 0; // in a row, without a gap between them
};

} // namespace vigie
