// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "server/net/addresslimits.h"
#include "server/net/tokenbucket.h"
#include "server/net/hostcheck.h"
#include "server/net/httphead.h"
#include "server/net/tlsidentity.h"

#include <QTcpServer>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <unordered_set>

namespace vigie {

class Arrival;
class Connection;
class HeapTrim;
class MemoryBudget;
class Poller;

/// What is asked of this machine's own connections, those that come by loopback.
enum class OwnPeers {
    AsAll,     ///< what is asked of all
    ByOwnName, ///< the same, and they must call us by a name of loopback
    Plainly    ///< that name, and no TLS
};

struct ListenerConfig
{
    std::optional<TlsIdentity> tls; ///< absent: connections are plain
    OwnPeers ownPeers = OwnPeers::AsAll;
    HostNames names;
    std::function<bool(Connection&)> needsToken; ///< whether a peer gets nothing without one
    std::chrono::milliseconds headDeadline{5000}; ///< how long a client may take to send its head
    int requestBytes = 16 * 1024; ///< of a head; maxHeadBytes at most
    std::shared_ptr<AddressLimits> limits = std::make_shared<AddressLimits>(AddressLimits::Config()); ///< one more is answered with 503 or 429
    std::function<void(LimitHit, const QHostAddress&)> count = [](LimitHit, const QHostAddress&) {}; ///< told of whom it refuses
    /// Takes over a connection that asks for a WebSocket; its head is consumed.
    std::function<void(std::unique_ptr<Connection>, const HttpHead&)> takeWebSocket = {};
    /// Takes over any other. The head is the first that its reader gets, again.
    std::function<void(std::unique_ptr<Connection>, const HttpHead&)> takeHttp = {};
};

/// The one port. Accepts connections, turns away those that are too many, and sorts the others by the first head of each, which
/// an Arrival reads: WebSockets and HTTP go to whom the configuration names. Refuses browsers of another origin and hosts that
/// are not ours (DNS rebinding). With a TlsIdentity all of it goes over TLS. Lives on the server's thread.
class Listener : public QTcpServer
{
    Q_OBJECT

public:
    static constexpr int maxHeadBytes = 64 * 1024; ///< whatever the configuration says

    /// Both must outlive the connections. `memory`: of all peers.
    Listener(ListenerConfig config, Poller& poller, MemoryBudget& memory, QObject* parent = nullptr);
    ~Listener() override;

    /// As QTcpServer's. Connections that are there stay, also when it then listens elsewhere or no more.
    bool listen(const QHostAddress& address, quint16 port = 0);
    /// For connections that come from now on.
    void setTls(std::optional<TlsIdentity> identity, OwnPeers ownPeers);
    /// Peers that are refused, as peerNetwork() writes them.
    void setBlocked(std::unordered_set<QString> networks) { m_blocked = std::move(networks); }

    /// For whoever answers further requests on the connections that are pending.
    const HostCheck& hostCheck() const { return m_hostCheck; }

    /// Sends a last answer, which may be empty, to one who was given away, and ends the connection.
    void seeOut(std::unique_ptr<Connection> connection, const QByteArray& answer);
    /// Ends the connections without a WebSocket whose peer is one that `which` names.
    void end(const std::function<bool(const QHostAddress&)>& which);

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    friend class Arrival;

    static constexpr int maxTurnedAway = 50; ///< over TLS, at once

    /// Why one more connection may not be; nothing: it may, and the limits are to be told when it is over.
    std::optional<LimitHit> whyNot(qintptr descriptor, const QHostAddress& peer);
    /// Whether one that may not be is to be told why, over TLS; else it is cut without a word.
    bool mayHearWhy();
    bool speaksPlainly(const QHostAddress& peer) const;
    void forget(Connection& connection, bool wasTurnedAway);

    // For an Arrival.

    const ListenerConfig& config() const { return m_config; }
    void count(LimitHit hit, const Connection& connection);
    /// Gives the connection to whom it belongs, or refuses it. Whether its head is consumed.
    bool sort(Arrival& arrival, const HttpHead& head);
    /// To one who called us by a name that is not ours, or is sent by a page of others. `why`: in whole lines.
    void turnAway(Arrival& arrival, LimitHit hit, int status, const QByteArray& why);
    /// To one who speaks plainly where TLS is spoken.
    void sendToTls(Arrival& arrival, const HttpHead& head);

    ListenerConfig m_config;
    Poller& m_poller;
    MemoryBudget& m_memory;
    HostCheck m_hostCheck;
    std::unordered_set<QString> m_blocked;
    std::unordered_set<Connection*> m_connections; // whoever has them now
    int m_turnedAway = 0; // connections that are only there to hear why they may not be
    TokenBucket m_explanations{20, maxTurnedAway, steadyNow()}; // TLS handshakes for such
    HeapTrim* m_heap;
};

} // namespace vigie
