// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/listener.h"

#include "core/clock.h"
#include "server/net/arrival.h"
#include "server/net/connection.h"
#include "server/net/descriptors.h"
#include "server/net/heaptrim.h"
#include "server/net/httprefusal.h"
#include "server/net/peeruser.h"
#include "server/net/poller.h"

#include <QHostAddress>
#include <QTimer>
#include <array>
#include <sys/socket.h>
#include <unistd.h>

namespace vigie {

namespace {

using namespace std::chrono_literals;

constexpr auto acceptPause = 100ms; // after a failure

/// The other end of a connection that was just accepted (getpeername(2)); null when it has gone already.
QHostAddress peerOf(qintptr descriptor)
{
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    if (getpeername(int(descriptor), reinterpret_cast<sockaddr*>(&address), &size) != 0)
        return {};
    return QHostAddress(reinterpret_cast<const sockaddr*>(&address));
}

/// To a connection that was just accepted, and is not to be. Thousands may come in one turn of the event loop, and none of them
/// is to keep a descriptor until the next.
void sayWhyAndClose(qintptr descriptor, LimitHit hit)
{
    const int peer = int(descriptor);
    const QByteArray text = refusalText(hit);
    // Its buffer is empty yet, and takes it whole. If not, the peer is none to be helped.
    ::send(peer, text.constData(), std::size_t(text.size()), MSG_NOSIGNAL | MSG_DONTWAIT);
    // To close with something unread would reset the connection, and the peer might not see what was said.
    std::array<char, 4096> unread;
    for (int i = 0; i < 4 && ::recv(peer, unread.data(), unread.size(), MSG_DONTWAIT) > 0; ++i) { }
    ::close(peer);
}

} // namespace

Listener::Listener(ListenerConfig config, Poller& poller, MemoryBudget& memory, QObject* parent)
    : QTcpServer(parent), m_config(std::move(config)), m_poller(poller), m_memory(memory),
      m_hostCheck(m_config.names, m_config.needsToken), m_heap(new HeapTrim(this))
{
    m_hostCheck.setSparesLoopback(m_config.ownPeers != OwnPeers::AsAll);
    // With Qt's 50, the kernel drops a burst of viewers (all of an office, after a restart), who try again a second later.
    setListenBacklogSize(4096);
    // After a failure that it does not take for a passing one Qt accepts no more until it is told to.
    connect(this, &QTcpServer::acceptError, this, [this] {
        QTimer::singleShot(acceptPause, this, [this] {
            if (isListening()) // else Qt would look for a socket that is not there
                resumeAccepting();
        });
    });
}

Listener::~Listener()
{
    // They may outlive it.
    for (Connection* const connection : m_connections)
        connection->setFarewell({});
}

bool Listener::listen(const QHostAddress& address, quint16 port)
{
    if (!QTcpServer::listen(address, port))
        return false;
    m_hostCheck.setPlace(serverAddress(), serverPort());
    return true;
}

void Listener::setTls(std::optional<TlsIdentity> identity, OwnPeers ownPeers)
{
    m_config.tls = std::move(identity);
    m_config.ownPeers = ownPeers;
    m_hostCheck.setSparesLoopback(ownPeers != OwnPeers::AsAll);
}

void Listener::end(const std::function<bool(const QHostAddress&)>& which)
{
    for (Connection* const connection : m_connections) {
        if (!connection->isUpgraded() && which(connection->peerAddress()))
            connection->abort();
    }
}

void Listener::seeOut(std::unique_ptr<Connection> connection, const QByteArray& answer)
{
    (new Arrival(*this, std::move(connection), std::nullopt))->refuse(answer);
}

void Listener::forget(Connection& connection, bool wasTurnedAway)
{
    m_connections.erase(&connection);
    if (wasTurnedAway)
        --m_turnedAway;
    else
        m_config.limits->leave(connection.peerAddress());
    m_heap->noteEnd();
}

bool Listener::speaksPlainly(const QHostAddress& peer) const
{
    return !m_config.tls || (m_config.ownPeers == OwnPeers::Plainly && peer.isLoopback());
}

void Listener::incomingConnection(qintptr descriptor)
{
    const QHostAddress address = peerOf(descriptor);
    if (address.isNull()) {
        ::close(int(descriptor));
        return;
    }
    const bool isPlain = speaksPlainly(address);
    const std::optional<LimitHit> refusal = whyNot(descriptor, address);
    if (refusal) {
        m_config.count(*refusal, address);
        if (isPlain)
            return sayWhyAndClose(descriptor, *refusal);
        if (!mayHearWhy()) {
            ::close(int(descriptor));
            return;
        }
    }
    auto connection = std::make_unique<Connection>(m_poller, int(descriptor), !isPlain, m_memory);
    m_connections.insert(connection.get());
    m_turnedAway += refusal ? 1 : 0;
    connection->setFarewell([this, wasTurnedAway = refusal.has_value()](Connection& gone) { forget(gone, wasTurnedAway); });
    new Arrival(*this, std::move(connection), refusal);
}

std::optional<LimitHit> Listener::whyNot(qintptr descriptor, const QHostAddress& peer)
{
    // The lowest that is free is given out: all below are in use, by connections and by whatever else.
    if (descriptor >= descriptorsForConnections())
        return LimitHit::Connections;
    if (!m_blocked.empty() && m_blocked.contains(peerNetwork(peer)))
        return LimitHit::BlockedAddress;
    return m_config.limits->admit(peer, steadyNow());
}

bool Listener::mayHearWhy()
{
    // A handshake costs more than most that comes after it.
    const auto now = steadyNow();
    if (m_turnedAway >= maxTurnedAway || m_explanations.left(now) < 1)
        return false;
    m_explanations.take(1, now);
    return true;
}

void Listener::count(LimitHit hit, const Connection& connection)
{
    m_config.count(hit, connection.peerAddress());
}

void Listener::turnAway(Arrival& arrival, LimitHit hit, int status, const QByteArray& why)
{
    count(hit, arrival.connection());
    arrival.refuse(refusalText(status, why));
}

bool Listener::sort(Arrival& arrival, const HttpHead& head)
{
    Connection& connection = arrival.connection();
    if (m_hostCheck.isPassedOn(head.isPassedOn, head.host, head.origin))
        noteProxy(connection);
    if (!m_hostCheck.isOurHost(head.host, connection)) {
        turnAway(arrival, LimitHit::Host, 421, m_hostCheck.hostRefusal(head.host, head.target));
    } else if (connection.isForTls() && !connection.isEncrypted()) {
        sendToTls(arrival, head);
    } else if (!m_hostCheck.isAllowedOrigin(head.origin, head.host, connection)) {
        turnAway(arrival, LimitHit::Origin, 403, m_hostCheck.originRefusal(*head.origin, head.host));
    } else if (head.wantsWebSocket) {
        connection.setUpgraded();
        m_config.takeWebSocket(arrival.release(), head);
        return true;
    } else {
        m_config.takeHttp(arrival.release(), head);
    }
    return false;
}

void Listener::sendToTls(Arrival& arrival, const HttpHead& head)
{
    if (head.wantsWebSocket) {
        return arrival.refuse(refusalText(426, "This server speaks TLS: connect to wss:// in place of ws://.",
                                          "Upgrade: TLS/1.2, HTTP/1.1\r\n"));
    }
    // The browser speaks TLS already, and would be sent here again and again.
    if (m_hostCheck.isPassedOn(head.isPassedOn, head.host, head.origin)) {
        return arrival.refuse(refusalText(421,
                                          "This server speaks TLS: the proxy must ask it by https:// in place of http://."));
    }
    // A target that is no path could name another server.
    const bool isPath = head.target.startsWith('/') && !head.target.startsWith("//");
    arrival.refuse(refusalText(308, "This server speaks TLS: ask by https:// in place of http://.",
                               "Location: https://" + head.host + (isPath ? head.target : QByteArray("/")) + "\r\n"));
}

} // namespace vigie
