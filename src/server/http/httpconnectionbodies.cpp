// SPDX-License-Identifier: GPL-3.0-or-later
// What an HttpConnection does with the bodies of requests.
#include "server/http/httpconnectionbodies.h"

#include "server/net/httprefusal.h"

#include <utility>

namespace vigie {

namespace {

constexpr auto brokenBody = "The request's body is broken.";
constexpr std::size_t usualRead = 16 * 1024;
constexpr std::size_t bodyRead = 64 * 1024;
constexpr std::uint64_t stepOfProgress = 4 * 1024; // of a body within the idle deadline

/// Takes bodies that nobody asked for.
class Discarder final : public BodyBytes
{
public:
    std::size_t takeBody(std::span<const char> bytes) override { return bytes.size(); }
};

} // namespace

void HttpConnection::beginBody(std::unique_ptr<Body> body)
{
    m_body = std::move(body);
    const HttpRequestPtr request = m_body->request;
    const HttpHead& head = request->head();
    const bool isTaken = m_body->match.takesBody();
    m_body->maxBytes = isTaken ? m_body->match.maxBodyBytes()
                               : std::uint64_t(std::max<qint64>(m_server.bounds().requestBytes - head.text.size(), 0));
    if (head.contentLength.value_or(0) > m_body->maxBytes)
        return refuseBody(LimitHit::BodySize);
    if (!isTaken)
        return continueBody();
    const auto coding = bodyCodingOf(head.value("Content-Encoding"));
    if (!coding) {
        HttpAnswer refusal = HttpAnswer::refusal(415, "The body's Content-Encoding is none that is understood here.");
        refusal.add("Accept-Encoding", "gzip, deflate, zstd");
        return refuseBody(std::move(refusal));
    }
    m_body->taker = m_server.dispatch(request, m_body->match);
    if (request->m_isAnswered || !m_body->taker)
        return dropBody();
    m_body->reader = std::make_unique<BodyReader>(*coding, m_body->maxBytes, *m_body->taker);
    m_body->readerBytes = m_body->reader->heldBytes();
    m_connection->memory().add(m_body->readerBytes);
    m_connection->setMaxRead(bodyRead);
    m_connection->setDeadline(m_server.bounds().idleDeadline);
    continueBody();
    if (m_body->isPauseWanted)
        pauseBody();
}

/// Says "100 Continue" to a client that waits for it, once its turn has come.
void HttpConnection::continueBody()
{
    if (!m_body || m_body->cameBytes > 0 || m_unanswered.empty() || m_unanswered.front() != m_body->request)
        return;
    if (std::exchange(m_body->wantsContinue, false))
        m_connection->send("HTTP/1.1 100 Continue\r\n\r\n");
}

std::size_t HttpConnection::readBody(std::span<const char> bytes)
{
    Discarder discarder;
    const auto [done, state] =
        m_body->parser.readBody(bytes, m_body->reader ? static_cast<BodyBytes&>(*m_body->reader) : discarder);
    m_body->cameBytes += done;
    const BodyReader* const reader = m_body->reader.get();
    if (reader) // a window is made when its size is known
        m_connection->memory().add(reader->heldBytes() - std::exchange(m_body->readerBytes, reader->heldBytes()));
    // What is around the chunks counts, too, but a body in small chunks is not larger for that.
    const std::uint64_t maxCame = reader ? 8 * m_body->maxBytes + usualRead : m_body->maxBytes;
    const bool isStuck = state == HttpParser::BodyState::NeedsMore && !m_connection->isPaused()
        && bytes.size() - done >= std::size_t(m_server.bounds().requestBytes);
    if (endsEarly())
        return done;
    if (m_body->cameBytes > maxCame)
        refuseBody(LimitHit::BodySize);
    else if (state == HttpParser::BodyState::Broken || isStuck)
        refuseBody(HttpAnswer::refusal(400, brokenBody));
    else if (state == HttpParser::BodyState::Whole)
        endBody();
    else if (reader && !reader->isPaused() && m_body->cameBytes - m_body->progressAt >= stepOfProgress) {
        m_body->progressAt = m_body->cameBytes;
        m_connection->setDeadline(m_server.bounds().idleDeadline);
    }
    return done;
}

/// Whether the body that is coming is not to be read on, as it was answered meanwhile, or is wrong.
bool HttpConnection::endsEarly()
{
    const auto problem = m_body->reader ? m_body->reader->problem() : BodyReader::Problem::None;
    if (m_body->request->m_isAnswered)
        dropBody();
    else if (problem == BodyReader::Problem::TooLarge)
        refuseBody(LimitHit::BodySize);
    else if (problem == BodyReader::Problem::Broken)
        refuseBody(HttpAnswer::refusal(400, brokenBody));
    return !m_body;
}

void HttpConnection::endBody()
{
    m_body->isWhole = true;
    if (m_body->reader) {
        const bool isHandedOn = m_body->reader->finish();
        if (endsEarly() || !isHandedOn)
            return;
        m_connection->setMaxRead(usualRead);
        m_connection->setDeadline(m_server.bounds().idleDeadline);
        m_settledAt += qint64(m_body->cameBytes);
    }
    const std::unique_ptr<Body> body = std::move(m_body);
    const HttpHead& head = body->request->head();
    body->request->m_closes = m_readsNoMore = !head.keepsAlive || !head.isHttp11;
    if (!body->taker)
        body->taker = m_server.dispatch(body->request, body->match);
    if (body->taker)
        body->taker->finish();
    updatePause();
}

void HttpConnection::dropBody()
{
    m_readsNoMore = true;
    m_body.reset();
    updatePause();
}

void HttpConnection::refuseBody(HttpAnswer refusal)
{
    const std::unique_ptr<Body> body = std::move(m_body);
    m_readsNoMore = true;
    body->request->answer(std::move(refusal));
    if (body->taker)
        body->taker->abandon();
    updatePause();
}

void HttpConnection::refuseBody(LimitHit hit)
{
    m_server.count(hit, m_connection->peerAddress());
    refuseBody(refusalOf(hit));
}

void HttpConnection::setBodyPaused(const HttpRequest& request, bool isPaused)
{
    if (!m_body || m_body->request.get() != &request)
        return;
    m_body->isPauseWanted = isPaused;
    if (isPaused)
        return pauseBody();
    // Not at once: the taker may be who calls, and may be destroyed when the body ends.
    m_server.callLater([kept = m_body->request] {
        if (kept->m_connection)
            kept->m_connection->goOnWithBody(*kept);
    });
}

void HttpConnection::pauseBody()
{
    if (!m_body->reader || m_body->reader->isPaused())
        return;
    m_body->reader->setPaused(true);
    if (m_connection->unsentBytes() == 0)
        m_connection->clearDeadline(); // it is not the peer who is slow
    updatePause();
}

void HttpConnection::goOnWithBody(const HttpRequest& request)
{
    const bool isComing = m_body && m_body->request.get() == &request && !request.m_isAnswered;
    if (!isComing || !m_body->reader || m_body->isPauseWanted || !m_body->reader->isPaused())
        return;
    m_body->reader->setPaused(false);
    m_connection->setDeadline(m_server.bounds().idleDeadline);
    const bool isHandedOn = m_body->reader->drain();
    if (endsEarly() || !isHandedOn)
        return;
    if (m_body->isWhole)
        return endBody();
    updatePause();
}

} // namespace vigie
