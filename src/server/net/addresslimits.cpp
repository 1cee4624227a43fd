// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/addresslimits.h"

#include <algorithm>

namespace vigie {

namespace {

constexpr std::size_t manyPeers = 1'000; // from so many on, those that are idle are forgotten

} // namespace

QString addressText(const QHostAddress& address)
{
    bool isIPv4 = false;
    const quint32 plain = address.toIPv4Address(&isIPv4); // those mapped into IPv6, too
    return isIPv4 ? QHostAddress(plain).toString() : address.toString();
}

QString peerNetwork(const QHostAddress& address)
{
    bool isIPv4 = false;
    address.toIPv4Address(&isIPv4);
    if (isIPv4)
        return addressText(address);
    Q_IPV6ADDR bytes = address.toIPv6Address();
    std::fill(std::begin(bytes.c) + 8, std::end(bytes.c), quint8(0));
    return QHostAddress(bytes).toString();
}

std::optional<LimitHit> AddressLimits::admit(const QHostAddress& address, Time now)
{
    if (m_open >= m_config.connectionsOfAll)
        return LimitHit::Connections;
    if (!isLimited(address)) {
        ++m_open;
        return std::nullopt;
    }
    if (m_peers.size() >= manyPeers && now - m_looked >= std::chrono::seconds(1))
        forgetIdle(now);
    const TokenBucket full(m_config.perSecond, m_config.burst, now);
    Peer& peer = m_peers.try_emplace(peerNetwork(address), Peer{0, full}).first->second;
    if (peer.open >= m_config.connections)
        return LimitHit::ConnectionsOfAddress;
    if (peer.bucket.left(now) < 1)
        return LimitHit::Handshakes;
    peer.bucket.take(1, now);
    ++peer.open;
    ++m_open;
    return std::nullopt;
}

void AddressLimits::leave(const QHostAddress& address)
{
    --m_open;
    const auto found = isLimited(address) ? m_peers.find(peerNetwork(address)) : m_peers.end();
    if (found != m_peers.end())
        --found->second.open;
}

void AddressLimits::forgetIdle(Time now)
{
    m_looked = now;
    std::erase_if(m_peers, [&](const auto& one) { return one.second.open == 0 && one.second.bucket.isFull(now); });
}

} // namespace vigie
