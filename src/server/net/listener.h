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
#include <optional>
#include <unordered_set>

class QSslSocket;
class QTcpSocket;

namespace vigie {

class HeapTrim;
class HttpGuard;
class MemoryBudget;

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
    std::function<bool(QTcpSocket*)> needsToken; ///< whether a peer gets nothing without one
    std::chrono::milliseconds headDeadline{5000}; ///< how long a client may take to send its head
    int requestBytes = 16 * 1024; ///< of a head, and of what follows that over HTTP; maxHeadBytes at most
    std::chrono::milliseconds idleDeadline{30'000}; ///< how long a connection of HTTP may be quiet
    qint64 unsentBytes = 32 * 1024 * 1024; ///< of answers over HTTP that a peer does not read
    int maxConnections = 10'000; ///< one more is answered with 503
    AddressLimits::Config perAddress = {}; ///< one more is answered with 429
    std::function<void(LimitHit, const QHostAddress&)> count = [](LimitHit, const QHostAddress&) {}; ///< told of whom it refuses
    MemoryBudget* memory = nullptr; ///< of all peers; must outlive the connections
};

/// The one port. Looks at the head of each request, bounded in bytes and time, without taking it from the
/// socket, and sorts the connections: WebSockets are announced by a signal, what is plain HTTP becomes a
/// pending connection of this QTcpServer, for QHttpServer to take. Refuses browsers of another origin and hosts that are
/// not ours (DNS rebinding). With a TlsIdentity all of it goes over TLS. Lives on the server's thread.
class Listener : public QTcpServer
{
    Q_OBJECT

public:
    static constexpr int maxHeadBytes = 64 * 1024; ///< whatever the configuration says

    explicit Listener(ListenerConfig config, QObject* parent = nullptr);

    /// For connections that come from now on.
    void setTls(std::optional<TlsIdentity> identity, OwnPeers ownPeers);
    /// Peers that are refused, as peerNetwork() writes them.
    void setBlocked(std::unordered_set<QString> networks) { m_blocked = std::move(networks); }

    /// For whoever answers further requests on the connections that are pending.
    const HostCheck& hostCheck() const { return m_hostCheck; }

    /// Ends the connections without a WebSocket whose peer is one that `which` names.
    void end(const std::function<bool(const QHostAddress&)>& which);

Q_SIGNALS:
    /// A whole head has come and nothing of it was read. The receiver owns the socket from here on.
    void webSocketRequested(QTcpSocket* socket, const vigie::HttpHead& head);
    /// A whole head of another request has come: its connection is the next that is pending.
    void pageRequested();

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    static constexpr int maxTurnedAway = 50; ///< over TLS, at once

    /// Why one more connection may not be; nothing: it may, and m_limits is to be told when it is over.
    std::optional<LimitHit> whyNot(qintptr descriptor, const QHostAddress& peer);
    /// Whether one that may not be is to be told why, over TLS; else it is cut without a word.
    bool mayHearWhy();
    /// Waits for the first byte, which tells TLS from plain HTTP. `refusal`: said once the head has come, in place of an answer.
    void awaitTls(QSslSocket* socket, std::optional<LimitHit> refusal);
    void awaitHead(QTcpSocket* socket, std::optional<LimitHit> refusal);
    void look(QTcpSocket* socket, std::optional<LimitHit> refusal);
    /// One whose requests are for QHttpServer.
    HttpGuard* watch(QTcpSocket* socket);
    /// To one who speaks plainly where TLS is spoken.
    void sendToTls(QTcpSocket* socket, const HttpHead& head);
    bool speaksPlainly(const QHostAddress& peer) const;
    /// `hearsOut`: what the peer still sends is thrown away, so that it gets to read the answer.
    void refuse(QTcpSocket* socket, LimitHit hit, bool hearsOut = false);
    /// To one who called us by a name that is not ours, or is sent by a page of others. `why`: in whole lines.
    void turnAway(QTcpSocket* socket, LimitHit hit, const char* status, const QByteArray& why);

    ListenerConfig m_config;
    AddressLimits m_limits;
    HostCheck m_hostCheck;
    std::unordered_set<QString> m_blocked;
    int m_open = 0; // connections, whoever has them now
    int m_turnedAway = 0; // connections that are only there to hear why they may not be
    TokenBucket m_explanations{20, maxTurnedAway, steadyNow()}; // TLS handshakes for such
    HeapTrim* m_heap;
};

} // namespace vigie
