// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/limits.h"
#include "server/net/tokenbucket.h"

#include <QHostAddress>
#include <QString>
#include <chrono>
#include <optional>
#include <unordered_map>

namespace vigie {

/// What counts as one peer: an IPv4 address, or the first 64 bits of an IPv6 address, as whoever has one of these has all.
QString peerNetwork(const QHostAddress& address);

/// As people write it: an IPv4 address that came by IPv6 is one of IPv4.
QString addressText(const QHostAddress& address);

/// How many connections one peer may have, and how fast it may make them, and how many all may have. One peer on loopback is not
/// limited unless so configured: its programs share the machine anyway, and one of them may show Vigie to many. All listeners share
/// one. One thread.
class AddressLimits
{
public:
    using Time = std::chrono::milliseconds; ///< of a monotonic clock

    struct Config
    {
        int connections = 200; ///< at once
        int perSecond = 20; ///< in the long run
        int burst = 100; ///< that may come at once after a pause
        bool limitsLoopback = false;
        int connectionsOfAll = 10'000; ///< at once
    };

    explicit AddressLimits(Config config) : m_config(config) {}

    /// Nothing: it may connect, and leave() must follow. Else why it may not.
    std::optional<LimitHit> admit(const QHostAddress& address, Time now);
    void leave(const QHostAddress& address);

    std::size_t peers() const { return m_peers.size(); }

private:
    struct Peer
    {
        int open = 0;
        TokenBucket bucket; ///< of connections to make
    };

    bool isLimited(const QHostAddress& address) const { return m_config.limitsLoopback || !address.isLoopback(); }
    void forgetIdle(Time now);

    Config m_config;
    int m_open = 0; // of all
    std::unordered_map<QString, Peer> m_peers;
    Time m_looked{0}; // for idle ones
};

} // namespace vigie
