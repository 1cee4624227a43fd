// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/poller.h"

#include "core/clock.h"
#include "server/net/connection.h"

#include <QSocketNotifier>
#include <algorithm>
#include <ctime>
#include <sys/prctl.h>
#include <unistd.h>

namespace vigie {

namespace {

using namespace std::chrono_literals;

// Peers that send one small message after the other wake us for each, and each wake-up costs the sender and us more than the
// message does. As network cards do ("interrupt moderation"), we then look a little later, and find many.
constexpr int busyTurnsToGather = 64;
constexpr auto busyGap = 100us; // a longer one between two turns: nobody is in a hurry
constexpr qint64 enoughForATurn = 16 * 1024;
constexpr timespec gatherTime{0, 50'000};
constexpr unsigned long timerSlack = 5'000; // ns; else the kernel doubles gatherTime

} // namespace

Poller::Poller(QObject* parent)
    : QObject(parent), m_epoll(epoll_create1(EPOLL_CLOEXEC)), m_notifier(new QSocketNotifier(m_epoll, QSocketNotifier::Read, this)),
      m_timer(this), m_buffer(std::make_unique_for_overwrite<char[]>(bufferBytes + Connection::padding))
{
    connect(m_notifier, &QSocketNotifier::activated, this, &Poller::serve);
    prctl(PR_SET_TIMERSLACK, timerSlack);
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Poller::serveDeadlines);
}

Poller::~Poller()
{
    delete m_notifier;
    ::close(m_epoll);
}

bool Poller::watch(Connection& connection, int descriptor, std::uint32_t events, std::uint32_t before)
{
    epoll_event event{};
    event.events = events;
    event.data.ptr = &connection;
    return epoll_ctl(m_epoll, events == 0 ? EPOLL_CTL_DEL : before == 0 ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, descriptor, &event) == 0;
}

void Poller::setDeadline(Connection& connection, Time at, Time before)
{
    if (before >= Time(0))
        m_deadlines.erase({before, &connection});
    if (at < Time(0))
        return;
    const auto place = m_deadlines.emplace(at, &connection).first; // before the next line looks for the first
    if (place == m_deadlines.begin())
        startTimer();
}

void Poller::startTimer()
{
    m_timer.start(std::max(Time(0), m_deadlines.begin()->first - steadyNow()));
}

void Poller::scheduleEnd(Connection& connection)
{
    m_ends.push_back(&connection);
    if (m_ends.size() == 1)
        QMetaObject::invokeMethod(this, &Poller::serveEnds, Qt::QueuedConnection);
}

void Poller::forget(Connection& connection)
{
    std::ranges::replace(m_ends, &connection, nullptr);
    for (std::size_t i = 0; i < m_eventCount; ++i) {
        if (m_events[i].data.ptr == &connection)
            m_events[i].data.ptr = nullptr;
    }
}

void Poller::serve()
{
    // What is left is met again at once: the set is level-triggered, and the kernel gives those that were served last to the end
    // of its list.
    const int count = epoll_wait(m_epoll, m_events.data(), int(m_events.size()), 0);
    m_eventCount = std::size_t(std::max(count, 0));
    m_turnBytes = 0;
    bool onlyRead = true;
    for (std::size_t i = 0; i < m_eventCount; ++i) {
        onlyRead = onlyRead && m_events[i].events == EPOLLIN;
        if (auto* const connection = static_cast<Connection*>(m_events[i].data.ptr))
            connection->serve(m_events[i].events);
    }
    m_eventCount = 0;
    gather(onlyRead);
}

/// After a turn: waits a moment if turns follow one another and this one brought little.
void Poller::gather(bool onlyRead)
{
    const auto now = std::chrono::steady_clock::now();
    m_busyTurns = now - std::exchange(m_turnEnd, now) < busyGap ? m_busyTurns + 1 : 0;
    if (m_busyTurns < busyTurnsToGather || !onlyRead || m_turnBytes == 0 || m_turnBytes >= enoughForATurn)
        return;
    nanosleep(&gatherTime, nullptr);
    m_turnEnd = std::chrono::steady_clock::now();
}

void Poller::serveDeadlines()
{
    const Time now = steadyNow();
    while (!m_deadlines.empty() && m_deadlines.begin()->first <= now)
        m_deadlines.begin()->second->passDeadline();
    if (!m_deadlines.empty())
        startTimer();
}

void Poller::serveEnds()
{
    // One that is told may destroy others, and more may end meanwhile.
    for (std::size_t i = 0; i < m_ends.size(); ++i) {
        if (Connection* const connection = std::exchange(m_ends[i], nullptr))
            connection->tellEnd();
    }
    m_ends.clear();
}

} // namespace vigie
