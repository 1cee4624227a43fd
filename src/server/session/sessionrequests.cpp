// SPDX-License-Identifier: GPL-3.0-or-later
// What each message of a client does.
#include "core/clock.h"
#include "hub/hub.h"
#include "protocol/encoder.h"
#include "server/session/acknowledgements.h"
#include "server/fanout/fanout.h"
#include "server/access/joinrequests.h"
#include "server/fanout/metricsfeed.h"
#include "server/session/openquestions.h"
#include "server/fanout/resumepoints.h"
#include "server/net/poller.h"
#include "server/session/session.h"

#include <QDateTime>

namespace vigie {

namespace {

constexpr std::size_t historyBytes = 4 * 1024 * 1024; // of one answer

} // namespace

void Session::handle(AuthRequest& auth)
{
    const std::int64_t nowMs = QDateTime::currentMSecsSinceEpoch();
    const SignIn signIn{auth.userId.empty() ? m_userId : auth.userId, auth.appId.empty() ? m_appId : auth.appId, auth.token,
                        address(), false, isOwners()};
    auto answer = m_context.door.admit(signIn, nowMs, steadyNow());
    if (const auto* refusal = std::get_if<Refusal>(&answer))
        return refuseAuth({refusal->message, refusal->code, refusal->retryAfterMs});
    const auto& admission = std::get<Admission>(answer);
    if (admission.appId.empty() || admission.userId.empty())
        return refuseAuth({admission.appId.empty() ? "appId is missing" : "userId is missing"});

    // The same once more is no news: nobody may push what he has done out of the audit.
    const bool isNews = !m_origin || m_admission.grantId != admission.grantId || m_origin->appId() != admission.appId
                        || m_origin->userId() != admission.userId;
    const bool mayRead = admission.may(Permission::Read);
    // Who goes on where he is misses nothing of what is on its way to him.
    const bool staysInPlace = m_origin && m_origin->appId() == admission.appId && m_viewer.mayRead == mayRead && !auth.since;
    if (!staysInPlace)
        m_context.fanout.leave(m_viewer);
    m_context.door.beginStay(admission);
    m_context.door.endStay(m_admission);
    if (!m_origin)
        m_socket.setMaxMessage(m_context.limits.messageBytes, Poller::bufferBytes);
    m_admission = admission;
    m_appId = admission.appId;
    m_userId = admission.userId;
    m_origin = std::make_unique<LogOrigin>(admission.appId, admission.userId);
    m_viewer.appId = admission.appId;
    m_viewer.isProducer = false;
    m_viewer.mayRead = mayRead;
    m_viewer.wantsLogs = m_wantsLogs && mayRead;
    if (isNews)
        note(AuditEvent::Kind::SignedIn, std::string(admission.roleText()));
    send(encode(
        AuthSuccess{admission.appId, admission.userId, admission.grantId > 0 ? admission.role : std::nullopt}));
    if (mayRead)
        m_context.metrics.subscribe(m_out, m_metricsInterval, m_wantsDetail);
    else
        m_context.metrics.unsubscribe(m_out);
    if (!staysInPlace)
        m_context.fanout.join(m_viewer, mayRead ? auth.since : std::nullopt);
    m_context.resumePoints.greet(m_viewer);
    tellTrouble();
}

void Session::refuseAuth(const AuthErrorMessage& why)
{
    // Who is signed in stays so.
    if (m_origin)
        send(encode(ErrorMessage{"forbidden", why.message, "auth"}));
    else
        send(encode(why));
    noteFailure();
}

void Session::handle(AccessRequest& request)
{
    const auto deny = [this](const char* code, const char* message) {
        send(encode(AccessDenied{code, message}));
        noteFailure();
    };
    if (m_origin || m_context.door.isOpenTo(address(), isOwners()))
        return deny("not_needed", "you may sign in as you are");
    if (m_asksToJoin)
        return deny("too_many_requests", "you have asked already");
    m_asksToJoin = true;
    const Time opened = m_opened;
    m_context.joins.ask(request.userId, request.appId, address(), this, steadyNow(),
                        [this, request, deny](const JoinOutcome& outcome) {
                            m_asksToJoin = false;
                            m_opened = m_now; // the time to sign in begins
                            if (m_socket.isClosing())
                                return;
                            if (outcome.token.empty())
                                deny(outcome.code, outcome.message);
                            else
                                send(encode(AccessGranted{request.appId, request.userId, outcome.token}));
                        });
    if (!m_asksToJoin) {
        m_opened = opened; // who was not even waited for has no more time for it
        return;
    }
    m_context.door.note(AuditEvent::Kind::Asked, request.userId, request.appId, address(), {},
                        QDateTime::currentMSecsSinceEpoch());
    send(encode(AccessPending{}));
}

void Session::handle(LogsRequest& logs)
{
    LogsAck ack{logs.batch.size(), {}};
    if (!logs.refused.empty()) {
        if (logs.hit)
            m_context.limitHits.add(*logs.hit);
        ack.refused = logs.refused;
        send(encode(entriesRefused(std::move(logs.refused), ack.count + ack.refused.size())));
    }
    if (!logs.ack)
        return gather(std::move(logs.batch));
    Hub::Acceptance accepted = m_context.hub.acceptLogs(std::move(logs.batch), true);
    if (!accepted)
        return refuseApplication("logs");
    ack.lastId = std::move(accepted.lastId);
    ack.repeats = accepted.repeats;
    ack.renamed = accepted.renamed;
    m_viewer.isProducer = true;
    m_context.acks.await(this, [this, ack] { send(encode(ack)); });
    m_waitsForDisk = true;
    pauseWhileBehind();
}

void Session::refuseApplication(const char* requestType)
{
    m_context.limitHits.add(LimitHit::Applications);
    send(encode(ErrorMessage{"too_many_applications", "no more new applications may send until Vigie is started again",
                             requestType}));
}

void Session::handle(FilterRequest& filter)
{
    m_context.fanout.setFilter(m_viewer, std::move(filter.filter));
}

void Session::handle(HistoryRequest& request)
{
    const bool isTooMuch = m_context.memory.isTooMuchFor(m_out.unsentBytes());
    const OpenQuestions::Place place = isTooMuch ? nullptr : m_context.questions.take(address(), m_out.peerPort());
    if (!place) {
        m_context.limitHits.add(isTooMuch ? LimitHit::Memory : LimitHit::HistoryRequests);
        return send(encode(ErrorMessage{"too_many_requests", "wait for the answers to your earlier questions", "history"}));
    }
    HistoryQuery query{m_origin->appId(), m_viewer.filter, request.limit, request.beforeId, request.beforeTimeMs};
    query.storedOnly = request.stored.value_or(false);
    query.stop = m_gone.get_token();
    m_context.hub.history().query(query, [self = QPointer(this), request, place, appId = query.appId](const HistoryPage& page) {
        if (!self)
            return;
        // What is on disk by now was sent before, to all who do not lag.
        if (request.stored.value_or(false))
            self->m_context.fanout.flush(appId);
        // The newest are kept where not all fit an answer; `before` gets the others.
        std::size_t bytes = 0;
        std::size_t first = page.entries.size();
        while (first > 0 && bytes < historyBytes)
            bytes += page.entries[--first].json().size();
        self->send(encodeHistory(std::span(page.entries).subspan(first), request));
    });
}

void Session::handle(MetricsRequest&)
{
    m_context.metrics.sendNow(m_out);
}

void Session::handle(SubscribeRequest& subscribe)
{
    if (subscribe.metricsIntervalMs)
        m_metricsInterval = std::chrono::milliseconds(*subscribe.metricsIntervalMs);
    if (subscribe.detail)
        m_wantsDetail = *subscribe.detail;
    if ((subscribe.metricsIntervalMs || subscribe.detail) && m_admission.may(Permission::Read))
        m_context.metrics.subscribe(m_out, m_metricsInterval, m_wantsDetail);
    if (subscribe.logs) {
        m_wantsLogs = *subscribe.logs;
        m_context.fanout.setWantsLogs(m_viewer, m_wantsLogs);
    }
}

void Session::handle(AppMetricsRequest& report)
{
    m_viewer.isProducer = true;
    m_context.hub.acceptAppMetrics(
        {m_origin->appId(), m_origin->userId(), report.timestampMs, std::move(report.metricsJson)});
    pauseWhileBehind();
}

void Session::handle(ClearRequest&)
{
    if (m_context.hub.clear({m_origin->appId(), m_origin->userId()}))
        note(AuditEvent::Kind::Cleared, {});
}

void Session::note(AuditEvent::Kind kind, std::string detail)
{
    m_context.door.note(kind, m_origin->userId(), m_origin->appId(), address(), std::move(detail),
                        QDateTime::currentMSecsSinceEpoch());
}

void Session::handle(StatusRequest&)
{
    const bool isActive = m_context.fanout.producerCount(m_origin->appId()) > 0;
    send(encode(StatusResponse{true, isActive ? "a producer is connected" : "no producer is connected", true,
                               true, true, isActive}));
}

void Session::handle(CommandRequest& command)
{
    const std::optional<int> delivered = m_context.hub.acceptCommand(
        {m_origin->appId(), m_origin->userId(), QDateTime::currentMSecsSinceEpoch(), command.type, std::move(command.dataJson)},
        [this](const AppCommand& accepted) { return m_context.fanout.deliver(accepted); });
    if (!delivered)
        return refuseApplication("command");
    note(AuditEvent::Kind::Commanded, std::move(command.type));
    const char* const outcome = *delivered > 0 ? "passed to the application's producers"
        : m_context.fanout.producerCount(m_origin->appId()) > 0
        ? "no producer of this application takes any more at present"
        : "no producer of this application is connected";
    send(encode(CommandResponse{*delivered > 0, outcome, *delivered}));
}

void Session::handle(LastActionsRequest&)
{
    send(encode(LastActions{m_context.hub.lastCommands(m_origin->appId())}));
}

} // namespace vigie
