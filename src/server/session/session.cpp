// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/session/session.h"

#include "core/clock.h"
#include "hub/hub.h"
#include "protocol/encoder.h"
#include "server/net/addresslimits.h"
#include "server/net/closecodes.h"
#include "server/access/authenticator.h"
#include "server/fanout/fanout.h"
#include "server/net/frame.h"
#include "server/fanout/metricsfeed.h"
#include "server/net/peeruser.h"

#include <QDateTime>
#include <QSslSocket>
#include <QStringEncoder>
#include <QTcpSocket>
#include <QTimer>
#include <QWebSocket>

namespace vigie {

namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

constexpr auto closeDeadline = 2s; // a peer that does not answer our close frame is cut
constexpr qint64 strangersReadAhead = 4 * 1024;

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

/// The socket's, or one made now, which does not see what is read at once.
Arrivals* arrivalsOf(QTcpSocket* socket)
{
    auto* const arrivals = socket->findChild<Arrivals*>(QString(), Qt::FindDirectChildrenOnly);
    return arrivals ? arrivals : new Arrivals(socket);
}

std::string forbiddenText(const Admission& admission, Permission needed)
{
    const char* const what = needed == Permission::Read ? "read" : needed == Permission::Write ? "send" : "clear or command";
    return "the role " + std::string(admission.roleText()) + " may not " + what;
}

} // namespace

Session::Session(std::uint64_t id, QWebSocket* webSocket, QTcpSocket* tcpSocket, SessionContext& context, AuthRequest identity,
                 Time now, QObject* parent)
    : QObject(parent), m_id(id), m_webSocket(webSocket), m_tcpSocket(tcpSocket), m_address(tcpSocket->peerAddress()),
      m_isOwners(context.door.asksWhose(m_address) && isOwnersProcess(tcpSocket)), m_port(tcpSocket->peerPort()),
      m_context(context), m_memory(context.memory, this), m_viewer(tcpSocket, &m_memory), m_identity(std::move(identity)),
      m_metricsInterval(MetricsFeed::usualInterval), m_arrivals(arrivalsOf(tcpSocket)),
      m_sinceMs(QDateTime::currentMSecsSinceEpoch()), m_seen(now), m_opened(now), m_now(now), m_lastHeard(now), m_lastPing(now),
      m_lastTaken(now)
{
    const SessionLimits& limits = context.limits;
    if (limits.limitsLoopback || !m_address.isLoopback()) {
        m_messages.emplace(limits.messagesPerSecond, limits.messagesPerSecond, now);
        m_bytes.emplace(limits.receiveBytesPerSecond, limits.receiveBytesPerSecond, now);
    }
    m_webSocket->setParent(nullptr);
    takeMessagesUpTo(std::min(limits.strangersMessageBytes, limits.messageBytes), strangersReadAhead);
    m_arrivals->take(); // the handshake

    connect(m_webSocket.get(), &QWebSocket::textMessageReceived, this, &Session::receiveText);
    connect(m_webSocket.get(), &QWebSocket::binaryMessageReceived, this, [this](QByteArray message) {
        const auto size = static_cast<std::size_t>(message.size());
        message.reserve(message.size() + qsizetype(Decoder::padding));
        receive({message.constData(), size});
    });
    const auto frameCame = [this](const auto& frame, bool isLast) {
        m_fragmented = !isLast;
        m_fragmentBytes = isLast ? 0 : m_fragmentBytes + frame.size() * qint64(sizeof *frame.constData());
        if (!isLast)
            countFrame(); // the last is counted as the message
    };
    connect(m_webSocket.get(), &QWebSocket::textFrameReceived, this, frameCame);
    connect(m_webSocket.get(), &QWebSocket::binaryFrameReceived, this, frameCame);
    connect(m_webSocket.get(), &QWebSocket::pong, this, [this] {
        m_unansweredPings = 0;
        countFrame();
    });
    for (QObject* child : m_webSocket->children()) {
        if (child->inherits("QWebSocketDataProcessor"))
            connect(child, SIGNAL(pingReceived(QByteArray)), this, SLOT(countFrame()));
    }
    connect(m_webSocket.get(), &QWebSocket::disconnected, this, [this] {
        if (m_webSocket->closeCode() == QWebSocketProtocol::CloseCodeTooMuchData)
            m_context.limitHits.add(LimitHit::MessageSize);
        Q_EMIT ended();
    });
    connect(m_webSocket.get(), &QWebSocket::aboutToClose, this, [this] { m_out.close(); });
    connect(tcpSocket, &QTcpSocket::readyRead, this, [this] {
        m_heard = true;
        m_out.expectQtToWrite(); // it answers pings by itself
        endIfUnread();
        countInput();
        const qint64 came = m_arrivals->take();
        m_received += came;
        if (m_bytes)
            m_bytes->take(double(came), steadyNow());
        keepToRate();
        // Qt sets it again whenever it takes something out of its buffer.
        if (m_pausedReading)
            m_pausedReading->setEnabled(false);
    });
    const auto noteTaken = [this] {
        m_taken = true;
        m_out.unsentBytes(); // which is less now: what all hold is counted by it
        m_context.fanout.drained(m_viewer);
    };
    if (auto* tls = qobject_cast<QSslSocket*>(tcpSocket))
        connect(tls, &QSslSocket::encryptedBytesWritten, this, noteTaken);
    else
        connect(tcpSocket, &QTcpSocket::bytesWritten, this, noteTaken);

    m_caughtUp = connect(&context.hub, &Hub::caughtUp, this, &Session::resume);
    connect(&context.fanout, &Fanout::uncongested, this, &Session::resume);

    send(encode(ConnectMessage{m_identity.appId, m_identity.userId}));
}

