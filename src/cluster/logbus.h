// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/busmessage.h"
#include "cluster/loglane.h"
#include "cluster/logstream.h"
#include "cluster/natslink.h"
#include "core/busstate.h"
#include "core/storedcatalog.h"
#include "hub/bus.h"

#include <QObject>
#include <QTimer>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>

namespace vigie {

class Hub;
class LogFollower;

/// The order of log entries by a stream of NATS JetStream: what this machine takes in goes there, and what all machines took in comes
/// from there, in one order, into the hub. docs/cluster.md says what that promises. The server's thread.
class LogBus : public QObject, public Bus
{
    Q_OBJECT

public:
    struct Config
    {
        NatsServers servers;
        std::string node; ///< this machine's name on the bus
        std::string nodeId; ///< that stays, and that no other machine has
        std::int64_t streamBytes = std::int64_t(1) << 30; ///< that the stream may hold, if it has to be made
    };

    /// The checkpoint under which it stores how far it has read.
    static constexpr const char* checkpointName = "bus";

    /// The hub must outlive it.
    LogBus(Config config, Hub& hub, QObject* parent = nullptr);
    ~LogBus() override;

    void share(LogBatch batch) override;
    void shareClearing(const AppCleared& which) override;
    void drawTicket(std::uint64_t ticket) override;
    bool isBehind() const override;
    bool isCurrent() const override { return m_isCurrent; }
    void whenCurrent(std::function<void()> done) override;

public Q_SLOTS:
    /// Connects. What is shared before waits.
    void open();
    /// The store was opened: where reading goes on. At the first call reading begins.
    void restore(const vigie::StoredCatalog& catalog);
    /// There is no store, or none that could be opened: reading begins with what comes from now on.
    void begin();

    /// Nothing is shared any more. finished() follows when all has come back, or after some seconds without a bus.
    void finish();

Q_SIGNALS:
    void finished();
    void stateChanged(const vigie::BusState& state);

private:
    struct Ticket
    {
        std::uint64_t ticket;
        std::uint64_t number; ///< of what was shared last before it
    };
    /// The last message of an epoch.
    struct Last
    {
        std::uint64_t number = 0;
        std::uint64_t sequence = 0;
    };
    struct WaitingForPlace
    {
        std::uint64_t sequence; ///< of the stream
        std::shared_ptr<std::function<void()>> done; ///< empty: it was called
    };
    struct HeldCheckpoint
    {
        std::uint64_t number;
        CheckpointPtr checkpoint;
    };

    LogLane& laneOf(const std::string& appId);
    void share(const std::string& appId, LogLane::Shared shared);
    void noteConfirmed(const std::vector<std::uint64_t>& numbers);
    void noteBack(const std::vector<std::uint64_t>& numbers);
    void tryToStart();
    void takeStream(const LogStream::State& state);
    bool take(std::uint64_t sequence, const std::string& bytes);
    CheckpointPtr placeAt(std::uint64_t sequence) const;
    void setLanesOpen(bool areOpen);
    void findEnd(const std::shared_ptr<std::function<void()>>& done);
    bool isRepeat(const BusOrigin& origin, const std::string& appId, std::uint64_t sequence);
    void noteRoom();
    void noteReached();
    void setState(const BusState& state);

    Config m_config;
    Hub& m_hub;
    NatsLink m_link;
    LogStream m_stream;
    LogLane::Common m_common;
    std::unordered_map<std::string, std::unique_ptr<LogLane>> m_lanes; // by application
    std::uint64_t m_lastNumber = 0; // of what was shared
    std::set<std::uint64_t> m_unconfirmed;
    std::set<std::uint64_t> m_away; // what has not come back
    std::deque<Ticket> m_tickets;
    std::deque<HeldCheckpoint> m_checkpoints;
    std::unique_ptr<LogFollower> m_follower;
    std::optional<LogStream::State> m_streamState;
    std::optional<std::string> m_place; // as it was stored; empty: nothing was
    std::uint64_t m_known = 0; // the last message whose entries the hub has from before the start
    std::unordered_map<std::string, std::map<std::string, Last>> m_lastMessages; // by application and epoch
    std::vector<WaitingForPlace> m_waitingForPlace;
    bool m_areLanesOpen = false;
    bool m_isCurrent = false;
    bool m_isFinishing = false;
    bool m_wasBehind = false;
    BusState m_state;
};

} // namespace vigie
