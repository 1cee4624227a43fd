// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/server.h"

#include "core/clock.h"
#include "hub/hub.h"
#include "intake/intake.h"
#include "protocol/encoder.h"
#include "server/net/closecodes.h"
#include "server/net/descriptors.h"
#include "server/net/handshake.h"
#include "server/net/httphead.h"
#include "server/net/httprefusal.h"
#include "server/fanout/fanout.h"
#include "server/http/httproutes.h"
#include "server/http/otlpreceiver.h"
#include "server/net/listener.h"
#include "server/fanout/metricsfeed.h"
#include "server/net/peeruser.h"
#include "server/fanout/resumepoints.h"

#include <QDateTime>
#include <QTimer>
#include <QUrl>
#include <QUrlQuery>
#include <algorithm>
#include <functional>

namespace vigie {

namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

constexpr auto stopDeadline = 2s;
constexpr auto memoryGrace = 20ms; // what is written to many at once is mostly taken in less
const QByteArray spokenVersion = "vigie.v1"_ba;

OpenTo openToOf(const ServerConfig& config)
{
    if (config.requiresToken)
        return OpenTo::Nobody;
    if (!config.host.isLoopback())
        return OpenTo::Everybody;
    return config.opensLoopback ? OpenTo::Loopback : OpenTo::Owner;
}

/// appId and userId of "/?appId=…&userId=…"; what cannot be a name counts as not given.
AuthRequest identityOf(const QByteArray& target)
{
    // Browsers write a space in a query as "+".
    const QUrlQuery query(QUrl::fromEncoded(QByteArray(target).replace('+', "%20")));
    const auto name = [&query](const QString& key, auto problemOf) {
        const std::string value = query.queryItemValue(key, QUrl::FullyDecoded).toStdString();
        return problemOf(value, DecodeLimits{}.nameBytes).empty() ? value : std::string();
    };
    AuthRequest identity;
    identity.appId = name(u"appId"_s, appIdProblem);
    identity.userId = name(u"userId"_s, nameProblem);
    return identity;
}

/// The versions of our protocol that the client offers, if the one we speak is not among them.
QList<QByteArray> otherVersionsIn(const HttpHead& head)
{
    QList<QByteArray> versions;
    for (const QByteArray& protocol : head.protocols) {
        if (protocol.startsWith("vigie."))
            versions.append(protocol);
    }
    return versions.contains(spokenVersion) ? QList<QByteArray>() : versions;
}

} // namespace

Server::Server(ServerConfig config, Hub& hub, Intake& intake, QObject* parent)
    : QObject(parent), m_config(std::move(config)), m_hub(hub), m_intake(intake),
      m_authenticator(new Authenticator(openToOf(m_config), m_config.failedSignIns, this)), m_joins(new JoinRequests(m_config.joins, this)),
      m_questions(m_config.inForce.historyRequestsAtOnce, m_config.inForce.limitsLoopback),
      m_ownHost(m_config.host), m_speaksTls(m_config.tls)
{
    connect(m_authenticator, &Authenticator::noted, this, &Server::noted);
    connect(m_authenticator, &Authenticator::tokenUsed, this, &Server::tokenUsed);
    connect(m_authenticator, &Authenticator::visitEnded, this, &Server::visitEnded);
    connect(m_authenticator, &Authenticator::heldBack, this, [this] { m_limitHits.add(LimitHit::FailedSignIns); });
    connect(m_joins, &JoinRequests::asked, this, &Server::joinAsked);
    connect(m_joins, &JoinRequests::withdrawn, this, &Server::joinWithdrawn);
    connect(m_joins, &JoinRequests::refused, this, [this] { m_limitHits.add(LimitHit::JoinRequests); });
}

Server::~Server()
{
    // Sessions take leave of what they share, so they go first.
    for (Session* session : m_sessions) {
        session->disconnect(this);
        delete session;
    }
    m_intake.setCongestion(nullptr);
}

Activity Server::activity() const
{
    return {static_cast<int>(m_sessions.size()), m_hub.messagesPerSecond(), m_hub.errorShare()};
}

void Server::start()
{
    if (!m_listener)
        prepare();
    m_isOpen = true;
    m_routes->setOpen(true);
    if (m_otlpRoutes)
        m_otlpRoutes->setOpen(true);
    tellListening();
}

