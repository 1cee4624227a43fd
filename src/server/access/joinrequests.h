// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/joinrequest.h"
#include "core/limits.h"
#include "server/net/tokenbucket.h"

#include <QHostAddress>
#include <QObject>
#include <QPointer>
#include <functional>
#include <string>
#include <unordered_map>
#include <variant>

namespace vigie {

/// The result of a request for access.
struct JoinOutcome
{
    std::string token; ///< the token to sign in with; empty: denied
    const char* code = ""; ///< why it was denied: a code of docs/protocol.md's table
    const char* message = "";
};

/// The pending requests for access by clients without a token. Their number is bounded, and the rate of each address limited, so
/// that nobody can flood the owner. The server's thread.
class JoinRequests : public QObject
{
    Q_OBJECT

public:
    using Time = std::chrono::milliseconds; ///< of a monotonic clock
    using Done = std::function<void(const JoinOutcome&)>;

    struct Config
    {
        int waiting = Limits{}.joinRequestsAtOnce;
        int waitingOfAddress = Limits{}.joinRequestsOfAddress;
        int perHourOfAddress = Limits{}.joinRequestsPerHour; ///< sustained rate
    };

    static constexpr double atOnceOfAddress = 4; ///< burst
    static constexpr std::chrono::minutes patience{10}; ///< after that, the request times out

    explicit JoinRequests(Config config, QObject* parent = nullptr) : QObject(parent), m_config(config) {}

    /// Whether an owner is there to answer. If not, pending requests are denied.
    void setOpen(bool isOpen);

    /// Submits a request, which is dropped when the object `request` is destroyed. Calls `done` once: with the answer or, at
    /// once, with the reason why the owner is not asked. Returns whether the answer is still to come.
    bool ask(const std::string& userId, const std::string& appId, const QHostAddress& address, QObject* request, Time now,
             Done done);
    /// The owner's answer; empty token: denied. Ignored if the client has gone.
    void answer(std::uint64_t id, const QByteArray& token);
    /// Times out requests that are too old.
    void tick(Time now);

Q_SIGNALS:
    /// Ask the owner.
    void asked(vigie::JoinRequest request);
    /// The request needs no answer any more.
    void withdrawn(quint64 id);
    /// A request was not submitted because of a limit.
    void refused();

private:
    struct Waiting
    {
        QPointer<QObject> request;
        std::string network;
        Time since;
        Done done;
    };

    const char* whyNot(const std::string& network, Time now);
    void end(std::uint64_t id, const JoinOutcome& outcome);

    Config m_config;
    bool m_isOpen = false;
    std::uint64_t m_lastId = 0;
    std::unordered_map<std::uint64_t, Waiting> m_waiting;
    std::unordered_map<std::string, TokenBucket> m_buckets; // by network
};

} // namespace vigie
