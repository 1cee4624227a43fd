// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QThreadPool>
#include <QTimer>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace vigie {

/// Which servers to connect to, and as whom.
struct NatsServers
{
    std::vector<std::string> urls; ///< nats://host:4222, tls://host:4222
    std::string credentialsFile; ///< of a user's JWT and seed; empty: none
    std::string authoritiesFile; ///< PEM, of who signs the servers' certificates; empty: no TLS unless a URL says so
    std::string name; ///< of this client, in the servers' lists
};

/// A message as it came.
struct NatsMessage
{
    /// Of messages of the server itself: 100 heartbeats and flow control, 503 nobody answers here, 409 and others errors; 0: of a client.
    int status = 0;
    std::string description; ///< of the status
    std::string subject;
    std::string reply; ///< where an answer goes; may be empty
    std::string data;
    std::string stalled; ///< of a heartbeat: where the server waits for an answer to flow control; else empty
};

/// One connection to NATS, kept for as long as it lives: it comes back by itself, to whichever server there is, and its subscriptions
/// with it. Nothing blocks: whatever libnats may wait in is done on a thread of its own. One thread.
class NatsLink : public QObject
{
    Q_OBJECT

public:
    using Header = std::pair<const char*, std::string>;
    using Headers = std::vector<Header>;
    using Handler = std::function<void(NatsMessage& message)>;
    /// Null: there was no answer in time. What was asked for may have been done all the same.
    using Done = std::function<void(const NatsMessage* answer)>;

    explicit NatsLink(NatsServers servers, QObject* parent = nullptr);
    ~NatsLink() override;

    /// Connects, now and whenever the connection is lost.
    void open();
    bool isUp() const { return m_isUp; }
    /// Of one message with its headers, in bytes; 0 until it has been up.
    std::size_t maxPayload() const { return m_maxPayload; }

    /// Calls `handler` for each message until unsubscribe(). Its number, from 1 on.
    std::uint32_t subscribe(std::string subject, Handler handler);
    void unsubscribe(std::uint32_t number);

    /// Sends what nobody confirms; while the link is down it is dropped.
    void publish(std::string subject, std::string data, Headers headers = {});
    /// Sends, and calls `done` once, later: at once with status 503 if nobody is there to answer.
    void request(std::string subject, std::string data, std::chrono::milliseconds timeout, Done done, Headers headers = {});

Q_SIGNALS:
    void wentUp();
    /// `why`: in libnats' words; may be empty.
    void wentDown(const QString& why);

private:
    friend class NatsWire;
    struct Subscribed
    {
        std::string subject;
        Handler handler;
    };
    struct Waiting
    {
        std::chrono::steady_clock::time_point until;
        Done done;
    };

    void connectOnce();
    void takeArrived();
    void noteUp(std::size_t maxPayload);
    void noteDown(const QString& why);
    void takeAnswer(NatsMessage& message);
    void expire();
    void setAlarm();
    void send(std::string subject, std::string reply, std::string data, Headers headers);

    NatsServers m_servers;
    std::shared_ptr<class NatsWire> m_wire;
    QThreadPool m_pool; // one thread: alone touches the connection
    QTimer m_retry;
    QTimer m_alarm; // for the earliest of m_waiting
    bool m_isUp = false;
    std::size_t m_maxPayload = 0;
    std::string m_inbox;
    std::uint32_t m_lastSubscription = 0;
    std::unordered_map<std::uint32_t, Subscribed> m_subscriptions;
    std::uint64_t m_lastRequest = 0;
    std::map<std::uint64_t, Waiting> m_waiting; // by number
};

} // namespace vigie
