// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clientinfo.h"
#include "protocol/decoder.h"
#include "protocol/messages.h"
#include "server/net/websocket.h"
#include "server/session/sessioncontext.h"
#include "server/session/sessionpeer.h"
#include "server/session/signedin.h"
#include "server/session/signingin.h"

#include <QObject>
#include <chrono>
#include <memory>
#include <string_view>
#include <variant>

namespace vigie {

/// One connected client, from the handshake to the end: which state it is in, and which part takes its messages there. The
/// server's thread.
class Session : public QObject, private WebSocketUser
{
    Q_OBJECT

public:
    using Time = WebSocket::Time;

    /// Takes over a connection whose WebSocket handshake is done. `id`: a number of its own. `identity` is what the URL said,
    /// parts may be empty. `now` is the server's monotonic clock, as for tick(). Messages are read once start() was called.
    Session(std::uint64_t id, std::unique_ptr<Connection> connection, SessionContext& context, const AuthRequest& identity,
            Time now, QObject* parent = nullptr);
    ~Session() override;

    void start() { m_socket.start(); }
    /// Looks at every deadline; called about once a second.
    void tick(Time now);

    /// Ends the session with a WebSocket close code (RFC 6455 §7.4) and a reason of at most 123 bytes.
    void close(int code, const QString& reason) { m_socket.close(code, reason.toUtf8()); }

    std::uint64_t id() const { return m_id; }
    const QHostAddress& address() const { return m_peer.address(); }
    /// How it is now; rates are since the last such question.
    ClientInfo info(Time now);
    /// Its rights, still known while it is closing; null: it never signed in.
    const Admission* admission() const;

    /// Ends the session if its token is no longer good.
    void checkAdmission();

    /// Tells a client that is signed in of the trouble there is, if any.
    void tellTrouble();

Q_SIGNALS:
    /// The connection is over; delete the session, but later: this comes from within its own code.
    void ended();

private:
    /// Nothing is read or sent any more, but the connection may still exist for a while.
    struct Closing
    {
        Admission admission; ///< without a role if it was not signed in
        bool isProducer = false;
    };

    // From the WebSocket.
    void take(std::string_view json) override;
    void noteLastTaken() override;
    void noteTaken() override;
    void noteSlowed() override;
    void noteClosing() override;
    void noteEnd() override { Q_EMIT ended(); }

    void signIn(const AuthRequest& auth);
    void refuseSignIn(const AuthErrorMessage& why);
    void askToJoin(const AccessRequest& request);
    void denyAccess(const char* code, const char* message);
    void refuse(const ErrorMessage& error);
    void refuseForbidden(const Admission& admission, const char* requestType, Permission required);
    void noteFailure();
    /// Wall clock; one look for all messages that come together.
    std::int64_t nowMs();
    SignedIn* signedIn() { return std::get_if<SignedIn>(&m_state); }

    std::uint64_t m_id;
    WebSocket m_socket;
    SessionPeer m_peer;
    std::variant<SigningIn, SignedIn, Closing> m_state;
    std::int64_t m_readMs = 0; // when the present messages came; 0: not looked yet
    std::int64_t m_sinceMs;
    // As the last info() found it.
    Time m_seen;
    qint64 m_seenReceived;
    qint64 m_seenWritten = 0;
};

} // namespace vigie
