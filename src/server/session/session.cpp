// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/session/session.h"

#include "core/clock.h"
#include "hub/hub.h"
#include "protocol/encoder.h"
#include "server/net/addresslimits.h"
#include "server/net/closecodes.h"
#include "server/access/authenticator.h"
#include "server/fanout/fanout.h"
#include "server/fanout/metricsfeed.h"
#include "server/net/peeruser.h"

#include <QDateTime>
#include <algorithm>
#include <utility>

namespace vigie {

namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

constexpr std::size_t strangersReadAhead = 20 * 1024; // what may be taken from the kernel at once before sign-in

/// What one must be allowed to do for a message, and its type; nothing: to be signed in is enough.
struct Needs
{
    std::optional<Permission> permission;
    const char* type = "";
};

struct NeedsOf
{
    Needs operator()(const AuthRequest&) const { return {}; }
    Needs operator()(const AccessRequest&) const { return {}; }
    Needs operator()(const StatusRequest&) const { return {}; }
    Needs operator()(const LogsRequest&) const { return {Permission::Write, "logs"}; }
    Needs operator()(const AppMetricsRequest&) const { return {Permission::Write, "send_metrics"}; }
    Needs operator()(const ClearRequest&) const { return {Permission::Operate, "clear"}; }
    Needs operator()(const CommandRequest&) const { return {Permission::Operate, "command"}; }
    Needs operator()(const FilterRequest&) const { return {Permission::Read, "filter"}; }
    Needs operator()(const MetricsRequest&) const { return {Permission::Read, "request_metrics"}; }
    Needs operator()(const LastActionsRequest&) const { return {Permission::Read, "get_last_actions"}; }
    Needs operator()(const HistoryRequest& history) const
    {
        return {Permission::Read, history.reply == HistoryRequest::Reply::Logs ? "request_history" : "history"};
    }
    /// To want less is everybody's right.
    Needs operator()(const SubscribeRequest& subscribe) const
    {
        if (subscribe.logs.value_or(false) || subscribe.detail.value_or(false))
            return {Permission::Read, "subscribe"};
        return {};
    }
};

std::string forbiddenText(const Admission& admission, Permission needed)
{
    const char* const what = needed == Permission::Read ? "read" : needed == Permission::Write ? "send" : "clear or command";
    return "the role " + std::string(admission.roleText()) + " may not " + what;
}

} // namespace

Session::Session(std::uint64_t id, std::unique_ptr<Connection> connection, SessionContext& context, const AuthRequest& identity,
                 Time now, QObject* parent)
    : QObject(parent), m_id(id), m_context(context),
      m_socket(std::move(connection), context.limits, context.limitHits, *this, now), m_viewer(m_socket.connection()),
      m_appId(identity.appId), m_userId(identity.userId), m_metricsInterval(MetricsFeed::usualInterval),
      m_sinceMs(QDateTime::currentMSecsSinceEpoch()), m_opened(now), m_now(now), m_seen(now), m_seenReceived(m_out.receivedBytes())
{
    if (context.door.asksWhose(address()))
        isOwnersProcess(m_out); // while the peer waits for our answer, and cannot have gone
    m_socket.setMaxMessage(std::min(context.limits.strangersMessageBytes, context.limits.messageBytes), strangersReadAhead);
    send(encode(ConnectMessage{m_appId, m_userId}));
}

Session::~Session()
{
    noteClosing();
}

void Session::take(std::string_view json)
{
    Decoded decoded = m_context.decoder.decode(json, m_origin.get(), nowMs());
    if (const auto* error = std::get_if<ErrorMessage>(&decoded)) {
        if (error->hit)
            m_context.limitHits.add(*error->hit);
        if (!m_origin && (error->code == notAuthenticatedCode || error->requestType == "auth"))
            send(encode(AuthErrorMessage{error->message}));
        else
            send(encode(*error));
        return noteFailure();
    }
    auto& message = std::get<ClientMessage>(decoded);
    const Needs needs = std::visit(NeedsOf(), message);
    if (needs.permission && !m_admission.may(*needs.permission)) {
        const std::string why = forbiddenText(m_admission, *needs.permission);
        send(encode(ErrorMessage{"forbidden", why, needs.type}));
        return m_context.door.noteForbidden(m_admission, m_appId, address(), needs.type, why, nowMs());
    }
    const auto* const logs = std::get_if<LogsRequest>(&message);
    if (logs && m_context.hub.isBehind(logs->ack))
        return holdBack(json, logs->ack);
    if (std::holds_alternative<AppMetricsRequest>(message) && m_context.hub.isBehind(false))
        return holdBack(json, m_waitsForDisk);
    if (!logs || logs->ack)
        handOn(); // it came before
    std::visit([this](auto& one) { handle(one); }, message);
}

