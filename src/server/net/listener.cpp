// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/listener.h"

#include "core/clock.h"
#include "server/net/descriptors.h"
#include "server/net/heaptrim.h"
#include "server/net/httpguard.h"
#include "server/net/lingeringsocket.h"
#include "server/net/peeruser.h"
#include "server/net/safetyfields.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTcpSocket>
#include <QTimer>
#include <array>
#include <sys/socket.h>
#include <unistd.h>

namespace vigie {

namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

constexpr auto acceptPause = 100ms; // after a failure

/// A whole answer. `fields`: more lines of the head.
QByteArray refusalText(const char* status, const QByteArray& why, const QByteArray& fields)
{
    const QByteArray body = why.endsWith('\n') ? why : why + '\n';
    QByteArray head = fields;
    for (const auto& [name, value] : safetyFields)
        head += name + ": " + value + "\r\n";
    return "HTTP/1.1 " + QByteArray(status) + "\r\n" + head
        + "Content-Type: text/plain; charset=utf-8\r\nContent-Length: " + QByteArray::number(body.size())
        + "\r\nConnection: close\r\n\r\n" + body;
}

/// `fields`: see refusalText(). `hearsOut`: see refuse().
void sayNo(QTcpSocket* socket, const char* status, const QByteArray& why, const QByteArray& fields = {}, bool hearsOut = false)
{
    socket->write(refusalText(status, why, fields));
    if (hearsOut) {
        dynamic_cast<Lingers&>(*socket).lingerOnClose();
        return socket->close();
    }
    socket->disconnectFromHost();
    // A peer that does not take the answer either must not stay.
    QTimer::singleShot(1000, socket, &QTcpSocket::abort);
}

/// The other end of a connection that was just accepted (getpeername(2)); null when it has gone already.
QHostAddress peerOf(qintptr descriptor)
{
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    if (getpeername(int(descriptor), reinterpret_cast<sockaddr*>(&address), &size) != 0)
        return {};
    return QHostAddress(reinterpret_cast<const sockaddr*>(&address));
}

/// How it is said over HTTP.
struct HttpRefusal
{
    const char* status;
    const char* why;
    const char* fields = "";
};

HttpRefusal refusalOf(LimitHit hit)
{
    switch (hit) {
    case LimitHit::Connections:
        return {"503 Service Unavailable", "There are too many connections."};
    case LimitHit::ConnectionsOfAddress:
        return {"429 Too Many Requests", "There are too many connections from your address.", "Retry-After: 5\r\n"};
    case LimitHit::Handshakes:
        return {"429 Too Many Requests", "Your address connects too often.", "Retry-After: 5\r\n"};
    case LimitHit::BlockedAddress:
        return {"403 Forbidden", "The owner has blocked your address."};
    case LimitHit::HeadTime:
        return {"408 Request Timeout", "The request was not complete in time."};
    case LimitHit::HeadSize:
        return {"431 Request Header Fields Too Large", "The request's head is too large."};
    case LimitHit::BodySize:
        return {"413 Content Too Large", "The request is too large."};
    default:
        return {"403 Forbidden", "This is not allowed."};
    }
}

/// `hearsOut`: see Listener::refuse().
void sayWhy(QTcpSocket* socket, LimitHit hit, bool hearsOut = false)
{
    const HttpRefusal refusal = refusalOf(hit);
    sayNo(socket, refusal.status, refusal.why, refusal.fields, hearsOut);
}

/// To a connection that was just accepted, and is not to be. Thousands may come in one turn of the event loop, and none of them
/// is to keep a descriptor until the next.
void sayWhyAndClose(qintptr descriptor, LimitHit hit)
{
    const int peer = int(descriptor);
    const HttpRefusal refusal = refusalOf(hit);
    const QByteArray text = refusalText(refusal.status, refusal.why, refusal.fields);
    // Its buffer is empty yet, and takes it whole. If not, the peer is none to be helped.
    ::send(peer, text.constData(), std::size_t(text.size()), MSG_NOSIGNAL | MSG_DONTWAIT);
    // To close with something unread would reset the connection, and the peer might not see what was said.
    std::array<char, 4096> unread;
    for (int i = 0; i < 4 && ::recv(peer, unread.data(), unread.size(), MSG_DONTWAIT) > 0; ++i) { }
    ::close(peer);
}

bool isEncrypted(const QTcpSocket* socket)
{
    const auto* tls = qobject_cast<const QSslSocket*>(socket);
    return tls && tls->isEncrypted();
}

} // namespace