void Server::prepare()
{
    m_poller = std::make_unique<Poller>();
    m_memoryTimer = std::make_unique<QTimer>();
    m_memoryTimer->setSingleShot(true);
    connect(m_memoryTimer.get(), &QTimer::timeout, this, [this] { m_memory->relieve(); });
    m_memory = std::make_unique<MemoryBudget>(m_config.memoryBytes,
                                              [this] { m_memoryTimer->start(m_memory->isFarOver() ? 0ms : memoryGrace); });
    m_fanout = std::make_unique<Fanout>(m_hub, *m_memory);
    m_metrics = std::make_unique<MetricsFeed>(m_hub, [this] { return static_cast<int>(m_sessions.size()); });
    connect(m_metrics.get(), &MetricsFeed::demandChanged, this, &Server::samplingDemanded);
    m_decoder = std::make_unique<Decoder>(m_config.decode);
    m_intake.setCongestion(m_fanout.get());
    connect(m_fanout.get(), &Fanout::uncongested, &m_intake, &Intake::callWaiting);
    m_resumePoints = std::make_unique<ResumePoints>(m_hub, *m_fanout);
    m_context.reset(new SessionContext{m_hub, m_intake, *m_authenticator, *m_fanout, *m_resumePoints, *m_metrics, *m_joins, *m_decoder,
                                       m_questions, m_limitHits, *m_memory, m_config.limits, m_trouble});

    allowAllDescriptors();
    m_config.inForce.connections = std::min(m_config.maxConnections, descriptorsForConnections());
    m_config.perAddress.connectionsOfAll = m_config.inForce.connections;
    m_limits = std::make_shared<AddressLimits>(m_config.perAddress);
    ListenerConfig listening = listenerConfig();
    listening.takeWebSocket = [this](std::unique_ptr<Connection> connection, const HttpHead& head) {
        openSession(std::move(connection), head);
    };
    listening.takeHttp = [this](std::unique_ptr<Connection> connection, const HttpHead&) {
        m_routes->server().serve(std::move(connection));
    };
    m_otlp = std::make_unique<OtlpReceiver>(m_hub, m_intake);
    m_listener = std::make_unique<Listener>(std::move(listening), *m_poller, *m_memory);
    m_listener->setBlocked(m_blocked);
    m_routes = makeRoutes(*m_listener, false);

    m_ticker = std::make_unique<QTimer>();
    m_ticker->setInterval(1s);
    connect(m_ticker.get(), &QTimer::timeout, this, &Server::tick);
    m_clientsTimer = std::make_unique<QTimer>();
    m_clientsTimer->setInterval(1s);
    connect(m_clientsTimer.get(), &QTimer::timeout, this, &Server::showClients);
    connect(&m_hub, &Hub::sampleAccepted, this, [this] { Q_EMIT activityChanged(activity()); });
    bind(m_config.port);
}

ListenerConfig Server::listenerConfig()
{
    ListenerConfig config;
    config.tls = m_config.tls;
    config.names = m_config.names;
    config.needsToken = [this](Connection& connection) { return needsToken(connection); };
    config.headDeadline = m_config.headDeadline;
    config.requestBytes = m_config.requestBytes;
    config.limits = m_limits;
    config.count = [this](LimitHit hit, const QHostAddress& address) {
        m_limitHits.add(hit);
        m_authenticator->auditRejection(hit, address, QDateTime::currentMSecsSinceEpoch());
    };
    return config;
}

std::unique_ptr<HttpRoutes> Server::makeRoutes(const Listener& listener, bool forOtlpOnly)
{
    const HttpServer::Bounds bounds{m_config.requestBytes, m_config.idleDeadline, m_config.limits.unsentBytes};
    return std::make_unique<HttpRoutes>(m_hub, m_intake, *m_otlp, *m_authenticator, listener.hostCheck(), m_questions, m_limitHits,
                                        *m_memory, bounds, m_config.decode, m_config.inForce, m_config.dataDir,
                                        forOtlpOnly ? HttpRoutes::Offer::OtlpOnly : HttpRoutes::Offer::Everything);
}

