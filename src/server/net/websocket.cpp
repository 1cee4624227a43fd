// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/websocket.h"

#include "core/clock.h"
#include "server/net/closecodes.h"

#include <utility>

namespace vigie {

namespace {

using namespace std::chrono_literals;

constexpr auto rateReminder = 10s; // a client that sends too much is told so this often
constexpr std::uint8_t maxUnansweredPings = 2;

} // namespace

static_assert(Connection::padding >= FrameReader::padding);

WebSocket::WebSocket(std::unique_ptr<Connection> connection, const WebSocketLimits& limits, LimitHits& hits, WebSocketUser& user,
                     Time now)
    : m_connection(std::move(connection)), m_limits(limits), m_hits(hits), m_user(user),
      m_seenBytes(m_connection->receivedBytes()), m_now(now), m_lastHeard(now), m_lastPing(now),
      m_lastTaken(now)
{
    if (limits.limitsLoopback || !m_connection->peerAddress().isLoopback()) {
        m_rate.reset(new Rate{{limits.messagesPerSecond, limits.messagesPerSecond, now},
                              {limits.receiveBytesPerSecond, limits.receiveBytesPerSecond, now}});
    }
}

void WebSocket::start()
{
    m_connection->setReader(*this);
}

void WebSocket::setMaxMessage(std::size_t bytes, std::size_t readAheadBytes)
{
    m_frames.setMaxMessage(bytes);
    m_connection->setMaxRead(readAheadBytes);
}

void WebSocket::sendText(QByteArrayView text)
{
    m_connection->send(textFrame(text));
}

std::size_t WebSocket::read(std::span<char> bytes)
{
    m_heard = true;
    m_isReading = true;
    if (m_rate) {
        const qint64 all = m_connection->receivedBytes();
        m_rate->bytes.take(double(all - std::exchange(m_seenBytes, all)), steadyNow());
    }
    endIfUnread();
    std::span<char> left = bytes;
    while (!m_isClosing && !m_connection->isPaused() && handle(m_frames.next(left))) { }
    if (!m_isClosing)
        m_user.noteLastTaken();
    m_isReading = false;
    countKept();
    keepToRate();
    return bytes.size() - left.size();
}

bool WebSocket::handle(const FrameReader::Event& event)
{
    using What = FrameReader::What;
    if (event.what == What::Nothing)
        return false;
    if (event.what == What::Close || event.what == What::Broken) {
        answerClose(event);
        return false;
    }
    countMessage();
    if (event.what == What::Message) {
        m_messageStarted = Time(-1); // whatever has come of the next one is new
        m_user.take({event.payload.data(), event.payload.size()});
    } else if (event.what == What::Ping) {
        m_connection->send(controlFrame(Opcode::Pong, {event.payload.data(), qsizetype(event.payload.size())}));
    } else if (event.what == What::Pong) {
        m_unansweredPings = 0;
    }
    endIfUnread();
    return true;
}

void WebSocket::countMessage()
{
    if (!m_rate)
        return;
    m_rate->messages.take(1, steadyNow());
    keepToRate();
}

void WebSocket::keepToRate()
{
    if (!m_rate || m_rate->isResting || m_isClosing)
        return;
    const Time now = steadyNow();
    const Time rest = m_rate->debt(now);
    if (rest == Time(0))
        return;
    m_hits.add(m_rate->messages.debt(now) > Time(0) ? LimitHit::Messages : LimitHit::Bytes);
    m_rate->isResting = true;
    m_connection->setDeadline(rest);
    updatePause();
    if (m_rate->told == Time(0) || now - m_rate->told >= rateReminder) {
        m_rate->told = now;
        m_user.noteSlowed();
    }
}

void WebSocket::deadlinePassed()
{
    // More may have come with what was too much, and a timer may be a little early.
    if (const Time left = m_rate->debt(steadyNow()); left > Time(0))
        return m_connection->setDeadline(left);
    m_rate->isResting = false;
    updatePause();
}

void WebSocket::updatePause()
{
    const bool isPaused = m_isHeld || (m_rate && m_rate->isResting);
    if (isPaused == m_connection->isPaused())
        return;
    if (!isPaused) {
        m_lastHeard = m_now; // the silence was of our making
        m_unansweredPings = 0;
        if (m_messageStarted >= Time(0))
            m_messageStarted = m_now; // and so was what has not come of a message
    }
    m_connection->setPaused(isPaused);
}

void WebSocket::pause(bool isLong)
{
    m_isHeld = true;
    m_isHeldLong = isLong;
    updatePause();
}

void WebSocket::resume()
{
    m_isHeld = false;
    updatePause();
}

void WebSocket::countKept()
{
    if (m_isClosing)
        m_frames = {};
    const auto kept = qint64(m_frames.keptBytes());
    m_connection->memory().add(kept - std::exchange(m_counted, kept));
}

void WebSocket::endIfUnread()
{
    if (m_isClosing || m_connection->unsentBytes() <= m_limits.unsentBytes)
        return;
    m_hits.add(LimitHit::Unsent);
    close(TooSlow, "answers are not read");
}

void WebSocket::noteTaken()
{
    m_taken = true;
    m_user.noteTaken();
}

void WebSocket::tick(Time now)
{
    m_now = now;
    if (m_isClosing)
        return;
    if (std::exchange(m_heard, false)) {
        m_lastHeard = now;
        m_unansweredPings = 0;
    }
    watchReader(now);
    if (m_connection->isPaused()) { // what the peer sends or leaves out is not to be judged now
        // Only by what is written to it do we see that a peer has gone.
        if (m_isHeld && m_isHeldLong && now - m_lastPing >= m_limits.pingInterval)
            ping(now);
        return;
    }
    watchMessage(now);
    watchSilence(now);
}

void WebSocket::watchMessage(Time now)
{
    const bool isUnfinished = m_frames.isWithinMessage() || m_connection->keptBytes() > 0;
    if (!isUnfinished)
        m_messageStarted = Time(-1);
    else if (m_messageStarted < Time(0))
        m_messageStarted = now;
    else if (now - m_messageStarted >= m_limits.messageDeadline) {
        m_hits.add(LimitHit::MessageTime);
        close(DeadlinePassed, "a message was not completed in time");
    }
}

void WebSocket::watchReader(Time now)
{
    if (std::exchange(m_taken, false) || m_connection->unsentBytes() == 0)
        m_lastTaken = now;
    else if (now - m_lastTaken >= m_limits.unreadDeadline) {
        m_hits.add(LimitHit::UnreadTime);
        close(TooSlow, "nothing was read for too long");
    }
}

void WebSocket::watchSilence(Time now)
{
    // A peer that still has bytes to take cannot see our ping yet: watchReader() looks after it.
    const Time interval = m_limits.pingInterval;
    if (m_isClosing || m_connection->unsentBytes() > 0 || now - m_lastHeard < interval || now - m_lastPing < interval)
        return;
    if (m_unansweredPings == maxUnansweredPings)
        return m_connection->abort();
    ++m_unansweredPings;
    ping(now);
}

void WebSocket::ping(Time now)
{
    m_lastPing = now;
    // Of a peer that has gone while it is not read nothing else tells.
    if (m_connection->send(controlFrame(Opcode::Ping, {})) == Connection::Sent::Dropped)
        m_connection->abort();
}

void WebSocket::answerClose(const FrameReader::Event& event)
{
    if (event.what == FrameReader::What::Broken && event.code == MessageTooLarge)
        m_hits.add(LimitHit::MessageSize);
    const QByteArrayView reason = event.what == FrameReader::What::Broken
        ? QByteArrayView(event.why)
        : QByteArrayView(event.payload.data(), qsizetype(event.payload.size()));
    close(event.code, reason);
}

void WebSocket::close(int code, QByteArrayView reason)
{
    if (m_isClosing)
        return;
    if (m_isReading)
        m_user.noteLastTaken();
    m_connection->send(closeFrame(code, reason));
    m_connection->seal();
    beginClosing();
    m_connection->memory().leave();
    m_connection->finish();
}

void WebSocket::beginClosing()
{
    if (std::exchange(m_isClosing, true))
        return;
    if (!m_isReading) // what is being read may be of a message that it holds
        countKept();
    m_user.noteClosing();
}

void WebSocket::holdsTooMuch()
{
    m_hits.add(LimitHit::Memory);
    close(TooSlow, "clients hold too much together, and you the most");
}

void WebSocket::ended()
{
    beginClosing();
    m_user.noteEnd();
}

} // namespace vigie
