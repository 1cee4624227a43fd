// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/net/httpanswer.h"
#include "server/net/httphead.h"

#include <QString>
#include <memory>
#include <optional>
#include <stop_token>

namespace vigie {

class Connection;
class HttpConnection;

/// One request over HTTP and its answer. Whoever is to answer later keeps it, and may do so for ever: when the peer goes first,
/// the answer goes nowhere. The server's thread.
class HttpRequest
{
public:
    HttpRequest(HttpConnection& connection, HttpHead head);
    HttpRequest(const HttpRequest&) = delete;
    HttpRequest& operator=(const HttpRequest&) = delete;

    const HttpHead& head() const { return m_head; }
    /// Of the target, as it stands there: "/api/apps/a%2Fb/logs".
    QByteArrayView rawPath() const;
    /// Decoded: "/api/apps/a/b/logs".
    const QString& path() const { return m_path; }
    /// What stands behind the "?" of the target, as it stands there; empty also where there is none.
    QByteArrayView rawQuery() const;
    bool hasQuery() const;
    bool isHead() const { return m_isHead; }

    /// The peer waits for the answer.
    bool isThere() const { return m_connection && !m_isAnswered; }
    /// By which the request came; null: it is over.
    Connection* connection() const;
    /// Asked to stop when the connection is over.
    std::stop_token gone() const;
    /// So much of answers is not taken by the peer that nothing more is to be prepared for it.
    bool isOverfull() const;

    /// Answers once all requests before this one on the connection are answered. Once: what comes later is dropped.
    void answer(HttpAnswer answer);

    /// For whoever takes the body: holds back what follows of it, so that TCP slows the peer down. Does nothing once the body has
    /// come whole.
    void setBodyPaused(bool isPaused);

private:
    friend class HttpConnection;

    HttpConnection* m_connection; // null: it is over
    HttpHead m_head;
    QString m_path;
    std::optional<HttpAnswer> m_answer; // waits for those before it
    bool m_isAnswered = false;
    bool m_isHead;
    bool m_closes = true; // the connection is not to be used any more once this is answered
};

using HttpRequestPtr = std::shared_ptr<HttpRequest>;

} // namespace vigie
