// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/limits.h"
#include "server/http/httprequest.h"
#include "server/net/connection.h"

#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <vector>

namespace vigie {

class HttpParser;
class HttpServer;

/// One connection of HTTP/1.1: reads requests, has the HttpServer answer them, and sends the answers in the order of the requests,
/// whenever each of them is ready. The server's thread.
class HttpConnection final : public ConnectionReader
{
public:
    static constexpr std::size_t maxUnanswered = 32; ///< requests; no more is read until some are answered

    /// `server` must outlive it. Call start() next.
    HttpConnection(HttpServer& server, std::unique_ptr<Connection> connection);
    ~HttpConnection();
    HttpConnection(const HttpConnection&) = delete;
    HttpConnection& operator=(const HttpConnection&) = delete;

    void start();

    Connection& connection() { return *m_connection; }
    /// More answers are unsent than a peer may leave unread.
    bool isOverfull() const;
    std::stop_token gone();

    // From HttpRequest.
    void noteAnswer(HttpRequest& request);
    void setBodyPaused(const HttpRequest& request, bool isPaused);

    std::size_t read(std::span<char> bytes) override;
    void noteTaken() override;
    void deadlinePassed() override;
    void holdsTooMuch() override;
    void ended() override;

private:
    struct Body;

    /// Each gives how many of `bytes` it is done with.
    std::size_t readHead(std::span<const char> bytes);
    std::size_t readBody(std::span<const char> bytes);

    /// `hasCome`: what follows the head has, too, or a part of it.
    void begin(HttpParser& parser, HttpHead head, bool hasCome);
    void beginBody(std::unique_ptr<Body> body);
    bool endsEarly();
    void endBody();
    /// No more of the body is wanted, nor of anything behind it.
    void dropBody();
    void refuseBody(HttpAnswer refusal);
    void refuseBody(LimitHit hit);
    /// To what is no request.
    void refuse(HttpAnswer refusal);
    void refuse(LimitHit hit);
    void continueBody();
    void pauseBody();
    void goOnWithBody(const HttpRequest& request);

    /// Sends the answers whose turn has come.
    void sendAnswers();
    void send(const HttpRequest& request, const HttpAnswer& answer);
    qint64 unsent() const { return m_connection->unsentBytes() + m_heldBytes; }
    /// More has come: a peer that does not take its answers is cut.
    void lookAtAsking();
    /// More of answers than a peer may leave unread that asks on.
    bool hasMuchUnsent() const;
    /// The kernel took some of what was sent.
    void noteProgress();
    void lookAtUnsent();
    void updatePause();
    void exceed(LimitHit hit);
    void detach();

    HttpServer& m_server;
    std::unique_ptr<Connection> m_connection;
    std::vector<HttpRequestPtr> m_unanswered; // in their order
    std::unique_ptr<Body> m_body; // that is coming; null: a head is
    std::unique_ptr<std::stop_source> m_gone; // made when somebody wants to know
    qint64 m_heldBytes = 0; // of answers that wait for those before them
    qint64 m_seenBytes = 0; // receivedBytes() when last looked at
    qint64 m_settledAt = 0; // the same when all answers so far were taken
    bool m_readsNoMore = false; // what comes is thrown away: the last request is being answered
    bool m_isStalled = false; // requests that have come wait until more of the answers is taken
    bool m_isLastAnswered = false; // the connection ends once that is taken
};

} // namespace vigie
