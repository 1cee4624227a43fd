// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/activity.h"
#include "core/clientinfo.h"
#include "core/joinrequest.h"
#include "core/limits.h"
#include "core/storedcatalog.h"
#include "intake/sourceboard.h"
#include "server/net/addresslimits.h"
#include "server/net/hostcheck.h"
#include "server/net/poller.h"
#include "server/access/joinrequests.h"
#include "server/access/openquestions.h"
#include "server/session/session.h"
#include "server/net/tlsidentity.h"

#include <QHostAddress>
#include <QObject>
#include <QStringList>
#include <memory>
#include <optional>
#include <unordered_set>

class QTimer;

namespace vigie {

class HttpRoutes;
class Hub;
class Intake;
class Listener;
class OtlpReceiver;
struct ListenerConfig;
struct HttpHead;

struct ServerConfig
{
    QHostAddress host = QHostAddress::LocalHost;
    QHostAddress sharedHost = QHostAddress::Any; ///< in place of `host`, when shared by share()
    quint16 port = 3001; ///< 0: any that is free
    quint16 otlpPort = 4318; ///< in addition, where listenForOtlp() is wanted
    std::optional<TlsIdentity> tls; ///< absent: connections are plain
    QString dataDir; ///< to be told to the owner: absolute; empty: the user's default folder
    HostNames names; ///< its hosts, when shared, are told first, in this order
    bool requiresToken = false; ///< of everybody
    bool opensLoopback = false; ///< without that: on loopback other users of this machine need no token either
    AddressLimits::Config perAddress;
    int maxConnections = Limits::usualConnections; ///< but no more than the process may have descriptors for, less a reserve
    int failedSignIns = 3;
    JoinRequests::Config joins;
    std::chrono::milliseconds headDeadline{5'000};
    int requestBytes = 16 * 1024; ///< over HTTP
    std::chrono::milliseconds idleDeadline{30'000}; ///< likewise
    DecodeLimits decode;
    qint64 memoryBytes = Limits{}.memoryMiB * qint64(1024 * 1024); ///< held for all clients together
    SessionLimits limits;
    Limits inForce; ///< all of them as the owner knows them, to be told, and of questions for history
};

/// The server as a whole: one port, its sessions, and what they share. Lives on its own thread; make it, move
/// it there with its Hub, then start().
class Server : public QObject
{
    Q_OBJECT

public:
    /// `hub` and `intake` must live on the same thread and outlive the server.
    Server(ServerConfig config, Hub& hub, Intake& intake, QObject* parent = nullptr);
    ~Server() override;

    /// After start(), on the server's thread.
    Fanout& fanout() { return *m_fanout; }

public Q_SLOTS:
    /// Who may connect from now on; those who no longer may are disconnected.
    void setAccess(const vigie::AccessState& state);
    /// Connections that come from now on see this one. Only for a server that speaks TLS.
    void setTls(const vigie::TlsIdentity& identity);
    /// Lets in others on the network as well, by TLS and with a token; this machine's own connections stay as they are. One
    /// that speaks TLS on loopback already keeps its own certificate. listenStateChanged() says how that went, and when it
    /// is shared already, at which addresses it is now.
    void share(const vigie::TlsIdentity& identity);
    /// Sharing did not come about, for a reason that the server does not know of: it goes the way of all that is said of it.
    void tellShareError(const QString& why);
    /// Listens on loopback only again; who is connected from elsewhere is disconnected.
    void unshare();

    /// Whether clientsChanged() and limitHitsChanged() are wanted.
    void watchClients(bool isWatched);
    void disconnectClient(quint64 id);
    /// Whether the owner is there to be asked by those who have no token.
    void setOpenToRequests(bool isOpen);
    /// The owner's answer to one of them; an empty token: no.
    void answerJoin(quint64 requestId, const QByteArray& token);
    /// Listens as configured, and has all who come try again in a second, until start(): whoever sends entries waits rather than
    /// finding nobody.
    void prepare();
    /// Lets them in, prepared or not. listenStateChanged() says how listening went.
    void start();
    /// Listens on another port, after start() failed. Says how that went likewise.
    void listen(quint16 port);
    /// Whether what exporters of OpenTelemetry send is taken on their usual port, too, by the rules of ours. How that goes is on the
    /// board, under "otlp".
    void listenForOtlp(bool isWanted);
    /// Closes every session with 1001 and the port; stopped() follows, within 2 s whatever clients do.
    void stop();
    /// Tells every client when history cannot be kept.
    void showStoreState(const vigie::StoreState& state);

Q_SIGNALS:
    void listenStateChanged(vigie::ListenState state);
    /// With each sample the hub accepts.
    void activityChanged(vigie::Activity activity);
    /// Clients want samples this often, or in detail.
    void samplingDemanded(int intervalMs, bool detail);
    /// Something for the owner to read later.
    void noted(vigie::AuditEvent event);
    void tokenUsed(qint64 id, qint64 timeMs);
    /// A token's only connection is over: it is to be revoked.
    void visitEnded(qint64 id);
    void joinAsked(vigie::JoinRequest request);
    /// The question needs no answer any more.
    void joinWithdrawn(quint64 requestId);
    /// About once a second while watched.
    void clientsChanged(vigie::ClientsPtr clients);
    void limitHitsChanged(vigie::LimitHits counts);
    /// That port cannot be had, for this reason.
    void otlpListenFailed(const QString& why);
    void stopped();

private:
    /// Whether a peer gets nothing without one. The first look at a connection asks the kernel, where it matters.
    bool needsToken(Connection& connection) const;
    /// Answers a request for a WebSocket, and makes its session.
    void openSession(std::unique_ptr<Connection> connection, const HttpHead& head);
    /// Whether a peer there may be connected at all.
    bool isWanted(const QHostAddress& peer) const;
    void endUnwanted(int code, const QString& why);
    void endSession(Session* session);
    void tick();
    void showClients();
    void bind(quint16 port);
    /// Listens where the main port does, and as it does, if that is wanted.
    void bindForOtlp();
    void tellListening(const QString& shareError = {});
    void applyTls();
    /// Back to what was configured, but for the port, which is to be listened on again.
    void endSharing();
    void noteOwner(AuditEvent::Kind kind, const std::string& userId = {}, const std::string& detail = {});
    bool isShared() const;
    Activity activity() const;
    /// What both listeners have in common.
    ListenerConfig listenerConfig();
    std::unique_ptr<HttpRoutes> makeRoutes(const Listener& listener, bool forOtlpOnly);

    ServerConfig m_config;
    Hub& m_hub;
    Intake& m_intake;
    Authenticator* m_authenticator; // a child: it is told of tokens before start()
    JoinRequests* m_joins; // likewise
    OpenQuestions m_questions;
    LimitHits m_limitHits;
    QHostAddress m_ownHost; // as configured; what is listened on while not shared
    bool m_speaksTls;       // as configured: on loopback, too
    bool m_listensBeyond = false; // shared by share()
    QString m_listenError;        // why it does not listen
    std::unordered_set<QString> m_blocked; // networks
    // Made in start(), on the server's thread; in the order in which they need one another.
    std::unique_ptr<Poller> m_poller;
    std::unique_ptr<MemoryBudget> m_memory;
    std::unique_ptr<QTimer> m_memoryTimer; // runs only when it is too much
    std::unique_ptr<Fanout> m_fanout;
    std::unique_ptr<ResumePoints> m_resumePoints;
    std::unique_ptr<MetricsFeed> m_metrics;
    std::unique_ptr<Decoder> m_decoder;
    std::unique_ptr<SessionContext> m_context;
    std::unique_ptr<OtlpReceiver> m_otlp;
    std::shared_ptr<AddressLimits> m_limits; // of both ports
    std::unique_ptr<Listener> m_listener;
    std::unique_ptr<HttpRoutes> m_routes;
    std::unique_ptr<Listener> m_otlpListener; // null: not wanted
    std::unique_ptr<HttpRoutes> m_otlpRoutes;
    SourceAccount m_otlpAccount; // of that port
    std::unique_ptr<QTimer> m_ticker; // runs only while there are sessions
    std::unique_ptr<QTimer> m_clientsTimer; // runs only while they are watched
    std::unordered_set<Session*> m_sessions;
    std::uint64_t m_lastSession = 0;
    bool m_wantsOtlp = false;
    QString m_storeProblem;
    QByteArray m_trouble; ///< the error that clients are told of, encoded; empty: none
    bool m_isOpen = false; // started, and not stopping
    bool m_stopping = false;
};

} // namespace vigie
