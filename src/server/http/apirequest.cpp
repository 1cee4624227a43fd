// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/apirequest.h"

#include "core/clock.h"
#include "core/jsontext.h"
#include "core/limits.h"
#include "intake/intake.h"
#include "protocol/decoder.h"
#include "server/access/peeraccounts.h"
#include "server/net/connection.h"
#include "server/net/hostcheck.h"
#include "server/net/peeruser.h"
#include "server/net/safetyfields.h"

#include <QDateTime>
#include <utility>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

/// What stands behind "Bearer", or what a sender has that knows addresses only: http://any:TOKEN@host goes out as a password.
/// Browsers keep passwords, and send them for pages that know none: they count for POST alone, which other sites may not use.
QByteArray tokenOf(const HttpHead& head)
{
    const QByteArray authorization = head.value("Authorization");
    const auto behind = [&authorization](const QByteArray& scheme) {
        const bool isIt = authorization.left(scheme.size()).compare(scheme, Qt::CaseInsensitive) == 0;
        return isIt ? authorization.mid(scheme.size()).trimmed() : QByteArray();
    };
    if (const QByteArray token = behind("Bearer "); !token.isEmpty() || head.method != "POST")
        return token;
    const QByteArray pair = QByteArray::fromBase64(behind("Basic "));
    return pair.contains(':') ? pair.mid(pair.indexOf(':') + 1) : QByteArray();
}

} // namespace

ApiRequest::ApiRequest(const ApiContext& context, HttpRequestPtr request) : m_context(context), m_request(std::move(request))
{
    Connection& connection = *m_request->connection();
    m_isOwners = context.door.asksWhose(connection.peerAddress()) && isOwnersProcess(connection);
    if (const QByteArray& origin = m_request->head().origin.value_or(QByteArray()); context.hostCheck.isListedOrigin(origin))
        m_origin = origin;
}

QUrlQuery ApiRequest::query() const
{
    QUrl url;
    url.setQuery(QString::fromUtf8(m_request->rawQuery()), QUrl::TolerantMode);
    return QUrlQuery(url.query(QUrl::FullyEncoded).replace(u'+', u"%20"_s));
}

bool ApiRequest::isLetIn(const QString& appId, Permission permission)
{
    const std::optional<ApiDenial> denial = whyNot(appId, permission);
    if (denial && permission == Permission::Write)
        noteNotLetIn(*denial, appId);
    if (denial)
        refuse(*denial);
    return !denial;
}

std::optional<ApiDenial> ApiRequest::whyNot(const QString& appId, Permission permission)
{
    const QByteArray token = tokenOf(m_request->head());
    const QHostAddress& peer = m_request->connection()->peerAddress();
    const std::string app = appId.toStdString();
    if (const std::string problem = app.empty() ? std::string() : nameProblem(app, DecodeLimits{}.nameBytes); !problem.empty())
        return ApiDenial{"invalid_request", u"appId "_s + QString::fromStdString(problem), 400};
    const SignIn signIn{{}, app, {token.constData(), std::size_t(token.size())}, peer, true, m_isOwners};
    const auto answer = m_context.door.admit(signIn, QDateTime::currentMSecsSinceEpoch(), steadyNow());
    if (const auto* refusal = std::get_if<Refusal>(&answer))
        return denialOf(*refusal);
    m_admission = std::get<Admission>(answer);
    if (m_admission.may(permission))
        return std::nullopt;
    struct Words
    {
        const char* audit;
        const char* answer;
    };
    const Words words = permission == Permission::Read ? Words{"reading over HTTP", "this token is not for reading"}
        : permission == Permission::Write              ? Words{"sending over HTTP", "this token is not for sending"}
                                                       : Words{"the limits", "this takes the role admin"};
    m_context.door.noteForbidden(m_admission, app, peer, words.audit,
                                 "the role " + std::string(m_admission.roleText()) + " is not for it",
                                 QDateTime::currentMSecsSinceEpoch());
    return ApiDenial{"forbidden", QString::fromLatin1(words.answer), 403};
}

std::string_view ApiDenial::noteReason() const
{
    return status == 429 ? "too_many_attempts" : std::string_view(code) == "token_needed" ? "no_token" : "not_allowed";
}

void ApiRequest::noteNotLetIn(const ApiDenial& denial, const QString& appId) const
{
    if (denial.status == 400)
        return; // a name that is none
    vigie::noteNotLetIn(m_context.intake.board(), SourceKind::Http, m_request->connection()->peerAddress(),
                        denial.noteReason(), appId.toStdString(), QDateTime::currentMSecsSinceEpoch());
}

bool ApiRequest::mayWait()
{
    // Questions that came together may be answered at once, too, one after the other.
    const Connection& connection = *m_request->connection();
    if (!m_request->isOverfull())
        m_place = m_context.questions.take(connection.peerAddress(), connection.peerPort());
    if (m_place)
        return true;
    m_context.limitHits.add(LimitHit::HistoryRequests);
    refuse("too_many_requests", u"wait for the answers to your earlier questions"_s, 429, 1'000);
    return false;
}

void ApiRequest::give(const QByteArray& json) const
{
    if (const auto refusal = m_context.door.revocationReason(m_admission, QDateTime::currentMSecsSinceEpoch()))
        return refuse(denialOf(*refusal));
    write(json, 200);
}

ApiDenial ApiRequest::denialOf(const Refusal& refusal)
{
    return {refusal.code, QString::fromStdString(refusal.message), refusal.retryAfterMs > 0 ? 429 : 401, refusal.retryAfterMs};
}

void ApiRequest::refuse(const char* code, const QString& why, int status, std::int64_t retryAfterMs) const
{
    std::string json = "{\"code\":\"" + std::string(code) + "\",\"message\":";
    appendJsonString(json, why.toStdString());
    json += '}';
    write(QByteArray::fromStdString(json), status, retryAfterMs);
}

void ApiRequest::refuseWithoutArchive() const
{
    refuse("store_unavailable", u"Vigie was started with --no-history: no figures are kept"_s, 503);
}

void ApiRequest::allow(const QByteArray& methods) const
{
    HttpAnswer answer = begin(isAllowedPage() ? 204 : 405);
    answer.add("Allow", methods);
    if (isAllowedPage()) {
        answer.add("Access-Control-Allow-Methods", methods);
        answer.add("Access-Control-Allow-Headers", "Authorization, Content-Type, Content-Encoding");
        answer.add("Access-Control-Max-Age", "600");
    }
    m_request->answer(std::move(answer));
}

void ApiRequest::write(const QByteArray& json, int status, std::int64_t retryAfterMs) const
{
    HttpAnswer answer = begin(status);
    answer.add("Content-Type", "application/json");
    if (status == 401)
        answer.add("WWW-Authenticate", "Bearer");
    if (retryAfterMs > 0)
        answer.add("Retry-After", QByteArray::number((retryAfterMs + 999) / 1'000));
    answer.body = json;
    m_request->answer(std::move(answer));
}

HttpAnswer ApiRequest::begin(int status) const
{
    HttpAnswer answer{status, {}, {}};
    for (const HttpField& field : safetyFields)
        answer.add(field);
    addPageFields(answer, m_origin);
    return answer;
}

void addPageFields(HttpAnswer& answer, const QByteArray& page)
{
    if (page.isEmpty())
        return;
    answer.add("Access-Control-Allow-Origin", page);
    answer.add("Access-Control-Expose-Headers", "Retry-After");
    answer.add("Vary", "Origin");
}

} // namespace vigie
