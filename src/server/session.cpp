// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/session.h"

#include "core/clock.h"
#include "hub/hub.h"
#include "protocol/encoder.h"
#include "server/acknowledgements.h"
#include "server/closecodes.h"
#include "server/doorkeeper.h"
#include "server/fanout.h"
#include "server/frame.h"
#include "server/metricsfeed.h"

#include <QDateTime>
#include <QSslSocket>
#include <QStringEncoder>
#include <QTcpSocket>
#include <QWebSocket>

namespace vigie {

namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

constexpr auto closeDeadline = 2s; // a peer that does not answer our close frame is cut
constexpr std::size_t historyBytes = 4 * 1024 * 1024; // of one answer

/// What one must be allowed to do for a message, and its type; nothing: to be signed in is enough.
struct Needs
{
    std::optional<Permission> permission;
    const char* type = "";
};

struct NeedsOf
{
    Needs operator()(const AuthRequest&) const { return {}; }
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

std::string forbiddenText(Role role, Permission needed)
{
    const char* const what = needed == Permission::Read ? "read" : needed == Permission::Write ? "send" : "clear or command";
    return "the role " + std::string(roleName(role)) + " may not " + what;
}

} // namespace

Session::Session(QWebSocket* webSocket, QTcpSocket* tcpSocket, SessionContext& context, AuthRequest identity,
                 Time now, QObject* parent)
    : QObject(parent), m_webSocket(webSocket), m_tcpSocket(tcpSocket), m_context(context),
      m_viewer(tcpSocket), m_identity(std::move(identity)), m_metricsInterval(MetricsFeed::usualInterval),
      m_opened(now), m_now(now), m_lastHeard(now), m_lastPing(now), m_lastTaken(now)
{
    m_webSocket->setParent(nullptr);
    m_webSocket->setMaxAllowedIncomingFrameSize(context.limits.messageBytes);
    m_webSocket->setMaxAllowedIncomingMessageSize(context.limits.messageBytes);

    connect(m_webSocket.get(), &QWebSocket::textMessageReceived, this, &Session::receiveText);
    connect(m_webSocket.get(), &QWebSocket::binaryMessageReceived, this, [this](QByteArray message) {
        const auto size = static_cast<std::size_t>(message.size());
        message.reserve(message.size() + qsizetype(Decoder::padding));
        receive({message.constData(), size});
    });
    const auto frameCame = [this](const auto&, bool isLast) { m_fragmented = !isLast; };
    connect(m_webSocket.get(), &QWebSocket::textFrameReceived, this, frameCame);
    connect(m_webSocket.get(), &QWebSocket::binaryFrameReceived, this, frameCame);
    connect(m_webSocket.get(), &QWebSocket::pong, this, [this] { m_unansweredPings = 0; });
    connect(m_webSocket.get(), &QWebSocket::disconnected, this, &Session::ended);
    connect(m_webSocket.get(), &QWebSocket::aboutToClose, this, [this] { m_out.close(); });
    connect(tcpSocket, &QTcpSocket::readyRead, this, [this] {
        m_heard = true;
        m_out.expectQtToWrite(); // it answers pings by itself
        endIfUnread();
        // Qt sets it again whenever it takes something out of its buffer.
        if (m_pausedReading)
            m_pausedReading->setEnabled(false);
    });
    const auto noteTaken = [this] {
        m_taken = true;
        m_context.fanout.drained(m_viewer);
    };
    if (auto* tls = qobject_cast<QSslSocket*>(tcpSocket))
        connect(tls, &QSslSocket::encryptedBytesWritten, this, noteTaken);
    else
        connect(tcpSocket, &QTcpSocket::bytesWritten, this, noteTaken);

    connect(&context.hub, &Hub::caughtUp, this, &Session::resume);
    connect(&context.fanout, &Fanout::uncongested, this, &Session::resume);
    // Qt would take all there is; a whole message must fit.
    tcpSocket->setReadBufferSize(static_cast<qint64>(context.limits.messageBytes) + context.limits.readAheadBytes);

    send(encode(ConnectMessage{m_identity.appId, m_identity.userId}));
}

Session::~Session()
{
    m_context.metrics.unsubscribe(m_out);
    m_context.fanout.leave(m_viewer);
    // They may still have something to say while they go, and what it is about must not be half gone then.
    m_webSocket->disconnect(this);
    if (m_tcpSocket)
        m_tcpSocket->disconnect(this);
    m_webSocket.reset();
}

void Session::receiveText(const QString& message)
{
    QStringEncoder encoder(QStringEncoder::Utf8);
    QByteArray utf8(encoder.requiredSpace(message.size()) + qsizetype(Decoder::padding), Qt::Uninitialized);
    const char* end = encoder.appendToBuffer(utf8.data(), message);
    receive({utf8.constData(), static_cast<std::size_t>(end - utf8.constData())});
}

void Session::receive(std::string_view json)
{
    if (m_closing)
        return;
    if (m_pausedReading) {
        m_held.emplace_back().reserve(json.size() + Decoder::padding);
        m_held.back() = json;
        return;
    }
    m_messageStarted = Time(-1); // whatever has come of the next one is new
    m_out.expectQtToWrite(); // a ping may have come in between
    Decoded decoded = m_context.decoder.decode(json, m_origin.get(), QDateTime::currentMSecsSinceEpoch());
    if (const auto* error = std::get_if<ErrorMessage>(&decoded)) {
        if (!m_origin && (error->code == notAuthenticatedCode || error->requestType == "auth"))
            send(encode(AuthErrorMessage{error->message}));
        else
            send(encode(*error));
    } else {
        auto& message = std::get<ClientMessage>(decoded);
        const Needs needs = std::visit(NeedsOf(), message);
        if (needs.permission && !may(m_admission.role, *needs.permission))
            send(encode(ErrorMessage{"forbidden", forbiddenText(m_admission.role, *needs.permission), needs.type}));
        else
            std::visit([this](auto& one) { handle(one); }, message);
    }
    endIfUnread();
}

void Session::endIfUnread()
{
    if (m_out.unsentBytes() > m_context.limits.unsentBytes)
        close(TooSlow, u"answers are not read"_s);
}

void Session::send(const QByteArray& json)
{
    m_out.write(textFrame(json));
}

void Session::tellTrouble()
{
    if (m_origin && !m_closing && !m_context.trouble.isEmpty())
        send(m_context.trouble);
}

void Session::handle(AuthRequest& auth)
{
    AuthRequest wanted = m_identity;
    if (!auth.appId.empty())
        wanted.appId = auth.appId;
    if (!auth.userId.empty())
        wanted.userId = auth.userId;
    const QHostAddress address = m_tcpSocket ? m_tcpSocket->peerAddress() : QHostAddress();
    const std::int64_t nowMs = QDateTime::currentMSecsSinceEpoch();
    auto answer = m_context.door.admit({wanted.userId, wanted.appId, auth.token, address}, nowMs, steadyNow());
    if (const auto* refusal = std::get_if<Refusal>(&answer))
        return refuseAuth({refusal->message, refusal->code, refusal->retryAfterMs});
    const auto& admission = std::get<Admission>(answer);
    if (admission.appId.empty() || admission.userId.empty())
        return refuseAuth({admission.appId.empty() ? "appId is missing" : "userId is missing"});

    m_context.fanout.leave(m_viewer);
    m_admission = admission;
    m_identity.appId = admission.appId;
    m_identity.userId = admission.userId;
    m_origin = std::make_unique<LogOrigin>(admission.appId, admission.userId);
    m_viewer.appId = admission.appId;
    m_viewer.isProducer = false;
    const bool mayRead = may(admission.role, Permission::Read);
    m_viewer.wantsLogs = m_wantsLogs && mayRead;
    m_context.door.note(AuditEvent::Kind::SignedIn, admission.userId, admission.appId, address, std::string(roleName(admission.role)), nowMs);
    send(encode(AuthSuccess{admission.appId, admission.userId, admission.grantId > 0 ? std::optional(admission.role) : std::nullopt}));
    if (mayRead)
        m_context.metrics.subscribe(m_out, m_metricsInterval, m_wantsDetail);
    else
        m_context.metrics.unsubscribe(m_out);
    m_context.fanout.join(m_viewer, mayRead ? auth.since : std::nullopt);
    tellTrouble();
}

void Session::refuseAuth(const AuthErrorMessage& why)
{
    // Who is signed in stays so.
    if (m_origin)
        send(encode(ErrorMessage{"forbidden", why.message, "auth"}));
    else
        send(encode(why));
}

void Session::checkAdmission()
{
    if (m_closing || !m_origin)
        return;
    if (const char* why = m_context.door.whyNoLonger(m_admission, QDateTime::currentMSecsSinceEpoch()))
        close(TokenNoLongerGood, QString::fromLatin1(why));
}

void Session::handle(LogsRequest& logs)
{
    m_viewer.isProducer = true;
    LogsAck ack{logs.batch.size(), {}};
    if (!logs.batch.empty())
        ack.lastId = logs.batch.id(logs.batch.size() - 1);
    m_context.hub.acceptLogs(std::move(logs.batch), logs.ack);
    if (logs.ack)
        m_context.acks.await(this, [this, ack] { send(encode(ack)); });
    m_waitsForDisk = logs.ack;
    pauseWhileBehind();
}

bool Session::mustWait() const
{
    return m_context.hub.isBehind(m_waitsForDisk) || m_context.fanout.isCongested(m_viewer.appId);
}

void Session::pauseWhileBehind()
{
    if (m_pausedReading || !m_tcpSocket || !mustWait())
        return;
    // Nothing is taken from the kernel any more, so TCP slows the producer down. Qt offers no way to hold a
    // QWebSocket back; it reads when this notifier says so.
    for (QSocketNotifier* notifier : m_tcpSocket->findChildren<QSocketNotifier*>()) {
        if (notifier->type() == QSocketNotifier::Read) {
            notifier->setEnabled(false);
            m_pausedReading = notifier;
        }
    }
}

void Session::resume()
{
    if (!m_pausedReading || mustWait())
        return;
    const QPointer<QSocketNotifier> notifier = std::exchange(m_pausedReading, nullptr);
    m_lastHeard = m_now; // the silence was of our making
    m_unansweredPings = 0;
    while (!m_held.empty() && !m_pausedReading && !m_closing) {
        const std::string message = std::move(m_held.front());
        m_held.pop_front();
        receive(message);
    }
    if (notifier && !m_pausedReading)
        notifier->setEnabled(true);
}

void Session::handle(FilterRequest& filter)
{
    m_context.fanout.setFilter(m_viewer, std::move(filter.filter));
}

void Session::handle(HistoryRequest& request)
{
    HistoryQuery query{m_origin->appId(), m_viewer.filter, request.limit, request.beforeId, request.beforeTimeMs};
    m_context.hub.history().query(query, [self = QPointer(this), request](const HistoryPage& page) {
        if (!self)
            return;
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
    if ((subscribe.metricsIntervalMs || subscribe.detail) && may(m_admission.role, Permission::Read))
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
}

void Session::handle(ClearRequest&)
{
    note(AuditEvent::Kind::Cleared, {});
    m_context.hub.clear({m_origin->appId(), m_origin->userId()});
}

void Session::note(AuditEvent::Kind kind, std::string detail)
{
    m_context.door.note(kind, m_origin->userId(), m_origin->appId(), m_tcpSocket ? m_tcpSocket->peerAddress() : QHostAddress(),
                        std::move(detail), QDateTime::currentMSecsSinceEpoch());
}

void Session::handle(StatusRequest&)
{
    const bool isActive = m_context.fanout.producerCount(m_origin->appId()) > 0;
    send(encode(StatusResponse{true, isActive ? "a producer is connected" : "no producer is connected", true,
                               true, true, isActive}));
}

void Session::handle(CommandRequest& command)
{
    const int producers = m_context.fanout.producerCount(m_origin->appId());
    note(AuditEvent::Kind::Commanded, command.type);
    m_context.hub.acceptCommand({m_origin->appId(), m_origin->userId(), QDateTime::currentMSecsSinceEpoch(),
                                 std::move(command.type), std::move(command.dataJson)});
    send(encode(CommandResponse{producers > 0,
                                producers > 0 ? "passed to the application's producers"
                                              : "no producer of this application is connected",
                                producers}));
}

void Session::handle(LastActionsRequest&)
{
    send(encode(LastActions{m_context.hub.lastCommands(m_origin->appId())}));
}

void Session::tick(Time now)
{
    m_now = now;
    if (m_closing) {
        if (now - m_closeStarted > closeDeadline)
            m_webSocket->abort();
        return;
    }
    if (std::exchange(m_heard, false)) {
        m_lastHeard = now;
        m_unansweredPings = 0;
    }
    if (!m_origin && now - m_opened >= m_context.limits.authDeadline) {
        send(encode(AuthErrorMessage{"not signed in in time"}));
        return close(DeadlinePassed, u"not signed in in time"_s);
    }
    if (m_admission.expiresMs && QDateTime::currentMSecsSinceEpoch() >= *m_admission.expiresMs)
        checkAdmission();
    watchReader(now);
    if (m_pausedReading) // what the peer sends or leaves out is not to be judged now
        return;
    watchMessage(now);
    watchSilence(now);
}

void Session::watchMessage(Time now)
{
    // Qt takes a frame's payload from the socket only when all of it has come.
    const bool unfinished = m_fragmented || (m_tcpSocket && m_tcpSocket->bytesAvailable() > 0);
    if (!unfinished)
        m_messageStarted = Time(-1);
    else if (m_messageStarted < Time(0))
        m_messageStarted = now;
    else if (now - m_messageStarted >= m_context.limits.messageDeadline)
        close(DeadlinePassed, u"a message was not completed in time"_s);
}

void Session::watchReader(Time now)
{
    if (std::exchange(m_taken, false) || m_out.unsentBytes() == 0)
        m_lastTaken = now;
    else if (now - m_lastTaken >= m_context.limits.unreadDeadline)
        close(TooSlow, u"nothing was read for too long"_s);
}

void Session::watchSilence(Time now)
{
    // A peer that still has bytes to take cannot see our ping yet: watchReader() looks after it.
    const auto interval = m_context.limits.pingInterval;
    if (m_out.unsentBytes() > 0 || now - m_lastHeard < interval || now - m_lastPing < interval)
        return;
    if (m_unansweredPings == 2)
        return m_webSocket->abort();
    ++m_unansweredPings;
    m_lastPing = now;
    m_webSocket->ping();
    m_out.expectQtToWrite();
}

void Session::close(int code, const QString& reason)
{
    if (m_closing)
        return;
    m_closing = true;
    m_closeStarted = m_now;
    m_context.metrics.unsubscribe(m_out);
    m_context.fanout.leave(m_viewer);
    m_out.close();
    m_webSocket->close(static_cast<QWebSocketProtocol::CloseCode>(code), reason);
}

} // namespace vigie
