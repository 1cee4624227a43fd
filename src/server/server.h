// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/activity.h"
#include "core/storedcatalog.h"
#include "server/addresslimits.h"
#include "server/session.h"
#include "server/tlsidentity.h"

#include <QHash>
#include <QHostAddress>
#include <QObject>
#include <QPointer>
#include <QStringList>
#include <memory>
#include <optional>
#include <unordered_set>
#include <utility>

class QTcpSocket;
class QTimer;
class QWebSocketServer;

namespace vigie {

class HttpRoutes;
class Hub;
class Listener;
struct HttpHead;

struct ServerConfig
{
    QHostAddress host = QHostAddress::LocalHost;
    quint16 port = 3001; ///< 0: any that is free
    std::optional<TlsIdentity> tls; ///< absent: connections are plain
    QStringList allowedHosts; ///< names of ours besides the machine's own
    bool requiresToken = false; ///< false: whoever reaches the port may do everything
    QStringList allowedOrigins; ///< web origins besides our own whose pages may connect
    int ioThreads = 1; ///< threads that write to viewers, the server's own included
    AddressLimits::Config perAddress;
    int maxConnections = 0; ///< 0: as many as the process may have descriptors for, less a reserve
    SessionLimits limits;
};

/// The server as a whole: one port, its sessions, and what they share. Lives on its own thread; make it, move
/// it there with its Hub, then start().
class Server : public QObject
{
    Q_OBJECT

public:
    /// `hub` must live on the same thread and outlive the server.
    Server(ServerConfig config, Hub& hub, QObject* parent = nullptr);
    ~Server() override;

    /// After start(), on the server's thread.
    Fanout& fanout() { return *m_fanout; }

public Q_SLOTS:
    /// Who may connect from now on; those who no longer may are disconnected.
    void setAccess(const vigie::AccessState& state);
    /// Connections that come from now on see this one. Only for a server that speaks TLS.
    void setTls(const vigie::TlsIdentity& identity);
    /// Listens as configured and says how that went by listenStateChanged().
    void start();
    /// Listens on another port, after start() failed. Says how that went likewise.
    void listen(quint16 port);
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
    void stopped();

private:
    /// Gives the socket to Qt for the WebSocket handshake; openSessions() takes what comes of it.
    void serveHttp();
    void startHandshake(QTcpSocket* socket, const HttpHead& head);
    void openSessions();
    void endSession(Session* session);
    void tick();
    Activity activity() const;

    using PeerKey = std::pair<QHostAddress, quint16>;
    struct Handshake
    {
        QPointer<QTcpSocket> socket;
        AuthRequest identity; ///< as the URL said
    };

    ServerConfig m_config;
    Hub& m_hub;
    Doorkeeper* m_door; // a child: it is told of tokens before start()
    // Made in start(), on the server's thread; in the order in which they need one another.
    std::unique_ptr<Fanout> m_fanout;
    std::unique_ptr<MetricsFeed> m_metrics;
    std::unique_ptr<Acknowledgements> m_acks;
    std::unique_ptr<Decoder> m_decoder;
    std::unique_ptr<SessionContext> m_context;
    std::unique_ptr<QWebSocketServer> m_handshakes;
    std::unique_ptr<Listener> m_listener;
    std::unique_ptr<HttpRoutes> m_routes; // made for the first request: Qt loads all of TLS with it, 5 MB
    std::unique_ptr<QTimer> m_ticker; // runs only while there are sessions
    QHash<PeerKey, Handshake> m_handshaking;
    std::unordered_set<Session*> m_sessions;
    QString m_storeProblem;
    QByteArray m_trouble; ///< the error that clients are told of, encoded; empty: none
    bool m_stopping = false;
};

} // namespace vigie
