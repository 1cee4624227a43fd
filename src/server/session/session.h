// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/access.h"
#include "core/clientinfo.h"
#include "core/limits.h"
#include "protocol/decoder.h"
#include "protocol/messages.h"
#include "server/net/tokenbucket.h"
#include "server/net/arrivals.h"
#include "server/access/authenticator.h"
#include "server/net/framewriter.h"
#include "server/net/memorybudget.h"
#include "server/fanout/viewer.h"

#include <QByteArray>
#include <QObject>
#include <QPointer>
#include <QSocketNotifier>
#include <chrono>
#include <deque>
#include <memory>
#include <stop_token>

class QTcpSocket;
class QTimer;
class QWebSocket;

namespace vigie {

class Acknowledgements;
class Fanout;
class Hub;
class JoinRequests;
class MetricsFeed;
class OpenQuestions;
class ResumePoints;

/// How long a peer may take, and how much it may send. Defaults are the product's; tests shorten them.
struct SessionLimits
{
    std::chrono::milliseconds authDeadline{10'000};
    std::chrono::milliseconds pingInterval{20'000}; ///< of silence; two unanswered pings end the session
    std::chrono::milliseconds messageDeadline{30'000}; ///< for a message that has begun to come
    std::chrono::milliseconds unreadDeadline{60'000}; ///< for a peer with bytes unsent that takes none
    quint64 messageBytes = 1024 * 1024;
    quint64 strangersMessageBytes = 16 * 1024; ///< before it is signed in
    qint64 readAheadBytes = 256 * 1024; ///< beyond a whole message: what may be taken from the kernel at once
    qint64 unsentBytes = 32 * 1024 * 1024; ///< of its own answers; a peer that lets more pile up is cut
    int failures = 50; ///< messages refused before it is signed in
    double messagesPerSecond = Limits{}.messagesPerSecond; ///< frames of them, and control frames; beyond, it is read more slowly
    double receiveBytesPerSecond = Limits{}.receiveKiBPerSecond * 1024.0; ///< likewise; all that comes by the socket
    bool limitsLoopback = false; ///< of the two: this machine's own peers, too
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

/// One connected client: reads its messages, answers them, and watches its deadlines. The server's thread.
class Session : public QObject, private MemoryBudget::Holder
{
    Q_OBJECT

public:
    using Time = std::chrono::milliseconds;

    /// Takes `webSocket` over; `tcpSocket` is the one beneath it. `id`: a number of its own. `identity` is what the URL said,
    /// parts may be empty. `now` is the server's monotonic clock, as for tick().
    Session(std::uint64_t id, QWebSocket* webSocket, QTcpSocket* tcpSocket, SessionContext& context, AuthRequest identity,
            Time now, QObject* parent = nullptr);
    ~Session() override;

    /// Looks at every deadline; called about once a second.
    void tick(Time now);

    /// Ends the session with a WebSocket close code (RFC 6455 §7.4) and a reason of at most 123 bytes.
    void close(int code, const QString& reason);

    std::uint64_t id() const { return m_id; }
    const QHostAddress& address() const { return m_address; }
    /// How it is now; rates are since the last such question.
    ClientInfo info(Time now);
    /// What it signed in with.
    const Admission& admission() const { return m_admission; }

    /// Ends the session if its token is no longer good.
    void checkAdmission();

    /// Tells a client that is signed in of the trouble there is, if any.
    void tellTrouble();

Q_SIGNALS:
    /// The connection is over; delete the session, but later: this comes from within its socket's own code.
    void ended();

private:
    void receiveText(const QString& message);
    void receive(std::string_view json);
    /// Does what a message says, or holds it back. It was counted.
    void take(std::string_view json);
    /// A message that cannot be taken yet.
    struct Held
    {
        std::string json;
        bool isCounted = false; ///< by countFrame()
    };
    void hold(std::deque<Held>::const_iterator before, std::string_view json, bool isCounted);
    /// The same, and reads no further until its entries can be taken: whatever it holds goes when the peer goes.
    void holdBack(std::string_view json, bool waitsForDisk);
    void noteFailure();
    void takeMessagesUpTo(quint64 bytes, qint64 readAheadBytes);
    /// Counts one frame that came. Qt tells of pings only by the object that reads them for it.
    Q_SLOT void countFrame();
    /// Counts what the peer makes us hold of what it sends.
    void countInput();
    /// Reads no further for a while when too much came.
    void keepToRate();
    /// How long until what came is no longer too much.
    Time debt() const;
    bool mustWait() const;
    void pauseWhileBehind();
    void resume();
    void send(const QByteArray& json);
    void endIfUnread();
    void sendAway() override;
    /// Without a word.
    void cut() override;
    void refuseAuth(const AuthErrorMessage& why);
    void refuseApplication(const char* requestType);
    void note(AuditEvent::Kind kind, std::string detail);

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

    void watchMessage(Time now);
    void watchReader(Time now);
    void watchSilence(Time now);
    void ping(Time now);

    std::uint64_t m_id;
    std::unique_ptr<QWebSocket> m_webSocket;
    QPointer<QTcpSocket> m_tcpSocket;
    QHostAddress m_address;
    bool m_isOwners; // see SignIn
    quint16 m_port; // of the peer
    SessionContext& m_context;
    MemoryBudget::Share m_memory;
    Viewer m_viewer;
    FrameWriter& m_out = m_viewer.out;
    AuthRequest m_identity; // as the URL said, then as signed in
    Admission m_admission; // once signed in
    std::unique_ptr<LogOrigin> m_origin; // who is signed in; null before
    std::chrono::milliseconds m_metricsInterval;
    bool m_wantsDetail = false;
    bool m_wantsLogs = true;
    bool m_closing = false;
    QPointer<QSocketNotifier> m_pausedReading; // null: the socket is read
    QMetaObject::Connection m_caughtUp; // by which it hears that the hub takes more
    std::deque<Held> m_held; // and behind these what Qt had taken from the socket before
    qint64 m_heldBytes = 0; // in m_held
    qint64 m_fragmentBytes = 0; // of a message whose last frame has not come
    qint64 m_inputCounted = 0; // in m_memory, of all that came and waits
    Arrivals* m_arrivals; // of the socket
    bool m_waitsForDisk = false; // wants to be told what is stored
    bool m_asksToJoin = false;
    int m_failures = 0; // before it was signed in
    std::stop_source m_gone; // asked to stop when no answer is sent any more
    std::optional<TokenBucket> m_messages; // absent: as many as it likes
    std::optional<TokenBucket> m_bytes;
    std::unique_ptr<QTimer> m_restTimer; // made with the first rest, active while there is one
    Time m_toldOfRate{0};
    qint64 m_received = 0;
    std::int64_t m_sinceMs;
    // As the last info() found it.
    Time m_seen;
    qint64 m_seenReceived = 0;
    qint64 m_seenWritten = 0;

    Time m_opened;
    Time m_now; // of the last tick
    Time m_closeStarted{0};
    Time m_lastHeard; // anything came
    Time m_lastPing;
    Time m_lastTaken; // the peer took bytes, or there were none to take
    Time m_messageStarted{-1}; // of a message that has not come whole; -1: none
    int m_unansweredPings = 0;
    bool m_heard = false; // since the last tick
    bool m_taken = false;
    bool m_fragmented = false; // between the first and the last frame of a message
};

} // namespace vigie