Session::~Session()
{
    m_gone.request_stop();
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
    if (m_pausedReading)
        return hold(m_held.end(), json, false);
    countFrame();
    take(json);
}

void Session::take(std::string_view json)
{
    keepToRate();
    m_messageStarted = Time(-1); // whatever has come of the next one is new
    m_out.expectQtToWrite(); // a ping may have come in between
    Decoded decoded = m_context.decoder.decode(json, m_origin.get(), QDateTime::currentMSecsSinceEpoch());
    if (const auto* error = std::get_if<ErrorMessage>(&decoded)) {
        if (error->hit)
            m_context.limitHits.add(*error->hit);
        if (!m_origin && (error->code == notAuthenticatedCode || error->requestType == "auth"))
            send(encode(AuthErrorMessage{error->message}));
        else
            send(encode(*error));
        noteFailure();
    } else {
        auto& message = std::get<ClientMessage>(decoded);
        const Needs needs = std::visit(NeedsOf(), message);
        if (needs.permission && !m_admission.may(*needs.permission)) {
            const std::string why = forbiddenText(m_admission, *needs.permission);
            send(encode(ErrorMessage{"forbidden", why, needs.type}));
            m_context.door.noteForbidden(m_admission, m_identity.appId, m_address, needs.type, why,
                                         QDateTime::currentMSecsSinceEpoch());
        } else {
            if (const auto* logs = std::get_if<LogsRequest>(&message); logs && m_context.hub.isBehind(logs->ack))
                return holdBack(json, logs->ack);
            if (std::holds_alternative<AppMetricsRequest>(message) && m_context.hub.isBehind(false))
                return holdBack(json, m_waitsForDisk);
            std::visit([this](auto& one) { handle(one); }, message);
        }
    }
    endIfUnread();
}

void Session::endIfUnread()
{
    if (m_closing || m_out.unsentBytes() <= m_context.limits.unsentBytes)
        return;
    m_context.limitHits.add(LimitHit::Unsent);
    close(TooSlow, u"answers are not read"_s);
}

void Session::noteFailure()
{
    if (m_origin || ++m_failures < m_context.limits.failures || m_closing)
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
    info.userId = m_identity.userId;
    info.appId = m_identity.appId;
    if (m_admission.grantId > 0)
        info.role = m_admission.role;
    info.grantId = m_admission.grantId;
    info.isProducer = m_viewer.isProducer;
    info.address = addressText(m_address).toStdString();
    info.network = m_address.isLoopback() ? std::string() : peerNetwork(m_address).toStdString();
    info.sinceMs = m_sinceMs;
    info.inBytesPerSecond = double(m_received - std::exchange(m_seenReceived, m_received)) / seconds;
    info.outBytesPerSecond = double(m_out.writtenBytes() - std::exchange(m_seenWritten, m_out.writtenBytes())) / seconds;
    info.unsentBytes = m_out.unsentBytes();
    info.entriesBehind = m_origin ? m_context.fanout.entriesBehind(m_viewer) : 0;
    m_seen = now;
    return info;
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

void Session::checkAdmission()
{
    if (m_closing || !m_origin)
        return;
    if (const auto refusal = m_context.door.whyNoLonger(m_admission, QDateTime::currentMSecsSinceEpoch()))
        close(TokenNoLongerGood, QString::fromStdString(refusal->message));
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
    if (!m_origin && !m_asksToJoin && now - m_opened >= m_context.limits.authDeadline) {
        m_context.limitHits.add(LimitHit::SignInTime);
        send(encode(AuthErrorMessage{"not signed in in time"}));
        return close(DeadlinePassed, u"not signed in in time"_s);
    }
    if (m_admission.grantId > 0)
        m_context.door.noteUse(m_admission.grantId, QDateTime::currentMSecsSinceEpoch());
    if (m_admission.expiresMs && QDateTime::currentMSecsSinceEpoch() >= *m_admission.expiresMs)
        checkAdmission();
    watchReader(now);
    if (m_pausedReading) { // what the peer sends or leaves out is not to be judged now
        // The disk may take nothing for hours: only by what is written to it do we see that a peer has gone.
        if (m_waitsForDisk && now - m_lastPing >= m_context.limits.pingInterval)
            ping(now);
        return;
    }
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
    else if (now - m_messageStarted >= m_context.limits.messageDeadline) {
        m_context.limitHits.add(LimitHit::MessageTime);
        close(DeadlinePassed, u"a message was not completed in time"_s);
    }
}

void Session::watchReader(Time now)
{
    if (std::exchange(m_taken, false) || m_out.unsentBytes() == 0)
        m_lastTaken = now;
    else if (now - m_lastTaken >= m_context.limits.unreadDeadline) {
        m_context.limitHits.add(LimitHit::UnreadTime);
        close(TooSlow, u"nothing was read for too long"_s);
    }
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
    ping(now);
}

void Session::ping(Time now)
{
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
    m_gone.request_stop();
    m_context.metrics.unsubscribe(m_out);
    m_context.fanout.leave(m_viewer);
    m_out.close();
    m_held.clear();
    m_heldBytes = 0;
    countInput();
    m_memory.leave();
    m_webSocket->close(static_cast<QWebSocketProtocol::CloseCode>(code), reason);
}

void Session::sendAway()
{
    m_context.limitHits.add(LimitHit::Memory);
    close(TooSlow, u"clients hold too much together, and you the most"_s);
}

void Session::cut()
{
    m_webSocket->abort();
    // What it held is gone at once, and others need not go for it.
    m_out.unsentBytes();
    m_fragmentBytes = 0;
    countInput();
}

} // namespace vigie
