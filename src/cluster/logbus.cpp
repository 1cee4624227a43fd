// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/logbus.h"

#include "cluster/logfollower.h"
#include "hub/hub.h"

#include <QPointer>
#include <QUuid>
#include <algorithm>
#include <charconv>
#include <utility>

namespace vigie {

using namespace std::chrono_literals;

namespace {

constexpr std::size_t maxOnTheWay = 64 * 1024 * 1024; // bytes of memory
constexpr std::uint64_t maxTickets = 100'000;
constexpr std::uint64_t lookedBack = 1'000; // messages, for their numbers: one that was sent again may come again
constexpr std::size_t maxEpochs = 64; // of one application
constexpr auto patience = 30s; // as long as a stream may be without a leader, and more
constexpr auto pause = 500ms;
constexpr auto lastPatience = 3s; // of a program that ends

/// "CREATED SEQUENCE", as LogBus::placeAt() writes it.
std::uint64_t sequenceIn(const std::string& place, const std::string& created)
{
    std::uint64_t sequence = 0;
    if (place.size() <= created.size() || !place.starts_with(created) || place[created.size()] != ' ')
        return 0; // of another stream
    std::from_chars(place.data() + created.size() + 1, place.data() + place.size(), sequence);
    return sequence;
}

} // namespace

LogBus::LogBus(Config config, Hub& hub, QObject* parent)
    : QObject(parent), m_config(std::move(config)), m_hub(hub), m_link(m_config.servers, this),
      m_stream(m_link, m_config.streamBytes, this),
      m_common{m_link, {m_config.node, m_config.nodeId, QUuid::createUuid().toString(QUuid::Id128).toStdString(), 0}, 0, {}, {}}
{
    m_common.confirmed = [this](const std::vector<std::uint64_t>& numbers) { noteConfirmed(numbers); };
    m_common.trouble = [this](const QString& why) {
        BusState state = m_state;
        state.isJoined = why.isEmpty();
        state.problem = why;
        setState(state);
        if (!why.isEmpty())
            m_stream.find(); // it may be gone
    };
    connect(&m_link, &NatsLink::wentUp, &m_stream, &LogStream::find);
    connect(&m_link, &NatsLink::wentDown, this, [this](const QString& why) {
        setLanesOpen(false);
        BusState state = m_state;
        state.isJoined = false;
        state.problem = why.isEmpty() ? QStringLiteral("the connection is lost") : why;
        setState(state);
    });
    connect(&m_stream, &LogStream::ready, this, &LogBus::takeStream);
    connect(&m_stream, &LogStream::failed, this, [this](const QString& why) {
        BusState state = m_state;
        state.isJoined = false;
        state.problem = why;
        setState(state);
    });
    connect(&m_stream, &LogStream::differs, this, [this](const QString& how) {
        BusState state = m_state;
        state.difference = how;
        setState(state);
    });
    connect(&m_hub, &Hub::caughtUp, this, [this] {
        if (m_follower)
            m_follower->goOn();
    });
    m_hub.setBus(this);
}

LogBus::~LogBus()
{
    m_follower.reset();
    m_lanes.clear();
    m_hub.setBus(nullptr);
}

void LogBus::open()
{
    m_link.open();
}

void LogBus::restore(const StoredCatalog& catalog)
{
    if (m_place)
        return; // the store was opened anew: we know better
    m_place.emplace();
    for (const Checkpoint& checkpoint : catalog.checkpoints) {
        if (checkpoint.source == checkpointName)
            m_place = checkpoint.place;
    }
    tryToStart();
}

void LogBus::begin()
{
    if (m_place)
        return;
    m_place.emplace();
    tryToStart();
}

// ---- out

LogLane& LogBus::laneOf(const std::string& appId)
{
    std::unique_ptr<LogLane>& lane = m_lanes[appId];
    if (!lane) {
        lane = std::make_unique<LogLane>(m_common, appId);
        lane->setOpen(m_areLanesOpen);
    }
    return *lane;
}

void LogBus::share(const std::string& appId, LogLane::Shared shared)
{
    shared.number = ++m_lastNumber;
    m_unconfirmed.insert(shared.number);
    m_away.insert(shared.number);
    laneOf(appId).share(std::move(shared));
}

void LogBus::share(LogBatch batch)
{
    if (batch.empty()) {
        if (m_away.empty())
            return m_hub.acceptCheckpoint(batch.checkpoint());
        m_checkpoints.push_back({m_lastNumber, batch.checkpoint()});
        return;
    }
    const std::string appId = batch.appId();
    share(appId, {0, std::move(batch), {}});
}

void LogBus::shareClearing(const AppCleared& which)
{
    share(which.appId, {0, LogBatch(which.appId), which});
}

void LogBus::drawTicket(std::uint64_t ticket)
{
    if (m_unconfirmed.empty())
        return m_hub.noteShared(ticket);
    m_tickets.push_back({ticket, m_lastNumber});
}

bool LogBus::isBehind() const
{
    return m_common.heldBytes > maxOnTheWay || m_tickets.size() > maxTickets;
}

void LogBus::noteConfirmed(const std::vector<std::uint64_t>& numbers)
{
    for (const std::uint64_t number : numbers)
        m_unconfirmed.erase(number);
    std::uint64_t safe = 0;
    while (!m_tickets.empty() && (m_unconfirmed.empty() || m_tickets.front().number < *m_unconfirmed.begin())) {
        safe = m_tickets.front().ticket;
        m_tickets.pop_front();
    }
    if (safe > 0)
        m_hub.noteShared(safe);
    noteRoom();
}

void LogBus::noteBack(const std::vector<std::uint64_t>& numbers)
{
    for (const std::uint64_t number : numbers)
        m_away.erase(number);
    while (!m_checkpoints.empty() && (m_away.empty() || m_checkpoints.front().number < *m_away.begin())) {
        m_hub.acceptCheckpoint(m_checkpoints.front().checkpoint);
        m_checkpoints.pop_front();
    }
    noteRoom();
}

void LogBus::finish()
{
    m_isFinishing = true;
    QTimer::singleShot(lastPatience, this, [this] {
        if (std::exchange(m_isFinishing, false))
            Q_EMIT finished();
    });
    noteRoom();
}

void LogBus::noteRoom()
{
    if (m_isFinishing && m_unconfirmed.empty() && m_away.empty()) {
        m_isFinishing = false;
        Q_EMIT finished();
    }
    if (const bool isBehindNow = isBehind(); std::exchange(m_wasBehind, isBehindNow) && !isBehindNow)
        m_hub.noteBus();
}

void LogBus::setLanesOpen(bool areOpen)
{
    m_areLanesOpen = areOpen;
    for (const auto& [appId, lane] : m_lanes)
        lane->setOpen(areOpen);
}

// ---- in

void LogBus::takeStream(const LogStream::State& state)
{
    const bool isAnother = m_streamState && m_streamState->created != state.created;
    m_streamState = state;
    if (isAnother) {
        // The servers have lost the one before. Its numbers say nothing any more.
        m_follower.reset();
        m_place.emplace();
    }
    BusState joined = m_state;
    joined.isJoined = true;
    joined.problem.clear();
    joined.copies = state.replicas;
    setState(joined);
    tryToStart();
    setLanesOpen(true);
}

void LogBus::tryToStart()
{
    if (!m_place || !m_streamState || m_follower)
        return;
    const LogStream::State& stream = *m_streamState;
    const std::uint64_t stored = m_place->empty() ? 0 : sequenceIn(*m_place, stream.created);
    // Without a store, older entries would only fill the memory. A place behind the stream's end is of what the servers have lost.
    const bool beginsAtEnd = (stored == 0 && !m_hub.hasArchive()) || stored > stream.lastSequence;
    m_known = beginsAtEnd ? stream.lastSequence : stored;
    const std::uint64_t before = stream.firstSequence > 0 ? stream.firstSequence - 1 : 0;
    if (m_known > 0 && before > m_known) {
        BusState state = m_state;
        state.missed += before - m_known;
        setState(state);
    }
    m_follower = std::make_unique<LogFollower>(m_link, LogStream::name, std::string(),
                                               [this](std::uint64_t sequence, const std::string& bytes) { return take(sequence, bytes); });
    connect(m_follower.get(), &LogFollower::passedOver, this, [this](quint64 messages) {
        BusState state = m_state;
        state.missed += messages;
        setState(state);
    });
    connect(m_follower.get(), &LogFollower::caughtUp, this, [this] {
        if (!std::exchange(m_isCurrent, true))
            m_hub.noteBus();
    });
    m_follower->start(std::max(before, m_known > lookedBack ? m_known - lookedBack : 0));
}

/// The same message may be on the stream twice, when it was sent again after the servers had forgotten its id.
bool LogBus::isRepeat(const BusOrigin& origin, const std::string& appId, std::uint64_t sequence)
{
    std::map<std::string, Last>& epochs = m_lastMessages[appId];
    Last& last = epochs[origin.epoch];
    if (origin.number <= last.number)
        return true;
    last = {origin.number, sequence};
    if (epochs.size() > maxEpochs)
        epochs.erase(std::ranges::min_element(epochs, {}, [](const auto& epoch) { return epoch.second.sequence; }));
    return false;
}

bool LogBus::take(std::uint64_t sequence, const std::string& bytes)
{
    if (!m_hub.hasRoomForShared())
        return false;
    Result<BusMessage> head = readBusHead(bytes);
    if (!head) {
        ++m_state.unreadable;
        Q_EMIT stateChanged(m_state);
        return true;
    }
    const BusOrigin& origin = head->origin;
    const bool isRepeated = isRepeat(origin, head->appId, sequence);
    std::optional<LogLane::Sent> ours;
    if (origin.epoch == m_common.origin.epoch && !isRepeated)
        ours = laneOf(head->appId).takeBack(origin.number);
    if (sequence > m_known && !isRepeated) {
        if (head->isClearing) {
            m_hub.acceptClearing({head->appId, head->clearedBy});
            m_hub.acceptCheckpoint(placeAt(sequence));
        } else {
            LogBatch batch{head->appId};
            if (ours) {
                batch = std::move(ours->batch);
            } else if (Result<BusMessage> whole = readBus(bytes, m_state.unreadable)) {
                batch = std::move(whole->batch);
            } else {
                ++m_state.unreadable;
                Q_EMIT stateChanged(m_state);
            }
            batch.setCheckpoint(placeAt(sequence));
            m_hub.acceptShared(std::move(batch), origin.nodeId == m_common.origin.nodeId ? head->places : std::vector<CheckpointPtr>());
        }
    }
    if (ours)
        noteBack(ours->numbers);
    noteReached();
    return true;
}

CheckpointPtr LogBus::placeAt(std::uint64_t sequence) const
{
    return std::make_shared<const Checkpoint>(Checkpoint{checkpointName, m_streamState->created + ' ' + std::to_string(sequence)});
}

void LogBus::whenCurrent(std::function<void()> done)
{
    auto once = std::make_shared<std::function<void()>>(std::move(done));
    const auto call = [once] {
        if (const auto calling = std::exchange(*once, nullptr))
            calling();
    };
    QTimer::singleShot(patience, this, call);
    findEnd(once);
}

/// Until somebody knows, or nobody waits any more.
void LogBus::findEnd(const std::shared_ptr<std::function<void()>>& done)
{
    m_stream.look([self = QPointer(this), done](const LogStream::State* state) {
        if (!self || !*done)
            return;
        if (!state) {
            QTimer::singleShot(pause, self, [self, done] { self->findEnd(done); });
            return;
        }
        self->m_waitingForPlace.push_back({state->lastSequence, done});
        self->noteReached();
    });
}

void LogBus::noteReached()
{
    if (m_waitingForPlace.empty())
        return;
    // The message at hand counts as taken when this returns: ask after that.
    QMetaObject::invokeMethod(
        this,
        [this] {
            std::vector<WaitingForPlace> waiting = std::exchange(m_waitingForPlace, {});
            for (WaitingForPlace& one : waiting) {
                if (!*one.done)
                    continue;
                if (m_follower && m_follower->reached() >= one.sequence)
                    std::exchange(*one.done, nullptr)();
                else
                    m_waitingForPlace.push_back(std::move(one));
            }
        },
        Qt::QueuedConnection);
}

void LogBus::setState(const BusState& state)
{
    if (state == m_state)
        return;
    m_state = state;
    Q_EMIT stateChanged(m_state);
}

} // namespace vigie
