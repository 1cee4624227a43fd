// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <array>
#include <cstdint>
#include <string_view>

namespace vigie {

/// Limits on what peers may use: "limits" in settings.json, with the same names. docs/protocol.md says what happens beyond each.
struct Limits
{
    static constexpr int usualConnections = 10'000; ///< the value that 0 in `connections` stands for

    int connections = 0; ///< open at once in total, bounded by the file descriptors less a reserve; 0: usualConnections
    int connectionsPerAddress = 200; ///< open at once; loopback is exempt, here and below
    int handshakesPerSecond = 20; ///< sustained rate of one address
    int handshakesAtOnce = 100; ///< burst of one address
    int failedSignIns = 3; ///< of one address, or for one user name; beyond, each attempt doubles the wait
    int signInSeconds = 10; ///< to sign in on a WebSocket
    int refusedBeforeSignIn = 50; ///< refused messages of one client
    int joinRequestsAtOnce = 10; ///< pending for the owner's answer, in total
    int joinRequestsOfAddress = 2; ///< pending, of one address
    int joinRequestsPerHour = 12; ///< of one address
    int headSeconds = 5; ///< to receive the complete head of a request
    int requestKiB = 16; ///< size of an HTTP request: of its head, and of its body
    int idleSeconds = 30; ///< for which an HTTP connection may neither send a request nor read a response
    int messageKiB = 1'024;
    int messageSeconds = 30; ///< to receive the rest of a message that has begun
    int applications = 10'000; ///< new since the start, not counting those in the history
    int batchEntries = 5'000; ///< log entries in one message
    int jsonDepth = 32; ///< nesting of arrays and objects
    int filterLevels = 32; ///< levels in one filter
    int searchBytes = 1'024; ///< length of a filter's search text
    int messagesPerSecond = 2'000; ///< of one client; the excess is read later
    int receiveKiBPerSecond = 16 * 1'024; ///< likewise
    int historyRequestsAtOnce = 8; ///< of one connection, and of one address
    int unsentMiB = 32; ///< unread answers of one client
    int unreadSeconds = 60; ///< for which a client with pending data may read nothing
    int memoryMiB = 256; ///< for all clients together: unread data and pending messages
    bool limitsLoopback = false; ///< applies the limits to loopback, too

    bool operator==(const Limits&) const = default;
};

/// One row for each number in Limits: its name in settings.json and its range.
struct LimitRow
{
    std::string_view name;
    int Limits::*value;
    int min;
    int max;
};

inline constexpr std::array<LimitRow, 26> limitRows = {{
    {"connections", &Limits::connections, 0, 100'000},
    {"connectionsPerAddress", &Limits::connectionsPerAddress, 1, 100'000},
    {"handshakesPerSecond", &Limits::handshakesPerSecond, 1, 100'000},
    {"handshakesAtOnce", &Limits::handshakesAtOnce, 1, 100'000},
    {"failedSignIns", &Limits::failedSignIns, 0, 100},
    {"signInSeconds", &Limits::signInSeconds, 1, 600},
    {"refusedBeforeSignIn", &Limits::refusedBeforeSignIn, 1, 10'000},
    {"joinRequestsAtOnce", &Limits::joinRequestsAtOnce, 1, 100},
    {"joinRequestsOfAddress", &Limits::joinRequestsOfAddress, 1, 100},
    {"joinRequestsPerHour", &Limits::joinRequestsPerHour, 1, 3'600},
    {"headSeconds", &Limits::headSeconds, 1, 60},
    {"requestKiB", &Limits::requestKiB, 1, 64},
    {"idleSeconds", &Limits::idleSeconds, 1, 3'600},
    {"messageKiB", &Limits::messageKiB, 16, 64 * 1'024},
    {"messageSeconds", &Limits::messageSeconds, 1, 600},
    {"applications", &Limits::applications, 1, 1'000'000},
    {"batchEntries", &Limits::batchEntries, 1, 100'000},
    {"jsonDepth", &Limits::jsonDepth, 4, 256},
    {"filterLevels", &Limits::filterLevels, 1, 1'000},
    {"searchBytes", &Limits::searchBytes, 16, 64 * 1'024},
    {"messagesPerSecond", &Limits::messagesPerSecond, 1, 10'000'000},
    {"receiveKiBPerSecond", &Limits::receiveKiBPerSecond, 1, 10 * 1'024 * 1'024},
    {"historyRequestsAtOnce", &Limits::historyRequestsAtOnce, 1, 1'000},
    {"unsentMiB", &Limits::unsentMiB, 1, 1'024},
    {"unreadSeconds", &Limits::unreadSeconds, 1, 3'600},
    {"memoryMiB", &Limits::memoryMiB, 16, 64 * 1'024},
}};

/// Which limit was hit.
enum class LimitHit {
    Connections,
    ConnectionsOfAddress,
    Handshakes,
    BlockedAddress,
    HeadTime,
    HeadSize,
    BodySize,
    IdleTime,
    Host,
    Origin,
    MessageSize,
    MessageTime,
    Applications,
    BatchSize,
    JsonDepth,
    Filter,
    Messages,
    Bytes,
    HistoryRequests,
    Unsent,
    UnreadTime,
    Memory,
    FailedSignIns,
    SignInTime,
    RefusedMessages,
    JoinRequests,
    Count_
};

/// "connections", "connections_of_address" …
std::string_view limitHitName(LimitHit hit);

/// How often each limit was hit since the start. One thread.
struct LimitHits
{
    std::array<std::uint64_t, std::size_t(LimitHit::Count_)> times{};

    void add(LimitHit hit) { ++times[std::size_t(hit)]; }
};

} // namespace vigie

Q_DECLARE_METATYPE(vigie::LimitHits)