Listener::Listener(ListenerConfig config, QObject* parent)
    : QTcpServer(parent), m_config(std::move(config)), m_limits(m_config.perAddress),
      m_hostCheck(*this, m_config.names, m_config.needsToken), m_heap(new HeapTrim(this))
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

void Listener::refuse(QTcpSocket* socket, LimitHit hit, bool hearsOut)
{
    m_config.count(hit, socket->peerAddress());
    sayWhy(socket, hit, hearsOut);
}

void Listener::turnAway(QTcpSocket* socket, LimitHit hit, const char* status, const QByteArray& why)
{
    m_config.count(hit, socket->peerAddress());
    sayNo(socket, status, why);
}

void Listener::setTls(std::optional<TlsIdentity> identity, OwnPeers ownPeers)
{
    m_config.tls = std::move(identity);
    m_config.ownPeers = ownPeers;
    m_hostCheck.setSparesLoopback(ownPeers != OwnPeers::AsAll);
}

void Listener::end(const std::function<bool(const QHostAddress&)>& which)
{
    for (QTcpSocket* socket : findChildren<QTcpSocket*>(QString(), Qt::FindDirectChildrenOnly)) {
        if (which(socket->peerAddress()))
            socket->abort();
    }
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
    QTcpSocket* const socket =
        isPlain ? new Lingering<QTcpSocket>(this) : static_cast<QTcpSocket*>(new Lingering<QSslSocket>(this));
    if (!socket->setSocketDescriptor(descriptor)) {
        delete socket;
        ::close(int(descriptor));
        if (!refusal)
            m_limits.leave(address);
        return;
    }
    connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    // The socket may outlive us. It is a child of it that tells of its end: a QWebSocket cuts all that is connected with the
    // socket itself.
    auto* const place = new QObject(socket);
    int& kind = refusal ? m_turnedAway : m_open;
    ++kind;
    connect(place, &QObject::destroyed, this, [this, &kind] {
        --kind;
        m_heap->noteEnd();
    });
    if (!refusal)
        connect(place, &QObject::destroyed, this, [this, address] { m_limits.leave(address); });
    // A frame is small and urgent: never wait to fill a segment.
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    auto* deadline = new QTimer(socket);
    deadline->setSingleShot(true);
    connect(deadline, &QTimer::timeout, this, [this, socket, refusal] {
        if (!refusal)
            m_config.count(LimitHit::HeadTime, socket->peerAddress());
        const auto* tls = qobject_cast<QSslSocket*>(socket);
        if (!tls || tls->mode() == QSslSocket::UnencryptedMode || tls->isEncrypted())
            return sayWhy(socket, refusal.value_or(LimitHit::HeadTime));
        socket->abort(); // there is no way to say it
    });
    deadline->start(m_config.headDeadline);
    if (isPlain)
        awaitHead(socket, refusal);
    else
        awaitTls(static_cast<QSslSocket*>(socket), refusal);
}

