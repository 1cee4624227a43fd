// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/natslink.h"

#include <QObject>
#include <QTimer>
#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <string>

namespace vigie {

struct JetStreamAnswer;

/// Reads a stream from a place on, in order, each message once, for as long as it lives. It has a consumer of its own at the servers,
/// and makes a new one when nothing was heard of the old for some seconds: libnats' own, and the servers', may be silent for much
/// longer after a server was killed. One thread.
class LogFollower : public QObject
{
    Q_OBJECT

public:
    /// Takes a message; false: not now, it is offered again after goOn().
    using Take = std::function<bool(std::uint64_t sequence, const std::string& data)>;

    /// `filter`: the subject to read; empty: all. The link must outlive it.
    LogFollower(NatsLink& link, std::string stream, std::string filter, Take take, QObject* parent = nullptr);
    ~LogFollower() override;

    /// Reads from behind this place of the stream. Once.
    void start(std::uint64_t afterSequence);
    /// Take may take again.
    void goOn();
    /// The last message that was taken, or that there was nothing to take behind.
    std::uint64_t reached() const { return m_taken; }

Q_SIGNALS:
    /// All is taken that was in the stream at some moment since it (or its consumer) was begun. Told for each consumer once.
    void caughtUp();
    /// The stream begins at `firstSequence`: what was between is gone.
    void passedOver(quint64 messages, quint64 firstSequence);

private:
    struct Came
    {
        std::uint64_t sequence;
        std::string data;
        std::string answerTo; ///< flow control is answered when the messages before it are taken; then the rest is empty
    };

    void ask();
    void takeMade(const JetStreamAnswer& answer);
    void takeMessage(NatsMessage& message);
    void takeAll();
    void noteReached();
    void drop();

    NatsLink& m_link;
    const std::string m_stream;
    const std::string m_filter;
    const Take m_take;
    QTimer m_silence;
    std::uint32_t m_subscription = 0; // 0: none
    std::string m_consumer; // as the server calls it
    std::uint64_t m_taken = 0;
    std::uint64_t m_came = 0; // the last message that arrived
    std::uint64_t m_delivered = 0; // its number of the consumer's
    std::uint64_t m_goal = 0; // as many messages were there for the consumer when it was made
    bool m_isGoalKnown = false;
    bool m_isTelling = false;
    std::deque<Came> m_waiting;
};

} // namespace vigie