void Server::noteOwner(AuditEvent::Kind kind, const std::string& userId, const std::string& detail)
{
    Q_EMIT noted({kind, QDateTime::currentMSecsSinceEpoch(), userId, {}, {}, detail});
}

void Server::watchClients(bool isWatched)
{
    if (!m_clientsTimer)
        return;
    if (!isWatched)
        return m_clientsTimer->stop();
    m_clientsTimer->start();
    showClients();
}

void Server::showClients()
{
    const Session::Time time = steadyNow();
    std::vector<ClientInfo> clients;
    clients.reserve(m_sessions.size());
    for (Session* session : m_sessions)
        clients.push_back(session->info(time));
    std::sort(clients.begin(), clients.end(), [](const ClientInfo& a, const ClientInfo& b) { return a.id < b.id; });
    Q_EMIT clientsChanged(std::make_shared<const std::vector<ClientInfo>>(std::move(clients)));
    Q_EMIT limitHitsChanged(m_limitHits);
}

void Server::disconnectClient(quint64 id)
{
    const auto found =
        std::find_if(m_sessions.begin(), m_sessions.end(), [id](const Session* session) { return session->id() == id; });
    if (found == m_sessions.end())
        return;
    const ClientInfo client = (*found)->info(steadyNow());
    noteOwner(AuditEvent::Kind::Disconnected, client.userId, client.address);
    (*found)->close(DisconnectedByOwner, u"the owner has disconnected you"_s);
}

void Server::setOpenToRequests(bool isOpen)
{
    m_joins->setOpen(isOpen);
}

void Server::answerJoin(quint64 requestId, const QByteArray& token)
{
    m_joins->answer(requestId, token);
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
    m_authenticator->setTable(state.table);
    // What cannot be read unblocks nobody.
    if (state.table) {
        m_blocked.clear();
        for (const Block& block : state.table->blocks)
            m_blocked.insert(QString::fromStdString(block.network));
        if (m_listener)
            m_listener->setBlocked(m_blocked);
        if (m_otlpListener)
            m_otlpListener->setBlocked(m_blocked);
    }
    endUnwanted(BlockedByOwner, u"the owner has blocked your address"_s);
    const std::vector<Session*> sessions(m_sessions.begin(), m_sessions.end());
    for (Session* session : sessions)
        session->checkAdmission();
}

bool Server::needsToken(Connection& connection) const
{
    const QHostAddress peer = connection.peerAddress();
    return !m_authenticator->isOpenTo(peer, m_authenticator->asksWhose(peer) && isOwnersProcess(connection));
}

void Server::openSession(std::unique_ptr<Connection> connection, const HttpHead& head)
{
    if (!m_isOpen)
        return m_listener->seeOut(std::move(connection), refusalText(503, "Vigie is starting: come again in a second.", "Retry-After: 1\r\n"));
    // A client that gets none of the versions it offered ends the connection by itself, before it could read why.
    const QList<QByteArray> otherVersions = otherVersionsIn(head);
    const HandshakeAnswer answer =
        answerHandshake(head, otherVersions.isEmpty() ? QList<QByteArray>{spokenVersion} : otherVersions);
    if (!answer.isAccepted)
        return m_listener->seeOut(std::move(connection), answer.bytes);
    connection->send(answer.bytes);
    auto* session = new Session(++m_lastSession, std::move(connection), *m_context, identityOf(head.target), steadyNow());
    m_sessions.insert(session);
    connect(session, &Session::ended, this, [this, session] { endSession(session); });
    session->start();
    if (!otherVersions.isEmpty())
        session->close(WrongVersion, u"this server speaks "_s + QString::fromLatin1(spokenVersion));
    if (!m_ticker->isActive())
        m_ticker->start();
}

void Server::endSession(Session* session)
{
    if (m_sessions.erase(session) == 0)
        return;
    if (const Admission* const admission = session->admission())
        m_authenticator->connectionClosed(*admission);
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
    m_joins->tick(time);
}

void Server::stop()
{
    if (std::exchange(m_stopping, true))
        return;
    m_isOpen = false;
    if (m_routes)
        m_routes->setOpen(false);
    if (m_otlpListener) {
        m_otlpListener->close();
        m_otlpRoutes->setOpen(false);
    }
    if (m_listener)
        m_listener->close();
    m_authenticator->settleNotes();
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
