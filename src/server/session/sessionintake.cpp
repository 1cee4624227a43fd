// SPDX-License-Identifier: GPL-3.0-or-later
// How much of what a client sends is read, and when.
#include "core/clock.h"
#include "hub/hub.h"
#include "protocol/encoder.h"
#include "server/fanout/fanout.h"
#include "server/session/session.h"

#include <QTcpSocket>
#include <QTimer>
#include <QWebSocket>
#include <algorithm>
#include <utility>

namespace vigie {

namespace {

using namespace std::chrono_literals;

constexpr auto rateReminder = 10s; // a client that sends too much is told so this often

/// Of a message that is held.
qint64 heldBytesOf(std::string_view json)
{
    return qint64(json.size() + Decoder::padding + sizeof(std::string));
}

} // namespace

void Session::takeMessagesUpTo(quint64 bytes, qint64 readAheadBytes)
{
    m_webSocket->setMaxAllowedIncomingFrameSize(bytes);
    m_webSocket->setMaxAllowedIncomingMessageSize(bytes);
    // Qt would take all there is; a whole message must fit.
    if (m_tcpSocket)
        m_tcpSocket->setReadBufferSize(qint64(bytes) + readAheadBytes);
    // Which also sets it.
    if (m_pausedReading)
        m_pausedReading->setEnabled(false);
}

void Session::countFrame()
{
    if (m_messages)
        m_messages->take(1, steadyNow());
}

void Session::countInput()
{
    const qint64 unread = m_tcpSocket && !m_closing ? m_tcpSocket->bytesAvailable() : 0;
    const qint64 held = unread + m_fragmentBytes + m_heldBytes;
    m_memory.add(held - std::exchange(m_inputCounted, held));
}

Session::Time Session::debt() const
{
    if (!m_messages)
        return Time(0);
    const Time now = steadyNow();
    return std::max(m_messages->debt(now), m_bytes->debt(now));
}

void Session::keepToRate()
{
    const Time rest = debt();
    if (rest == Time(0) || m_closing || (m_restTimer && m_restTimer->isActive()))
        return;
    const Time now = steadyNow();
    m_context.limitHits.add(m_messages->debt(now) > Time(0) ? LimitHit::Messages : LimitHit::Bytes);
    if (!m_restTimer) {
        m_restTimer = std::make_unique<QTimer>();
        m_restTimer->setSingleShot(true);
        connect(m_restTimer.get(), &QTimer::timeout, this, &Session::resume);
    }
    m_restTimer->start(rest);
    if (m_toldOfRate == Time(0) || now - m_toldOfRate >= rateReminder) {
        m_toldOfRate = now;
        send(encode(
            ErrorMessage{"rate_limited", "you send more than is taken: you are read more slowly, and nothing is lost", {}}));
    }
    pauseWhileBehind();
}

void Session::hold(std::deque<Held>::const_iterator before, std::string_view json, bool isCounted)
{
    std::string message;
    message.reserve(json.size() + Decoder::padding);
    message = json;
    m_held.insert(before, {std::move(message), isCounted});
    m_heldBytes += heldBytesOf(json);
}

void Session::holdBack(std::string_view json, bool waitsForDisk)
{
    hold(m_held.begin(), json, true);
    countInput();
    m_waitsForDisk = waitsForDisk;
    pauseWhileBehind();
}

bool Session::mustWait() const
{
    return debt() > Time(0) || m_context.hub.isBehind(m_waitsForDisk) || m_context.fanout.isCongested(m_viewer.appId);
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
    if (!m_pausedReading || m_closing)
        return;
    // More may have come with what was too much, and a timer may be a little early.
    if (const Time left = debt(); left > Time(0))
        return m_restTimer->start(left);
    if (mustWait())
        return;
    // There may be room for a few only: next time it is the others' turn.
    disconnect(m_caughtUp);
    m_caughtUp = connect(&m_context.hub, &Hub::caughtUp, this, &Session::resume);
    const QPointer<QSocketNotifier> notifier = std::exchange(m_pausedReading, nullptr);
    m_lastHeard = m_now; // the silence was of our making
    m_unansweredPings = 0;
    while (!m_held.empty() && !m_pausedReading && !m_closing) {
        Held message = std::move(m_held.front()); // the decoder may write to it
        m_held.pop_front();
        m_heldBytes -= heldBytesOf(message.json);
        if (!message.isCounted)
            countFrame();
        take(message.json);
    }
    countInput();
    if (notifier && !m_pausedReading)
        notifier->setEnabled(true);
}

} // namespace vigie