std::optional<LimitHit> Listener::whyNot(qintptr descriptor, const QHostAddress& peer)
{
    // The lowest that is free is given out: all below are in use, by connections and by whatever else.
    if (m_open >= m_config.maxConnections || descriptor >= descriptorsForConnections())
        return LimitHit::Connections;
    if (!m_blocked.empty() && m_blocked.contains(peerNetwork(peer)))
        return LimitHit::BlockedAddress;
    return m_limits.admit(peer, steadyNow());
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

void Listener::awaitTls(QSslSocket* socket, std::optional<LimitHit> refusal)
{
    const auto lookAtFirst = [this, socket, refusal] {
        constexpr char handshakeRecord = 0x16; // RFC 8446 §5.1
        const QByteArray first = socket->peek(1);
        if (first.isEmpty())
            return;
        disconnect(socket, &QTcpSocket::readyRead, this, nullptr);
        if (first.front() != handshakeRecord)
            return awaitHead(socket, refusal);
        if (!m_config.tls) // not any more
            return socket->abort();
        QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
        configuration.setProtocol(QSsl::TlsV1_2OrLater);
        configuration.setPeerVerifyMode(QSslSocket::VerifyNone); // tokens say who the peer is
        configuration.setLocalCertificateChain(m_config.tls->chain);
        configuration.setPrivateKey(m_config.tls->key);
        socket->setSslConfiguration(configuration);
        connect(socket, &QSslSocket::encrypted, this, [this, socket, refusal] { awaitHead(socket, refusal); });
        socket->startServerEncryption();
    };
    connect(socket, &QTcpSocket::readyRead, this, lookAtFirst);
    if (socket->bytesAvailable() > 0)
        lookAtFirst();
}

void Listener::awaitHead(QTcpSocket* socket, std::optional<LimitHit> refusal)
{
    connect(socket, &QTcpSocket::readyRead, this, [this, socket, refusal] { look(socket, refusal); });
    if (socket->bytesAvailable() > 0)
        look(socket, refusal);
}

void Listener::look(QTcpSocket* socket, std::optional<LimitHit> refusal)
{
    // For more than there is Qt would make room, 16 KiB a connection.
    const QByteArray bytes = socket->peek(std::min<qint64>(socket->bytesAvailable(), m_config.requestBytes));
    const qsizetype length = headLength(bytes);
    const bool isBroken = length < 0 && hasStrayBytes(bytes); // it may never have an end that we would see
    if (length < 0 && bytes.size() < m_config.requestBytes && !isBroken)
        return;

    // Whatever comes next, we are done looking.
    disconnect(socket, &QTcpSocket::readyRead, this, nullptr);
    delete socket->findChild<QTimer*>(QString(), Qt::FindDirectChildrenOnly);
    if (refusal)
        return sayWhy(socket, *refusal, true);
    if (length < 0 && !isBroken)
        return refuse(socket, LimitHit::HeadSize, true);
    const std::optional<HttpHead> head = isBroken ? std::nullopt : parseHead(bytes.left(length));
    if (!head)
        return sayNo(socket, "400 Bad Request", "This is not an HTTP request.", {}, true);
    if (m_hostCheck.isPassedOn(head->isPassedOn, head->host, head->origin))
        noteProxy(socket);
    if (!m_hostCheck.isOurHost(head->host, socket))
        return turnAway(socket, LimitHit::Host, "421 Misdirected Request", m_hostCheck.hostRefusal(head->host, head->target));
    if (qobject_cast<QSslSocket*>(socket) && !isEncrypted(socket))
        return sendToTls(socket, *head);
    if (!m_hostCheck.isAllowedOrigin(head->origin, head->host, socket))
        return turnAway(socket, LimitHit::Origin, "403 Forbidden", m_hostCheck.originRefusal(*head->origin, head->host));

    if (head->wantsWebSocket) {
        dynamic_cast<Lingers&>(*socket).lingerOnClose();
        Q_EMIT webSocketRequested(socket, *head);
    } else {
        disconnect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        HttpGuard* const guard = watch(socket);
        Q_EMIT pageRequested();
        addPendingConnection(socket);
        guard->followReader();
        // What came before the handover raised its signal before anybody but us listened.
        Q_EMIT socket->readyRead();
    }
}

HttpGuard* Listener::watch(QTcpSocket* socket)
{
    auto* const guard = new HttpGuard(socket, {m_config.requestBytes, m_config.idleDeadline, m_config.unsentBytes}, m_config.memory);
    // Qt's HTTP server has itself called again for a further request that is there already, and would warn the owner's terminal
    // of a socket that is not open any more.
    connect(socket, &QTcpSocket::disconnected, guard, [socket] { QCoreApplication::removePostedEvents(socket, QEvent::MetaCall); });
    connect(guard, &HttpGuard::exceeded, this, [this, socket](LimitHit hit) {
        if (hit == LimitHit::BodySize)
            return refuse(socket, hit, true);
        m_config.count(hit, socket->peerAddress());
        socket->abort();
    });
    return guard;
}

void Listener::sendToTls(QTcpSocket* socket, const HttpHead& head)
{
    if (head.wantsWebSocket)
        return sayNo(socket, "426 Upgrade Required", "This server speaks TLS: connect to wss:// in place of ws://.",
                      "Upgrade: TLS/1.2, HTTP/1.1\r\n");
    // The browser speaks TLS already, and would be sent here again and again.
    if (m_hostCheck.isPassedOn(head.isPassedOn, head.host, head.origin))
        return sayNo(socket, "421 Misdirected Request",
                     "This server speaks TLS: the proxy must ask it by https:// in place of http://.");
    // A target that is no path could name another server.
    const bool isPath = head.target.startsWith('/') && !head.target.startsWith("//");
    sayNo(socket, "308 Permanent Redirect", "This server speaks TLS: ask by https:// in place of http://.",
           "Location: https://" + head.host + (isPath ? head.target : QByteArray("/")) + "\r\n");
}

} // namespace vigie