std::int64_t Session::nowMs()
{
    if (m_readMs == 0)
        m_readMs = QDateTime::currentMSecsSinceEpoch();
    return m_readMs;
}

void Session::noteLastTaken()
{
    handOn();
    m_readMs = 0;
}

void Session::noteTaken()
{
    m_context.fanout.drained(m_viewer);
}

void Session::noteSlowed()
{
    send(encode(ErrorMessage{"rate_limited", "you send more than is taken: you are read more slowly, and nothing is lost", {}}));
}

void Session::noteClosing()
{
    handOn();
    m_gone.request_stop();
    m_context.metrics.unsubscribe(m_out);
    m_context.fanout.leave(m_viewer);
    disconnect(m_caughtUp);
    disconnect(m_uncongested);
    if (m_held)
        m_out.memory().add(-heldBytesOf(*m_held));
    m_held.reset();
}

void Session::noteFailure()
{
    if (m_origin || ++m_failures < m_context.limits.failures || m_socket.isClosing())
        return;
    m_context.limitHits.add(LimitHit::RefusedMessages);
    close(TooManyFailures, u"too many messages were refused"_s);
}

ClientInfo Session::info(Time now)
{
    const double seconds = std::max(0.001, std::chrono::duration<double>(now - m_seen).count());
    ClientInfo info;
    info.id = m_id;
    info.isSignedIn = m_origin != nullptr;
    info.userId = m_userId;
    info.appId = m_appId;
    if (m_admission.grantId > 0)
        info.role = m_admission.role;
    info.grantId = m_admission.grantId;
    info.isProducer = m_viewer.isProducer;
    info.address = addressText(address()).toStdString();
    info.network = address().isLoopback() ? std::string() : peerNetwork(address()).toStdString();
    info.sinceMs = m_sinceMs;
    info.inBytesPerSecond = double(m_out.receivedBytes() - std::exchange(m_seenReceived, m_out.receivedBytes())) / seconds;
    info.outBytesPerSecond = double(m_out.writtenBytes() - std::exchange(m_seenWritten, m_out.writtenBytes())) / seconds;
    info.unsentBytes = m_out.unsentBytes();
    info.entriesBehind = m_origin ? m_context.fanout.entriesBehind(m_viewer) : 0;
    m_seen = now;
    return info;
}

void Session::tellTrouble()
{
    if (m_origin && !m_socket.isClosing() && !m_context.trouble.isEmpty())
        send(m_context.trouble);
}

void Session::checkAdmission()
{
    if (m_socket.isClosing() || !m_origin)
        return;
    if (const auto refusal = m_context.door.whyNoLonger(m_admission, QDateTime::currentMSecsSinceEpoch()))
        close(TokenNoLongerGood, QString::fromStdString(refusal->message));
}

void Session::tick(Time now)
{
    m_now = now;
    if (m_socket.isClosing())
        return;
    if (!m_origin && !m_asksToJoin && now - m_opened >= m_context.limits.authDeadline) {
        m_context.limitHits.add(LimitHit::SignInTime);
        send(encode(AuthErrorMessage{"not signed in in time"}));
        return close(DeadlinePassed, u"not signed in in time"_s);
    }
    if (m_admission.grantId > 0)
        m_context.door.noteUse(m_admission.grantId, QDateTime::currentMSecsSinceEpoch());
    if (m_admission.expiresMs && QDateTime::currentMSecsSinceEpoch() >= *m_admission.expiresMs)
        checkAdmission();
    m_socket.tick(now);
}

} // namespace vigie
