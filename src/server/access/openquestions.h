// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHostAddress>
#include <QString>
#include <map>
#include <memory>
#include <utility>

namespace vigie {

/// How many questions for history wait for their answers, by WebSocket or over HTTP: of one connection, and of all that one
/// peer has (peerNetwork()). Of peers on loopback only the connections are limited unless so configured, as with AddressLimits. One
/// thread.
class OpenQuestions
{
public:
    /// Held as long as the question waits. One whose request has gone does, too: it costs as much.
    using Place = std::shared_ptr<const void>;

    OpenQuestions(int atOnce, bool limitsLoopback) : m_atOnce(atOnce), m_limitsLoopback(limitsLoopback) {}

    /// For a peer's question; null: too many wait already.
    Place take(const QHostAddress& address, quint16 port);

    /// Of connections and peers that have any.
    std::size_t askers() const { return m_waiting->size(); }

private:
    /// A connection by address and port, a peer by its network and 0.
    using Key = std::pair<QString, quint16>;
    using Counts = std::map<Key, int>;

    int m_atOnce;
    bool m_limitsLoopback;
    std::shared_ptr<Counts> m_waiting = std::make_shared<Counts>(); // a place may be given back after this has gone
};

} // namespace vigie
