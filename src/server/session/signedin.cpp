// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/session/signedin.h"

#include "hub/hub.h"
#include "protocol/encoder.h"
#include "server/fanout/fanout.h"
#include "server/fanout/metricsfeed.h"
#include "server/fanout/resumepoints.h"
#include "server/access/openquestions.h"

#include <QDateTime>
#include <span>
#include <utility>

namespace vigie {

namespace {

constexpr std::size_t historyBytes = 4 * 1024 * 1024; // of one answer

} // namespace

SignedIn::SignedIn(const SessionPeer& peer)
    : m_peer(peer), m_viewer(peer.socket.connection()), m_metricsInterval(MetricsFeed::usualInterval)
{
}

void SignedIn::leave()
{
    m_producer.reset();
    m_gone.request_stop();
    m_peer.context.metrics.unsubscribe(m_viewer.out);
    m_peer.context.fanout.leave(m_viewer);
}

void SignedIn::admit(Admission admission, const std::optional<std::string>& since)
{
    SessionContext& context = m_peer.context;
    // The same sign-in again is not audited: repeating it must not push older events out of the audit.
    const bool isFirst = !m_admission.role;
    const bool isNews = isFirst || m_admission.grantId != admission.grantId || m_admission.appId != admission.appId
                        || m_admission.userId != admission.userId;
    const bool mayRead = admission.may(Permission::Read);
    // A viewer of the same application stays in its channel, and so misses no entry.
    const bool staysInPlace = !isFirst && m_admission.appId == admission.appId && m_viewer.mayRead == mayRead && !since;
    if (!staysInPlace)
        context.fanout.leave(m_viewer);
    context.door.connectionOpened(admission);
    context.door.connectionClosed(m_admission);
    m_admission = std::move(admission);
    m_origin = LogOrigin(m_admission.appId, m_admission.userId);
    m_viewer.appId = m_admission.appId;
    m_viewer.isProducer = false;
    m_viewer.mayRead = mayRead;
    m_viewer.wantsLogs = m_wantsLogs && mayRead;
    if (isNews)
        note(AuditEvent::Kind::SignedIn, std::string(m_admission.roleText()));
    m_peer.send(
        encode(AuthSuccess{m_admission.appId, m_admission.userId, m_admission.grantId > 0 ? m_admission.role : std::nullopt}));
    if (mayRead)
        context.metrics.subscribe(m_viewer.out, m_metricsInterval, m_wantsDetail);
    else
        context.metrics.unsubscribe(m_viewer.out);
    if (!staysInPlace)
        context.fanout.join(m_viewer, mayRead ? since : std::nullopt);
    context.resumePoints.greet(m_viewer);
    tellTrouble();
}

Producer& SignedIn::producer()
{
    if (!m_producer)
        m_producer = std::make_unique<Producer>(m_peer, m_viewer);
    return *m_producer;
}

void SignedIn::handle(LogsRequest& logs)
{
    producer().take(logs);
}

void SignedIn::handle(AppMetricsRequest& report)
{
    producer().take({m_origin.appId(), m_origin.userId(), report.timestampMs, std::move(report.metricsJson)});
}

void SignedIn::flush()
{
    if (m_producer)
        m_producer->flush();
}

void SignedIn::handle(FilterRequest& filter)
{
    m_peer.context.fanout.setFilter(m_viewer, std::move(filter.filter));
}

void SignedIn::handle(HistoryRequest& request)
{
    SessionContext& context = m_peer.context;
    const bool isTooMuch = context.memory.isTooMuchFor(m_viewer.out.unsentBytes());
    const OpenQuestions::Place place = isTooMuch ? nullptr : context.questions.take(m_peer.address(), m_viewer.out.peerPort());
    if (!place) {
        context.limitHits.add(isTooMuch ? LimitHit::Memory : LimitHit::HistoryRequests);
        return m_peer.send(
            encode(ErrorMessage{"too_many_requests", "wait for the answers to your earlier questions", "history"}));
    }
    if (!m_gone.stop_possible())
        m_gone = std::stop_source();
    HistoryQuery query{m_origin.appId(), m_viewer.filter, request.limit, request.beforeId, request.beforeTimeMs};
    query.storedOnly = request.stored.value_or(false);
    query.stop = m_gone.get_token();
    context.hub.history().query(query, [this, gone = query.stop, request, place, appId = query.appId](const HistoryPage& page) {
        if (gone.stop_requested())
            return;
        // What is on disk by now was sent before, to all who do not lag.
        if (request.stored.value_or(false))
            m_peer.context.fanout.flush(appId);
        // The newest are kept where not all fit an answer; `before` gets the others.
        std::size_t bytes = 0;
        std::size_t first = page.entries.size();
        while (first > 0 && bytes < historyBytes)
            bytes += page.entries[--first].json().size();
        m_peer.send(encodeHistory(std::span(page.entries).subspan(first), request));
    });
}

void SignedIn::handle(MetricsRequest&)
{
    m_peer.context.metrics.sendNow(m_viewer.out);
}

void SignedIn::handle(SubscribeRequest& subscribe)
{
    if (subscribe.metricsIntervalMs)
        m_metricsInterval = std::chrono::milliseconds(*subscribe.metricsIntervalMs);
    if (subscribe.detail)
        m_wantsDetail = *subscribe.detail;
    if ((subscribe.metricsIntervalMs || subscribe.detail) && m_admission.may(Permission::Read))
        m_peer.context.metrics.subscribe(m_viewer.out, m_metricsInterval, m_wantsDetail);
    if (subscribe.logs) {
        m_wantsLogs = *subscribe.logs;
        m_peer.context.fanout.setWantsLogs(m_viewer, m_wantsLogs);
    }
}

void SignedIn::handle(ClearRequest&)
{
    if (m_peer.context.hub.clear({m_origin.appId(), m_origin.userId()}))
        note(AuditEvent::Kind::Cleared);
}

void SignedIn::handle(StatusRequest&)
{
    const bool isActive = m_peer.context.fanout.producerCount(m_origin.appId()) > 0;
    m_peer.send(encode(
        StatusResponse{true, isActive ? "a producer is connected" : "no producer is connected", true, true, true, isActive}));
}

void SignedIn::handle(CommandRequest& command)
{
    Fanout& fanout = m_peer.context.fanout;
    const std::optional<int> delivered = m_peer.context.hub.acceptCommand(
        {m_origin.appId(), m_origin.userId(), QDateTime::currentMSecsSinceEpoch(), command.type, std::move(command.dataJson)},
        [&fanout](const AppCommand& accepted) { return fanout.deliver(accepted); });
    if (!delivered)
        return m_peer.refuseApplication("command");
    note(AuditEvent::Kind::Commanded, std::move(command.type));
    const char* const outcome = *delivered > 0 ? "passed to the application's producers"
                                : fanout.producerCount(m_origin.appId()) > 0
                                    ? "no producer of this application takes any more at present"
                                    : "no producer of this application is connected";
    m_peer.send(encode(CommandResponse{*delivered > 0, outcome, *delivered}));
}

void SignedIn::handle(LastActionsRequest&)
{
    m_peer.send(encode(LastActions{m_peer.context.hub.lastCommands(m_origin.appId())}));
}

void SignedIn::note(AuditEvent::Kind kind, std::string detail)
{
    m_peer.note(kind, m_admission.userId, m_admission.appId, std::move(detail));
}

void SignedIn::noteTaken()
{
    m_peer.context.fanout.drained(m_viewer);
}

void SignedIn::tellTrouble()
{
    if (!m_peer.context.trouble.isEmpty())
        m_peer.send(m_peer.context.trouble);
}

void SignedIn::noteUse(std::int64_t nowMs)
{
    if (m_admission.grantId > 0)
        m_peer.context.door.noteUse(m_admission.grantId, nowMs);
}

std::uint64_t SignedIn::entriesBehind() const
{
    return m_peer.context.fanout.entriesBehind(m_viewer);
}

} // namespace vigie
