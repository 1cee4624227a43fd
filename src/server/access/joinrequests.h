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

/// What becomes of one who asked to be let in.
struct JoinOutcome
{
    std::string token; ///< what to sign in with; empty: no
    const char* code = ""; ///< why not: one of docs/protocol.md's table
    const char* message = "";
};

/// Those without a token who wait for the owner's word. Few at a time, and not often from one address: nobody can bury
/// the owner in questions. The server's thread.
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
        int perHourOfAddress = Limits{}.joinRequestsPerHour; ///< in the long run
    };

    static constexpr double atOnceOfAddress = 4; ///< after a pause
    static constexpr std::chrono::minutes patience{10}; ///< then nobody has answered

    explicit JoinRequests(Config config, QObject* parent = nullptr) : QObject(parent), m_config(config) {}

    /// Whether anybody is there to answer. When not, all who wait are told so.
    void setOpen(bool isOpen);

    /// Asks for `request`, which is forgotten when it goes. `done` is called once: with the answer or, at once, with why
    /// there is none.
    void ask(const std::string& userId, const std::string& appId, const QHostAddress& address, QObject* request, Time now,
             Done done);
    /// The owner's answer; an empty token: no. One who has gone is not told.
    void answer(std::uint64_t id, const QByteArray& token);
    /// Those who waited too long are told so.
    void tick(Time now);

Q_SIGNALS:
    /// The owner is asked.
    void asked(vigie::JoinRequest request);
    /// The question needs no answer any more.
    void withdrawn(quint64 id);
    /// One was not put to the owner, for there are too many.
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
