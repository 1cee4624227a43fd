// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/access.h"
#include "core/clientinfo.h"
#include "core/limits.h"
#include "protocol/decoder.h"
#include "protocol/messages.h"
#include "server/access/authenticator.h"
#include "server/fanout/viewer.h"
#include "server/net/websocket.h"

#include <QByteArray>
#include <QObject>
#include <chrono>
#include <memory>
#include <stop_token>
#include <string>

namespace vigie {

class Acknowledgements;
class Fanout;
class Hub;
class JoinRequests;
class MetricsFeed;
class OpenQuestions;
class ResumePoints;

/// What a client may do, and how long it may take. Defaults are the product's; tests shorten them.
struct SessionLimits : WebSocketLimits
{
    std::chrono::milliseconds authDeadline{10'000};
    quint64 messageBytes = 1024 * 1024;
    quint64 strangersMessageBytes = 16 * 1024; ///< before it is signed in
    int failures = 50; ///< messages refused before it is signed in
};

/// What all sessions of a thread share. Everything outlives them.
struct SessionContext
{
    Hub& hub;
    Authenticator& door;
    Fanout& fanout;
    ResumePoints& resumePoints;
    MetricsFeed& metrics;
    Acknowledgements& acks;
    JoinRequests& joins;
    Decoder& decoder;
    OpenQuestions& questions;
    LimitHits& limitHits;
    MemoryBudget& memory;
    SessionLimits limits;
    const QByteArray& trouble; ///< an error that every client is to know of, encoded; empty: none
};

/// One connected client: who it is, and what its messages do. The server's thread.
class Session : public QObject, private WebSocketUser
{
    Q_OBJECT

public:
    using Time = WebSocket::Time;

    /// Takes over a connection whose WebSocket handshake is done. `id`: a number of its own. `identity` is what the URL said,
    /// parts may be empty. `now` is the server's monotonic clock, as for tick(). Messages are read once start() was called.
    Session(std::uint64_t id, std::unique_ptr<Connection> connection, SessionContext& context, const AuthRequest& identity, Time now,
            QObject* parent = nullptr);
    ~Session() override;

    void start() { m_socket.start(); }
    /// Looks at every deadline; called about once a second.
    void tick(Time now);

    /// Ends the session with a WebSocket close code (RFC 6455 §7.4) and a reason of at most 123 bytes.
    void close(int code, const QString& reason) { m_socket.close(code, reason.toUtf8()); }

    std::uint64_t id() const { return m_id; }
    const QHostAddress& address() const { return m_out.peerAddress(); }
    /// How it is now; rates are since the last such question.
    ClientInfo info(Time now);
    /// What it signed in with.
    const Admission& admission() const { return m_admission; }

    /// Ends the session if its token is no longer good.
    void checkAdmission();

    /// Tells a client that is signed in of the trouble there is, if any.
    void tellTrouble();

Q_SIGNALS:
    /// The connection is over; delete the session, but later: this comes from within its own code.
    void ended();

private:
    // From the WebSocket.
    void take(std::string_view json) override;
    void noteLastTaken() override;
    void noteTaken() override;
    void noteSlowed() override;
    void noteClosing() override;
    void noteEnd() override { Q_EMIT ended(); }

    /// Keeps a message that cannot be taken yet, and reads no further until it can be: it goes when the peer goes.
    void holdBack(std::string_view json, bool waitsForDisk);
    /// Takes entries that nobody wants acknowledged together with others that come at once: one batch costs the hub, the store
    /// and viewers as little as one entry.
    void gather(LogBatch batch);
    /// Hands on what was gathered.
    void handOn();
    /// Wall clock; one look for all messages that come together.
    std::int64_t nowMs();
    void noteFailure();
    static qint64 heldBytesOf(const std::string& message);
    bool mustWait() const;
    void pauseWhileBehind();
    void waitForRoom();
    void resume();
    void send(const QByteArray& json) { m_socket.sendText(json); }
    void refuseAuth(const AuthErrorMessage& why);
    void refuseApplication(const char* requestType);
    void note(AuditEvent::Kind kind, std::string detail);
    bool isOwners() const { return m_out.owner() == Connection::Owner::Ours; }

    // One for each message a client may send.
    void handle(AuthRequest& auth);
    void handle(AccessRequest& request);
    void handle(LogsRequest& logs);
    void handle(FilterRequest& filter);
    void handle(HistoryRequest& history);
    void handle(MetricsRequest& metrics);
    void handle(SubscribeRequest& subscribe);
    void handle(AppMetricsRequest& report);
    void handle(ClearRequest& clear);
    void handle(StatusRequest& status);
    void handle(CommandRequest& command);
    void handle(LastActionsRequest& actions);

    std::uint64_t m_id;
    SessionContext& m_context;
    WebSocket m_socket;
    Viewer m_viewer;
    Connection& m_out = m_viewer.out;
    std::string m_appId; // as the URL said, then as signed in
    std::string m_userId; // likewise
    Admission m_admission; // once signed in
    std::unique_ptr<LogOrigin> m_origin; // who is signed in; null before
    std::unique_ptr<LogBatch> m_gathered; // entries to be handed on; null: none
    std::int64_t m_readMs = 0; // when the present messages came; 0: not looked yet
    std::unique_ptr<std::string> m_held; // a message that waits for room
    QMetaObject::Connection m_caughtUp; // by which it hears of room, while it waits
    QMetaObject::Connection m_uncongested; // likewise
    std::stop_source m_gone; // asked to stop when no answer is sent any more
    std::chrono::milliseconds m_metricsInterval;
    int m_failures = 0; // before it was signed in
    bool m_wantsDetail = false;
    bool m_wantsLogs = true;
    bool m_waitsForDisk = false; // wants to be told what is stored
    bool m_asksToJoin = false;
    bool m_isWaiting = false; // for room
    std::int64_t m_sinceMs;
    Time m_opened;
    Time m_now; // of the last tick
    // As the last info() found it.
    Time m_seen;
    qint64 m_seenReceived;
    qint64 m_seenWritten = 0;
};

} // namespace vigie
