// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <array>
#include <cstdint>
#include <string_view>

namespace vigie {

/// How much a peer may ask of Vigie: "limits" in settings.json, by these names. docs/protocol.md says what happens beyond.
struct Limits
{
    static constexpr int usualConnections = 10'000; ///< what 0 of `connections` means

    int connections = 0; ///< at once, in all, as far as there are descriptors, less a reserve; 0: usualConnections
    int connectionsPerAddress = 200; ///< at once; this machine's own are not limited, here and below
    int handshakesPerSecond = 20; ///< of one address, in the long run
    int handshakesAtOnce = 100; ///< of one address, after a pause
    int failedSignIns = 3; ///< of one address, or in one user's name; each further one has to wait twice as long
    int signInSeconds = 10; ///< to sign in on a WebSocket
    int refusedBeforeSignIn = 50; ///< messages of one client
    int joinRequestsAtOnce = 10; ///< that wait for the owner's answer, in all
    int joinRequestsOfAddress = 2; ///< likewise, of one address
    int joinRequestsPerHour = 12; ///< of one address
    int headSeconds = 5; ///< for the head of a request to come whole
    int requestKiB = 16; ///< of a request over HTTP: its head, and what follows that
    int idleSeconds = 30; ///< that a connection of HTTP may be neither asked on nor read from
    int messageKiB = 1'024;
    int messageSeconds = 30; ///< for a message that has begun to come whole
    int applications = 10'000; ///< that send something for the first time since the start, and were not in the history
    int batchEntries = 5'000; ///< log entries in one message
    int jsonDepth = 32; ///< arrays and objects within one another
    int filterLevels = 32; ///< that one filter names
    int searchBytes = 1'024; ///< of the words that one filter looks for
    int messagesPerSecond = 2'000; ///< of one client; what is more is read later
    int receiveKiBPerSecond = 16 * 1'024; ///< likewise
    int historyRequestsAtOnce = 8; ///< of one connection, and of one address
    int unsentMiB = 32; ///< answers that one client does not read
    int unreadSeconds = 60; ///< that a client with something to read may take nothing
    int memoryMiB = 256; ///< held for all clients together: what they do not read, and messages that wait
    bool limitsLoopback = false; ///< this machine's own, too

    bool operator==(const Limits&) const = default;
};

/// One row for each number of Limits: its name in settings.json, and what it may be.
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

/// How often each limit kept something out since the program began. One thread.
struct LimitHits
{
    std::array<std::uint64_t, std::size_t(LimitHit::Count_)> times{};

    void add(LimitHit hit) { ++times[std::size_t(hit)]; }
};

} // namespace vigie

Q_DECLARE_METATYPE(vigie::LimitHits)
