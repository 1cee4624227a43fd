// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "server/access/authenticator.h"
#include "server/session/openquestions.h"

#include <QByteArray>
#include <QHttpServerResponder>
#include <QPointer>
#include <QString>
#include <cstdint>
#include <memory>
#include <stop_token>

class QHttpServerRequest;
class QTcpSocket;

namespace vigie {

class HostCheck;
struct LimitHits;

/// What whoever asks over HTTP has to pass. Everything outlives the askers.
struct ApiContext
{
    Authenticator& door;
    const HostCheck& hostCheck;
    OpenQuestions& questions;
    LimitHits& limitHits;
};

/// One who waits for an answer in JSON, perhaps out of the store. Qt's responder keeps a bare pointer to the socket, which is
/// deleted when the peer goes first. A value, to be kept by callbacks; the server's thread.
class ApiRequest
{
public:
    using StatusCode = QHttpServerResponder::StatusCode;

    ApiRequest(const ApiContext& context, const QHttpServerRequest& request, QHttpServerResponder&& responder);

    /// Whether the request's token gives that right for `appId`; empty: for the machine. Answers it itself when not.
    bool isLetIn(const QString& appId, Permission permission);
    /// Whether one more question of this peer may wait; it does while this or a copy of it lives. Answers it itself when not.
    bool mayWait();

    bool isThere() const { return m_socket; }
    /// Asked to stop when the request is no longer there.
    std::stop_token gone() const;

    /// These only while the request is there. To one whose token is no longer good, only that is said.
    void give(const QByteArray& json) const;
    /// `retryAfterMs`: when the same may be right; 0: not said.
    void refuse(const char* code, const QString& why, StatusCode status, std::int64_t retryAfterMs = 0) const;
    void refuse(const Error& error) const { refuse("invalid_request", error.message, StatusCode::BadRequest); }
    void refuseWithoutArchive() const;
    /// To a browser that asks whether a page may ask (the Fetch standard's preflight).
    void allow() const;

private:
    bool isAllowedPage() const { return !m_origin.isEmpty(); }
    void refuse(const Refusal& refusal) const;
    void write(const QByteArray& json, StatusCode status, std::int64_t retryAfterMs = 0) const;
    void begin(StatusCode status) const;
    void end(const QByteArray& body) const;

    ApiContext m_context;
    std::shared_ptr<QHttpServerResponder> m_responder; // a std::function has to be copyable
    QPointer<QTcpSocket> m_socket;
    bool m_isOwners = false; // see SignIn
    QByteArray m_authorization;
    QByteArray m_origin; // empty: not one that is allowed, or no page
    Admission m_admission;
    OpenQuestions::Place m_place;
};

} // namespace vigie
