// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/apirequest.h"

#include "core/clock.h"
#include "core/jsontext.h"
#include "core/limits.h"
#include "protocol/decoder.h"
#include "server/net/hostcheck.h"
#include "server/net/httpguard.h"
#include "server/net/peeruser.h"
#include "server/net/safetyfields.h"

#include <QDateTime>
#include <QHttpServerRequest>
#include <QTcpSocket>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

HttpGuard* guardOf(const QTcpSocket* socket)
{
    return socket->findChild<HttpGuard*>(QString(), Qt::FindDirectChildrenOnly);
}

} // namespace

ApiRequest::ApiRequest(const ApiContext& context, const QHttpServerRequest& request, QHttpServerResponder&& responder)
    : m_context(context), m_responder(std::make_shared<QHttpServerResponder>(std::move(responder))),
      m_socket(m_responder->socket()), m_authorization(request.value("Authorization"))
{
    m_isOwners = context.door.asksWhose(m_socket->peerAddress()) && isOwnersProcess(m_socket);
    if (const QByteArray origin = request.value("Origin"); context.hostCheck.isListedOrigin(origin))
        m_origin = origin;
}

bool ApiRequest::isLetIn(const QString& appId, Permission permission)
{
    const QByteArray scheme = "Bearer ";
    const bool hasToken = m_authorization.left(scheme.size()).compare(scheme, Qt::CaseInsensitive) == 0;
    const QByteArray token = hasToken ? m_authorization.mid(scheme.size()).trimmed() : QByteArray();
    const std::string app = appId.toStdString();
    if (const std::string problem = app.empty() ? std::string() : nameProblem(app, DecodeLimits{}.nameBytes); !problem.empty()) {
        refuse(Error{u"appId "_s + QString::fromStdString(problem)});
        return false;
    }
    const SignIn signIn{{}, app, {token.constData(), std::size_t(token.size())}, m_socket->peerAddress(), true, m_isOwners};
    const auto answer = m_context.door.admit(signIn, QDateTime::currentMSecsSinceEpoch(), steadyNow());
    if (const auto* refusal = std::get_if<Refusal>(&answer)) {
        refuse(*refusal);
        return false;
    }
    m_admission = std::get<Admission>(answer);
    if (m_admission.may(permission))
        return true;
    const std::string what = permission == Permission::Read ? "reading over HTTP" : "the limits";
    m_context.door.noteForbidden(m_admission, app, m_socket->peerAddress(), what,
                                 "the role " + std::string(m_admission.roleText()) + " is not for it",
                                 QDateTime::currentMSecsSinceEpoch());
    refuse("forbidden", permission == Permission::Read ? u"this token is not for reading"_s : u"this takes the role admin"_s,
           StatusCode::Forbidden);
    return false;
}

bool ApiRequest::mayWait()
{
    // Questions that came together may be answered at once, too, one after the other.
    const auto* const guard = guardOf(m_socket);
    if (!guard || !guard->isOverfull())
        m_place = m_context.questions.take(m_socket->peerAddress(), m_socket->peerPort());
    if (m_place)
        return true;
    m_context.limitHits.add(LimitHit::HistoryRequests);
    refuse("too_many_requests", u"wait for the answers to your earlier questions"_s, StatusCode::TooManyRequests, 1'000);
    return false;
}

std::stop_token ApiRequest::gone() const
{
    const HttpGuard* const guard = guardOf(m_socket);
    return guard ? guard->gone() : std::stop_token();
}

void ApiRequest::give(const QByteArray& json) const
{
    if (const auto refusal = m_context.door.whyNoLonger(m_admission, QDateTime::currentMSecsSinceEpoch()))
        return refuse(*refusal);
    write(json, StatusCode::Ok);
}

void ApiRequest::refuse(const Refusal& refusal) const
{
    refuse(refusal.code, QString::fromStdString(refusal.message),
           refusal.retryAfterMs > 0 ? StatusCode::TooManyRequests : StatusCode::Unauthorized, refusal.retryAfterMs);
}

void ApiRequest::refuse(const char* code, const QString& why, StatusCode status, std::int64_t retryAfterMs) const
{
    std::string json = "{\"code\":\"" + std::string(code) + "\",\"message\":";
    appendJsonString(json, why.toStdString());
    json += '}';
    write(QByteArray::fromStdString(json), status, retryAfterMs);
}

void ApiRequest::refuseWithoutArchive() const
{
    refuse("store_unavailable", u"Vigie was started with --no-history: no figures are kept"_s, StatusCode::ServiceUnavailable);
}

void ApiRequest::allow() const
{
    begin(isAllowedPage() ? StatusCode::NoContent : StatusCode::MethodNotAllowed);
    m_responder->writeHeader("Allow", "GET, HEAD");
    if (isAllowedPage()) {
        m_responder->writeHeader("Access-Control-Allow-Methods", "GET");
        m_responder->writeHeader("Access-Control-Allow-Headers", "Authorization");
        m_responder->writeHeader("Access-Control-Max-Age", "600");
    }
    end({});
}

void ApiRequest::write(const QByteArray& json, StatusCode status, std::int64_t retryAfterMs) const
{
    begin(status);
    m_responder->writeHeader("Content-Type", "application/json");
    if (status == StatusCode::Unauthorized)
        m_responder->writeHeader("WWW-Authenticate", "Bearer");
    if (retryAfterMs > 0)
        m_responder->writeHeader("Retry-After", QByteArray::number((retryAfterMs + 999) / 1'000));
    end(json);
}

void ApiRequest::begin(StatusCode status) const
{
    m_responder->writeStatusLine(status);
    for (const auto& [name, value] : safetyFields)
        m_responder->writeHeader(name, value);
    if (isAllowedPage()) {
        m_responder->writeHeader("Access-Control-Allow-Origin", m_origin);
        m_responder->writeHeader("Access-Control-Expose-Headers", "Retry-After");
        m_responder->writeHeader("Vary", "Origin");
    }
}

void ApiRequest::end(const QByteArray& body) const
{
    m_responder->writeHeader("Content-Length", QByteArray::number(body.size()));
    m_responder->writeBody(body);
    if (HttpGuard* const guard = guardOf(m_socket))
        guard->noteAnswer();
}

} // namespace vigie
