// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/session/session.h"

#include "core/clock.h"
#include "intake/intake.h"
#include "protocol/encoder.h"
#include "server/access/authenticator.h"
#include "server/access/joinrequests.h"
#include "server/access/peeraccounts.h"
#include "server/net/addresslimits.h"
#include "server/net/closecodes.h"
#include "server/net/peeruser.h"
#include "server/net/poller.h"
#include "server/session/permissions.h"

#include <QDateTime>
#include <algorithm>
#include <type_traits>
#include <utility>

namespace vigie {

namespace {

using namespace Qt::StringLiterals;

constexpr std::size_t strangersReadAhead = 20 * 1024; // what may be taken from the kernel at once before sign-in

} // namespace

Session::Session(std::uint64_t id, std::unique_ptr<Connection> connection, SessionContext& context, const AuthRequest& identity,
                 Time now, QObject* parent)
    : QObject(parent), m_id(id),
      m_socket(std::move(connection), context.limits, context.limitHits, *this, now), m_peer{context, m_socket},
      m_state(std::in_place_type<SigningIn>, m_peer, identity, now), m_sinceMs(QDateTime::currentMSecsSinceEpoch()), m_seen(now),
      m_seenReceived(m_socket.connection().receivedBytes())
{
    if (context.door.asksWhose(address()))
        isOwnersProcess(m_socket.connection()); // while the peer waits for our answer, and cannot have gone
    m_socket.setMaxMessage(std::min(context.limits.strangersMessageBytes, context.limits.messageBytes), strangersReadAhead);
    m_peer.send(encode(ConnectMessage{identity.appId, identity.userId}));
}

Session::~Session()
{
    noteClosing();
}

void Session::take(std::string_view json)
{
    SignedIn* const client = signedIn();
    Decoded decoded = m_peer.context.decoder.decode(json, client ? &client->origin() : nullptr, nowMs());
    if (const auto* error = std::get_if<ErrorMessage>(&decoded))
        return refuse(*error);
    auto& message = std::get<ClientMessage>(decoded);
    if (const auto [required, type] = requiredPermission(message); required) {
        const Admission nobody;
        const Admission& admission = client ? client->admission() : nobody;
        if (!admission.may(*required))
            return refuseForbidden(admission, type, *required);
    }
    if (client && !std::holds_alternative<LogsRequest>(message))
        client->flush(); // it came before
    std::visit(
        [this, client](auto& one) {
            using Message = std::remove_reference_t<decltype(one)>;
            if constexpr (std::is_same_v<Message, AuthRequest>)
                signIn(one);
            else if constexpr (std::is_same_v<Message, AccessRequest>)
                askToJoin(one);
            else if (client)
                client->handle(one);
        },
        message);
}

void Session::refuse(const ErrorMessage& error)
{
    if (error.hit)
        m_peer.context.limitHits.add(*error.hit);
    if (!signedIn() && (error.code == notAuthenticatedCode || error.requestType == "auth"))
        m_peer.send(encode(AuthErrorMessage{error.message}));
    else
        m_peer.send(encode(error));
    noteFailure();
}

void Session::refuseForbidden(const Admission& admission, const char* requestType, Permission required)
{
    const std::string why = forbiddenText(admission, required);
    m_peer.send(encode(ErrorMessage{"forbidden", why, requestType}));
    m_peer.context.door.noteForbidden(admission, admission.appId, address(), requestType, why, nowMs());
    if (required == Permission::Write && admission.role)
        noteNotLetIn(m_peer.context.intake.board(), SourceKind::WebSocket, address(), "not_allowed", admission.appId, nowMs());
}

void Session::signIn(const AuthRequest& auth)
{
    SignedIn* client = signedIn();
    const auto* const newcomer = std::get_if<SigningIn>(&m_state);
    if (!client && !newcomer)
        return;
    const std::string& appId = client ? client->admission().appId : newcomer->appId();
    const std::string& userId = client ? client->admission().userId : newcomer->userId();
    const SignIn attempt{auth.userId.empty() ? userId : auth.userId,
                         auth.appId.empty() ? appId : auth.appId,
                         auth.token,
                         address(),
                         false,
                         m_peer.isOwners()};
    auto answer = m_peer.context.door.admit(attempt, QDateTime::currentMSecsSinceEpoch(), steadyNow());
    if (const auto* refusal = std::get_if<Refusal>(&answer)) {
        // It may be a producer, whose owner looks for its entries.
        noteNotLetIn(m_peer.context.intake.board(), SourceKind::WebSocket, address(), auth.token.empty() ? "no_token" : "not_allowed",
                     attempt.appId, nowMs());
        return refuseSignIn({refusal->message, refusal->code, refusal->retryAfterMs});
    }
    auto& admission = std::get<Admission>(answer);
    if (admission.appId.empty() || admission.userId.empty())
        return refuseSignIn({admission.appId.empty() ? "appId is missing" : "userId is missing"});
    if (!client) {
        m_socket.setMaxMessage(m_peer.context.limits.messageBytes, Poller::bufferBytes);
        client = &m_state.emplace<SignedIn>(m_peer);
    }
    client->admit(std::move(admission), auth.since);
}

void Session::refuseSignIn(const AuthErrorMessage& why)
{
    // A client that is signed in keeps its rights.
    if (signedIn())
        m_peer.send(encode(ErrorMessage{"forbidden", why.message, "auth"}));
    else
        m_peer.send(encode(why));
    noteFailure();
}

void Session::askToJoin(const AccessRequest& request)
{
    auto* const newcomer = std::get_if<SigningIn>(&m_state);
    if (!newcomer || m_peer.context.door.isOpenTo(address(), m_peer.isOwners()))
        return denyAccess("not_needed", "you may sign in as you are");
    if (newcomer->isAsking())
        return denyAccess("too_many_requests", "you have asked already");
    const auto answer = [this, request](const JoinOutcome& outcome) {
        // By now it may have signed in with a token, or be closing.
        if (auto* const asking = std::get_if<SigningIn>(&m_state))
            asking->noteAnswer();
        if (m_socket.isClosing())
            return;
        if (outcome.token.empty())
            denyAccess(outcome.code, outcome.message);
        else
            m_peer.send(encode(AccessGranted{request.appId, request.userId, outcome.token}));
    };
    if (!m_peer.context.joins.ask(request.userId, request.appId, address(), this, steadyNow(), answer))
        return; // a denial may have closed it
    newcomer->noteAsking();
    m_peer.note(AuditEvent::Kind::Asked, request.userId, request.appId);
    m_peer.send(encode(AccessPending{}));
}

void Session::denyAccess(const char* code, const char* message)
{
    m_peer.send(encode(AccessDenied{code, message}));
    noteFailure();
}

void Session::noteFailure()
{
    auto* const newcomer = std::get_if<SigningIn>(&m_state);
    if (newcomer && newcomer->isFailureTooMany())
        close(TooManyFailures, u"too many messages were refused"_s);
}

std::int64_t Session::nowMs()
{
    if (m_readMs == 0)
        m_readMs = QDateTime::currentMSecsSinceEpoch();
    return m_readMs;
}

void Session::noteLastTaken()
{
    if (SignedIn* const client = signedIn())
        client->flush();
    m_readMs = 0;
}

void Session::noteTaken()
{
    if (SignedIn* const client = signedIn())
        client->noteTaken();
}

void Session::noteSlowed()
{
    m_peer.send(
        encode(ErrorMessage{"rate_limited", "you send more than is taken: you are read more slowly, and nothing is lost", {}}));
}

void Session::noteClosing()
{
    Closing closing;
    if (const auto* const newcomer = std::get_if<SigningIn>(&m_state)) {
        closing.admission.appId = newcomer->appId();
        closing.admission.userId = newcomer->userId();
    } else if (SignedIn* const client = signedIn()) {
        client->leave();
        closing = {client->admission(), client->isProducer()};
    } else {
        return;
    }
    m_state.emplace<Closing>(std::move(closing));
}

const Admission* Session::admission() const
{
    if (const auto* const client = std::get_if<SignedIn>(&m_state))
        return &client->admission();
    const auto* const closing = std::get_if<Closing>(&m_state);
    return closing && closing->admission.role ? &closing->admission : nullptr;
}

ClientInfo Session::info(Time now)
{
    const Connection& connection = m_socket.connection();
    const double seconds = std::max(0.001, std::chrono::duration<double>(now - m_seen).count());
    ClientInfo info;
    info.id = m_id;
    if (const auto* const newcomer = std::get_if<SigningIn>(&m_state)) {
        info.userId = newcomer->userId();
        info.appId = newcomer->appId();
    } else {
        const SignedIn* const client = signedIn();
        const auto* const closing = std::get_if<Closing>(&m_state);
        const Admission& admission = client ? client->admission() : closing->admission;
        info.isSignedIn = admission.role.has_value();
        info.userId = admission.userId;
        info.appId = admission.appId;
        if (admission.grantId > 0)
            info.role = admission.role;
        info.grantId = admission.grantId;
        info.isProducer = client ? client->isProducer() : closing->isProducer;
        info.entriesBehind = client ? client->entriesBehind() : 0;
    }
    info.address = addressText(address()).toStdString();
    info.network = address().isLoopback() ? std::string() : peerNetwork(address()).toStdString();
    info.sinceMs = m_sinceMs;
    info.inBytesPerSecond =
        double(connection.receivedBytes() - std::exchange(m_seenReceived, connection.receivedBytes())) / seconds;
    info.outBytesPerSecond =
        double(connection.writtenBytes() - std::exchange(m_seenWritten, connection.writtenBytes())) / seconds;
    info.unsentBytes = connection.unsentBytes();
    m_seen = now;
    return info;
}

void Session::tellTrouble()
{
    if (SignedIn* const client = signedIn())
        client->tellTrouble();
}

void Session::checkAdmission()
{
    const SignedIn* const client = signedIn();
    if (!client)
        return;
    if (const auto refusal = m_peer.context.door.revocationReason(client->admission(), QDateTime::currentMSecsSinceEpoch()))
        close(TokenNoLongerGood, QString::fromStdString(refusal->message));
}

void Session::tick(Time now)
{
    if (auto* const newcomer = std::get_if<SigningIn>(&m_state); newcomer && newcomer->isTooLate(now)) {
        m_peer.send(encode(AuthErrorMessage{"not signed in in time"}));
        return close(DeadlinePassed, u"not signed in in time"_s);
    }
    if (SignedIn* const client = signedIn()) {
        const std::int64_t nowMs = QDateTime::currentMSecsSinceEpoch();
        client->noteUse(nowMs);
        if (client->admission().expiresMs && nowMs >= *client->admission().expiresMs)
            checkAdmission();
    }
    m_socket.tick(now);
}

} // namespace vigie
