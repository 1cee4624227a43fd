// SPDX-License-Identifier: GPL-3.0-or-later
// How much of what a client sends is read, and when.
#include "hub/hub.h"
#include "server/fanout/fanout.h"
#include "server/session/session.h"

#include <utility>

namespace vigie {

namespace {

// Bytes of JSON.
constexpr std::size_t maxGathered = 32 * 1024;
constexpr std::size_t enough = 8 * 1024; // to copy more entries costs more than a batch does

} // namespace

qint64 Session::heldBytesOf(const std::string& message)
{
    return qint64(message.capacity() + sizeof(std::string));
}

void Session::holdBack(std::string_view json, bool waitsForDisk)
{
    m_held = std::make_unique<std::string>();
    m_held->reserve(json.size() + Decoder::padding);
    *m_held = json;
    m_out.memory().add(heldBytesOf(*m_held));
    m_waitsForDisk = waitsForDisk;
    pauseWhileBehind();
}

void Session::gather(LogBatch batch)
{
    if (m_gathered && m_gathered->json().size() + batch.json().size() > maxGathered)
        handOn();
    if (m_gathered)
        m_gathered->append(batch);
    else
        m_gathered = std::make_unique<LogBatch>(std::move(batch));
    if (m_gathered->json().size() >= enough)
        handOn();
}

void Session::handOn()
{
    const std::unique_ptr<LogBatch> gathered = std::move(m_gathered);
    if (!gathered)
        return;
    gathered->shrink();
    if (!m_context.hub.acceptLogs(std::move(*gathered), false))
        return refuseApplication("logs");
    m_viewer.isProducer = true;
    m_waitsForDisk = false;
    pauseWhileBehind();
}

bool Session::mustWait() const
{
    return m_context.hub.isBehind(m_waitsForDisk) || m_context.fanout.isCongested(m_viewer.appId);
}

void Session::pauseWhileBehind()
{
    if (m_isWaiting || !mustWait())
        return;
    m_isWaiting = true;
    waitForRoom();
    // Nothing is taken from the kernel any more, so TCP slows the producer down. The disk may take nothing for hours.
    m_socket.pause(m_waitsForDisk);
}

void Session::waitForRoom()
{
    // At the end of the line: there may be room for a few only, and next time it is the others' turn.
    disconnect(m_caughtUp);
    disconnect(m_uncongested);
    m_caughtUp = connect(&m_context.hub, &Hub::caughtUp, this, &Session::resume);
    m_uncongested = connect(&m_context.fanout, &Fanout::uncongested, this, &Session::resume);
}

void Session::resume()
{
    if (!m_isWaiting || m_socket.isClosing() || mustWait())
        return;
    disconnect(m_caughtUp);
    disconnect(m_uncongested);
    m_isWaiting = false;
    if (const std::unique_ptr<std::string> held = std::move(m_held)) {
        m_out.memory().add(-heldBytesOf(*held));
        take(*held); // the decoder may write to it
        noteLastTaken();
    }
    if (!m_isWaiting)
        m_socket.resume();
}

} // namespace vigie
