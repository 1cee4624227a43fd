// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/server.h"

#include "core/clock.h"
#include "hub/hub.h"
#include "protocol/encoder.h"
#include "server/acknowledgements.h"
#include "server/closecodes.h"
#include "server/fanout.h"
#include "server/httproutes.h"
#include "server/listener.h"
#include "server/metricsfeed.h"

#include <QNetworkInterface>
#include <QTcpSocket>
#include <QTimer>
#include <QUrl>
#include <QUrlQuery>
#include <QWebSocket>
#include <QWebSocketServer>
#include <algorithm>
#include <sys/resource.h>

namespace vigie {

namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

constexpr auto headDeadline = 5s;
constexpr auto stopDeadline = 2s;
constexpr rlim_t reservedDescriptors = 512; // for the store, for refusing politely, for the window

/// As many connections as the process may have descriptors for, less a reserve: at the very limit accept()
/// would fail and be tried again for ever. Lifts the soft limit to the hard one first (getrlimit(2)).
int connectionLimit()
{
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    getrlimit(RLIMIT_NOFILE, &limit);
    const rlim_t usable = limit.rlim_cur > 2 * reservedDescriptors ? limit.rlim_cur - reservedDescriptors
                                                                   : limit.rlim_cur / 2;
    return static_cast<int>(std::min<rlim_t>(usable, 100'000));
}

/// One that others can open: of all interfaces, the first that is not loopback.
QString addressToTell(const QHostAddress& host)
{
    const bool isAny = host == QHostAddress::Any || host == QHostAddress::AnyIPv4 || host == QHostAddress::AnyIPv6;
    if (isAny) {
        for (const QHostAddress& address : QNetworkInterface::allAddresses()) {
            const bool isKind = host != QHostAddress::AnyIPv6 || address.protocol() == QAbstractSocket::IPv6Protocol;
            if (isKind && !address.isLoopback() && !address.isLinkLocal())
                return address.toString();
        }
    }
    return isAny ? u"localhost"_s : host.toString();
}

/// appId and userId of "/?appId=…&userId=…"; what cannot be a name counts as not given.
AuthRequest identityOf(const QByteArray& target)
{
    // Browsers write a space in a query as "+".
    const QUrlQuery query(QUrl::fromEncoded(QByteArray(target).replace('+', "%20")));
    const auto name = [&query](const QString& key) {
        const std::string value = query.queryItemValue(key, QUrl::FullyDecoded).toStdString();
        return nameProblem(value, DecodeLimits{}.nameBytes).empty() ? value : std::string();
    };
    AuthRequest identity;
    identity.appId = name(u"appId"_s);
    identity.userId = name(u"userId"_s);
    return identity;
}

} // namespace

Server::Server(ServerConfig config, Hub& hub, QObject* parent)
    : QObject(parent), m_config(std::move(config)), m_hub(hub), m_door(new Doorkeeper(!m_config.requiresToken, this))
{
    connect(m_door, &Doorkeeper::noted, this, &Server::noted);
    connect(m_door, &Doorkeeper::tokenUsed, this, &Server::tokenUsed);
}

Server::~Server()
{
    // Sessions take leave of what they share, so they go first.
    for (Session* session : m_sessions) {
        session->disconnect(this);
        delete session;
    }
}

Activity Server::activity() const
{
    return {static_cast<int>(m_sessions.size()), m_hub.messagesPerSecond(), m_hub.errorShare()};
}

void Server::start()
{
    m_fanout = std::make_unique<Fanout>(m_hub, m_config.ioThreads);
    m_metrics = std::make_unique<MetricsFeed>(m_hub, [this] { return static_cast<int>(m_sessions.size()); });
    connect(m_metrics.get(), &MetricsFeed::demandChanged, this, &Server::samplingDemanded);
    m_decoder = std::make_unique<Decoder>();
    m_acks = std::make_unique<Acknowledgements>(m_hub);
    m_context.reset(new SessionContext{m_hub, *m_door, *m_fanout, *m_metrics, *m_acks, *m_decoder, m_config.limits, m_trouble});

    // It never listens; it only does handshakes. The Listener has checked the origin.
    m_handshakes = std::make_unique<QWebSocketServer>(u"Vigie"_s, QWebSocketServer::NonSecureMode);
    m_handshakes->setSupportedSubprotocols({u"vigie.v1"_s});
    connect(m_handshakes.get(), &QWebSocketServer::newConnection, this, &Server::openSessions);
    m_listener = std::make_unique<Listener>(
        ListenerConfig{m_config.tls, m_config.allowedHosts, m_config.allowedOrigins, headDeadline,
                       m_config.maxConnections > 0 ? m_config.maxConnections : connectionLimit(), m_config.perAddress});
    connect(m_listener.get(), &Listener::webSocketRequested, this, &Server::startHandshake);
    connect(m_listener.get(), &Listener::pageRequested, this, &Server::serveHttp);

    m_ticker = std::make_unique<QTimer>();
    m_ticker->setInterval(1s);
    connect(m_ticker.get(), &QTimer::timeout, this, &Server::tick);
    connect(&m_hub, &Hub::sampleAccepted, this, [this] { Q_EMIT activityChanged(activity()); });
    listen(m_config.port);
}

void Server::listen(quint16 port)
{
    if (m_listener->isListening())
        m_listener->close();
    ListenState state;
    state.listening = m_listener->listen(m_config.host, port);
    if (state.listening) {
        state.port = m_listener->serverPort();
        QUrl url;
        url.setScheme(m_config.tls ? u"https"_s : u"http"_s);
        url.setHost(addressToTell(m_config.host));
        url.setPort(state.port);
        url.setPath(u"/"_s);
        state.url = url.toString();
        state.fingerprint = m_config.tls ? m_config.tls->fingerprint() : QString();
        state.isUnprotected = !m_config.host.isLoopback() && !(m_config.tls && m_config.requiresToken);
    } else {
        state.port = port;
        state.error = m_listener->serverError() == QAbstractSocket::AddressInUseError
            ? tr("Port %1 is in use by another program.").arg(port)
            : tr("Cannot listen on %1, port %2: %3").arg(m_config.host.toString()).arg(port).arg(m_listener->errorString());
    }
    Q_EMIT listenStateChanged(state);
}

void Server::serveHttp()
{
    if (m_routes)
        return;
    m_routes = std::make_unique<HttpRoutes>(m_hub, *m_door);
    m_routes->serve(*m_listener);
}

void Server::showStoreState(const StoreState& state)
{
    if (m_storeProblem == state.problem)
        return;
    m_storeProblem = state.problem;
    m_trouble = state.works ? QByteArray()
                            : encode(ErrorMessage{"store_unavailable", state.problem.toStdString(), {}});
    for (Session* session : m_sessions)
        session->tellTrouble();
}

void Server::setAccess(const AccessState& state)
{
    m_door->setTable(state.table);
    const std::vector<Session*> sessions(m_sessions.begin(), m_sessions.end());
    for (Session* session : sessions)
        session->checkAdmission();
}

void Server::setTls(const TlsIdentity& identity)
{
    m_config.tls = identity;
    if (m_listener)
        m_listener->setTls(identity);
}

void Server::startHandshake(QTcpSocket* socket, const HttpHead& head)
{
    // Qt answers in a later turn of the event loop and then has only a QWebSocket to show: the two ends are
    // found together again by the peer's address, of which there is one a connection.
    const PeerKey key{socket->peerAddress(), socket->peerPort()};
    m_handshaking.insert(key, {socket, identityOf(head.target)});
    connect(socket, &QObject::destroyed, this, [this, key] { m_handshaking.remove(key); });
    m_handshakes->handleConnection(socket);
}

void Server::openSessions()
{
    while (QWebSocket* webSocket = m_handshakes->nextPendingConnection()) {
        const auto [socket, identity] = m_handshaking.take({webSocket->peerAddress(), webSocket->peerPort()});
        if (!socket) {
            webSocket->deleteLater();
            continue;
        }
        // From here on the QWebSocket owns it.
        socket->disconnect(this);
        disconnect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        auto* session = new Session(webSocket, socket, *m_context, identity, steadyNow());
        m_sessions.insert(session);
        connect(session, &Session::ended, this, [this, session] { endSession(session); });
        if (!m_ticker->isActive())
            m_ticker->start();
    }
}

void Server::endSession(Session* session)
{
    if (m_sessions.erase(session) == 0)
        return;
    session->deleteLater();
    if (m_sessions.empty())
        m_ticker->stop();
    if (m_sessions.empty() && m_stopping)
        Q_EMIT stopped();
}

void Server::tick()
{
    const Session::Time time = steadyNow();
    // A tick may end a session at once.
    const std::vector<Session*> sessions(m_sessions.begin(), m_sessions.end());
    for (Session* session : sessions)
        session->tick(time);
}

void Server::stop()
{
    if (std::exchange(m_stopping, true))
        return;
    if (m_listener)
        m_listener->close();
    if (m_sessions.empty()) {
        Q_EMIT stopped();
        return;
    }
    const std::vector<Session*> sessions(m_sessions.begin(), m_sessions.end());
    for (Session* session : sessions)
        session->close(GoingAway, u"Vigie is shutting down"_s);
    QTimer::singleShot(stopDeadline, this, &Server::stopped);
}

} // namespace vigie
