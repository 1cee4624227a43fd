// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/httpconnection.h"

#include "server/http/httpconnectionbodies.h"
#include "server/net/httprefusal.h"

#include <algorithm>
#include <utility>

namespace vigie {

namespace {

constexpr qsizetype joinedBytes = 64 * 1024; // a body up to that size is copied behind its head: one send() is cheaper

} // namespace

HttpConnection::HttpConnection(HttpServer& server, std::unique_ptr<Connection> connection)
    : m_server(server), m_connection(std::move(connection))
{
}

HttpConnection::~HttpConnection()
{
    detach();
}

void HttpConnection::start()
{
    m_connection->setDeadline(m_server.bounds().idleDeadline);
    m_connection->setReader(*this);
}

std::stop_token HttpConnection::gone()
{
    if (!m_gone)
        m_gone = std::make_unique<std::stop_source>();
    return m_gone->get_token();
}

bool HttpConnection::isOverfull() const
{
    return unsent() > m_server.bounds().unsentBytes;
}

std::size_t HttpConnection::read(std::span<char> bytes)
{
    // Bytes that waited for a pause to end were asked for before: they are not held against the peer.
    const qint64 received = m_connection->receivedBytes();
    if (std::exchange(m_seenBytes, received) != received && !m_readsNoMore)
        lookAtAsking();
    std::size_t done = 0;
    while (done < bytes.size() && !m_readsNoMore && !m_connection->isPaused() && m_connection->isAlive()) {
        // Requests that came together are answered no faster than the answers are taken.
        m_isStalled = !m_body && hasMuchUnsent();
        if (m_isStalled)
            break;
        const std::size_t step = m_body ? readBody(bytes.subspan(done)) : readHead(bytes.subspan(done));
        done += step;
        if (step == 0)
            break;
    }
    return m_readsNoMore ? bytes.size() : done;
}

void HttpConnection::lookAtAsking()
{
    const HttpServer::Bounds& bounds = m_server.bounds();
    const bool asksMuch = !(m_body && m_body->taker) && m_seenBytes - m_settledAt >= bounds.requestBytes;
    if ((asksMuch && m_connection->unsentBytes() > 0) || hasMuchUnsent())
        exceed(LimitHit::Unsent);
}

bool HttpConnection::hasMuchUnsent() const
{
    return unsent() > std::min(MemoryBudget::unsentOfAsking, m_server.bounds().unsentBytes);
}

std::size_t HttpConnection::readHead(std::span<const char> bytes)
{
    using State = ComingHead::State;
    const QByteArrayView view(bytes.data(), qsizetype(bytes.size()));
    const auto [state, length] = lookAtHead(view, m_server.bounds().requestBytes);
    if (state != State::Whole) {
        if (state == State::Broken)
            refuse(m_server.refusalOf(HeadProblem::Broken, *m_connection));
        else if (state == State::TooLarge)
            refuse(LimitHit::HeadSize);
        return 0;
    }
    HttpParser parser;
    auto read = parser.readHead(view.first(length));
    if (const auto* const problem = std::get_if<HeadProblem>(&read))
        refuse(m_server.refusalOf(*problem, *m_connection));
    else
        begin(parser, std::move(std::get<HttpHead>(read)), bytes.size() > std::size_t(length));
    return std::size_t(length);
}

void HttpConnection::begin(HttpParser& parser, HttpHead head, bool hasCome)
{
    const bool isLast = !head.keepsAlive || !head.isHttp11;
    const auto request = std::make_shared<HttpRequest>(*this, std::move(head));
    m_unanswered.push_back(request);
    HttpServer::Match match = m_server.find(*request);
    if (request->head().hasBody()) {
        auto body = std::make_unique<Body>(m_connection->memory());
        body->parser = std::move(parser);
        body->request = request;
        body->match = std::move(match);
        body->wantsContinue = request->head().expectsContinue && request->head().isHttp11 && !hasCome;
        return beginBody(std::move(body));
    }
    request->m_closes = isLast;
    m_readsNoMore = isLast;
    if (const std::unique_ptr<BodyTaker> taker = m_server.dispatch(request, match)) {
        if (bodyCodingOf(request->head().value("Content-Encoding")) == BodyCoding::Identity) {
            taker->finish();
        } else { // what is compressed is never empty
            taker->abandon();
            request->answer(HttpAnswer::refusal(400, "The body is empty, and so none of its Content-Encoding."));
        }
    }
    updatePause();
}

void HttpConnection::refuse(HttpAnswer refusal)
{
    m_readsNoMore = true;
    const auto request = std::make_shared<HttpRequest>(*this, HttpHead());
    m_unanswered.push_back(request);
    request->answer(std::move(refusal));
}

void HttpConnection::refuse(LimitHit hit)
{
    m_server.count(hit, m_connection->peerAddress());
    refuse(refusalOf(hit));
}

void HttpConnection::noteAnswer(HttpRequest& request)
{
    if (m_body && m_body->request.get() == &request) {
        m_readsNoMore = true; // its taker may be who calls: it is destroyed later
        m_connection->setDeadline(m_server.bounds().idleDeadline); // there is none while the taker holds the peer back
    }
    if (m_unanswered.front().get() == &request)
        return sendAnswers();
    m_heldBytes += request.m_answer->body.size();
    m_connection->memory().add(request.m_answer->body.size());
    lookAtUnsent();
}

void HttpConnection::sendAnswers()
{
    const auto taken = [this] { return m_connection->writtenBytes() - m_connection->unsentBytes(); };
    const qint64 takenBefore = taken();
    bool isFirst = true; // which was not held
    while (!m_unanswered.empty() && m_unanswered.front()->m_answer && m_connection->isAlive()) {
        const HttpRequestPtr request = m_unanswered.front();
        m_unanswered.erase(m_unanswered.begin());
        const HttpAnswer answer = std::move(*request->m_answer);
        request->m_answer.reset();
        if (!std::exchange(isFirst, false)) {
            m_heldBytes -= answer.body.size();
            m_connection->memory().add(-answer.body.size());
        }
        send(*request, answer);
        request->m_connection = nullptr; // whoever keeps it may outlive this
        if (request->m_closes) {
            m_readsNoMore = m_isLastAnswered = true;
            break;
        }
    }
    if (taken() > takenBefore)
        noteProgress();
    if (m_isLastAnswered)
        return;
    lookAtUnsent();
    continueBody();
    updatePause();
}

void HttpConnection::send(const HttpRequest& request, const HttpAnswer& answer)
{
    QByteArray head = headOf(answer, request.m_closes ? HttpAfter::Close : HttpAfter::Keep);
    const bool hasBody = !request.isHead() && answer.status != 204 && answer.status != 304;
    if (!hasBody || answer.body.isEmpty()) {
        m_connection->send(head);
    } else if (answer.body.size() <= joinedBytes) {
        m_connection->send(head.append(answer.body));
    } else {
        m_connection->send(head);
        m_connection->send(answer.body);
    }
}

void HttpConnection::lookAtUnsent()
{
    if (isOverfull())
        exceed(LimitHit::Unsent);
    else if (m_server.memory().isTooMuchFor(unsent()))
        exceed(LimitHit::Memory);
}

void HttpConnection::updatePause()
{
    qsizetype headBytes = 0;
    for (const HttpRequestPtr& request : m_unanswered)
        headBytes += request->head().text.size();
    const bool isFull = m_unanswered.size() >= maxUnanswered
        || (m_unanswered.size() > 1 && headBytes >= m_server.bounds().requestBytes);
    const bool isHeldBack = m_body && m_body->reader && (m_body->reader->isPaused() || m_body->isWhole);
    if (!m_connection->isAlive())
        return;
    if (m_isStalled && !hasMuchUnsent()) {
        m_isStalled = false;
        m_connection->setPaused(true); // what is kept is offered again when a pause ends
    }
    m_connection->setPaused(isFull || isHeldBack);
}

void HttpConnection::noteTaken()
{
    noteProgress();
    if (m_isStalled)
        updatePause();
}

void HttpConnection::noteProgress()
{
    const bool isAll = m_connection->unsentBytes() == 0;
    if (isAll && m_isLastAnswered)
        return m_connection->finish(); // which waits for no slow reader
    if (isAll)
        m_settledAt = m_connection->receivedBytes();
    if (isAll && m_body && m_body->isHeldByTaker())
        return m_connection->clearDeadline();
    m_connection->setDeadline(m_server.bounds().idleDeadline);
}

void HttpConnection::deadlinePassed()
{
    exceed(LimitHit::IdleTime);
}

void HttpConnection::holdsTooMuch()
{
    exceed(LimitHit::Memory);
}

void HttpConnection::exceed(LimitHit hit)
{
    if (!m_connection->isAlive())
        return;
    m_server.count(hit, m_connection->peerAddress());
    m_connection->abort();
}

void HttpConnection::ended()
{
    detach();
    m_server.remove(*this); // destroys it
}

void HttpConnection::detach()
{
    if (m_gone)
        m_gone->request_stop();
    for (const HttpRequestPtr& request : std::exchange(m_unanswered, {}))
        request->m_connection = nullptr;
    if (const std::unique_ptr<Body> body = std::move(m_body); body && body->taker && !body->request->m_isAnswered)
        body->taker->abandon();
}

} // namespace vigie
