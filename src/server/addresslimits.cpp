// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/addresslimits.h"

#include <algorithm>

namespace vigie {

namespace {

constexpr std::size_t manyPeers = 1'000; // from so many on, those that are idle are forgotten

} // namespace

QString peerNetwork(const QHostAddress& address)
{
    bool isIPv4 = false;
    const quint32 plain = address.toIPv4Address(&isIPv4); // those mapped into IPv6, too
    if (isIPv4)
        return QHostAddress(plain).toString();
    Q_IPV6ADDR bytes = address.toIPv6Address();
    std::fill(std::begin(bytes.c) + 8, std::end(bytes.c), quint8(0));
    return QHostAddress(bytes).toString();
}

double AddressLimits::allowanceOf(const Peer& peer, Time now) const
{
    const double seconds = std::chrono::duration<double>(now - peer.seen).count();
    return std::min<double>(m_config.burst, peer.allowance + seconds * m_config.perSecond);
}

const char* AddressLimits::admit(const QHostAddress& address, Time now)
{
    if (!isLimited(address))
        return nullptr;
    if (m_peers.size() >= manyPeers && now - m_looked >= std::chrono::seconds(1))
        forgetIdle(now);
    const auto [found, isNew] = m_peers.try_emplace(peerNetwork(address), Peer{0, double(m_config.burst), now});
    Peer& peer = found->second;
    peer.allowance = allowanceOf(peer, now);
    peer.seen = now;
    if (peer.open >= m_config.connections)
        return "There are too many connections from your address.";
    if (peer.allowance < 1)
        return "Your address connects too often.";
    peer.allowance -= 1;
    ++peer.open;
    return nullptr;
}

void AddressLimits::leave(const QHostAddress& address)
{
    const auto found = isLimited(address) ? m_peers.find(peerNetwork(address)) : m_peers.end();
    if (found != m_peers.end())
        --found->second.open;
}

void AddressLimits::forgetIdle(Time now)
{
    m_looked = now;
    std::erase_if(m_peers, [&](const auto& one) { return one.second.open == 0 && allowanceOf(one.second, now) >= m_config.burst; });
}

} // namespace vigie
