// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/httproutes.h"

#include "server/http/apirequest.h"
#include "server/http/historyroutes.h"
#include "server/http/limitsroute.h"
#include "server/http/sourcesroute.h"
#include "server/http/otlpreceiver.h"
#include "server/http/otlproutes.h"
#include "server/http/logsroute.h"
#include "server/http/staticfiles.h"
#include "server/http/uploadroute.h"
#include "server/net/connection.h"
#include "server/net/hostcheck.h"
#include "server/net/peeruser.h"
#include "server/net/safetyfields.h"
#include "server/access/openquestions.h"

#include <QDateTime>
#include <utility>

namespace vigie {

namespace {

using namespace Qt::StringLiterals;

// The page runs only our own files and talks only to us.
const HttpField pageFields[] = {
    {"Content-Security-Policy",
     "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
     "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"},
    asItSays,
    tellsNoOther,
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
};

HttpAnswer asHttp(const StaticFiles::Answer& file)
{
    HttpAnswer answer{file.status, {}, file.body};
    for (const HttpField& field : file.headers)
        answer.add(field);
    for (const HttpField& field : pageFields)
        answer.add(field);
    return answer;
}

StaticFiles::Answer plain(int status, const QByteArray& text)
{
    return {status, text, {{"Content-Type", "text/plain; charset=utf-8"}, {"Cache-Control", "no-cache"}}};
}

} // namespace

HttpRoutes::HttpRoutes(Hub& hub, Intake& intake, OtlpReceiver& otlp, Authenticator& door, const HostCheck& hostCheck,
                       OpenQuestions& questions, LimitHits& limitHits, MemoryBudget& memory, HttpServer::Bounds bounds,
                       const DecodeLimits& decode, const Limits& limits, const QString& dataDir, Offer offer)
    : m_hostCheck(hostCheck), m_authenticator(door), m_limitHits(limitHits),
      m_server(bounds, memory, hostCheck.publicUrl().prefix(), [this](const HttpRequest& request) { return whyNot(request); },
               [this](LimitHit hit, const QHostAddress& address) { count(hit, address); })
{
    const ApiContext context{door, hostCheck, questions, limitHits, intake, dataDir};
    if (offer == Offer::Everything) {
        addHistoryRoutes(m_server, hub, context, decode);
        addLimitsRoute(m_server, context, limits);
        addSourcesRoutes(m_server, context);
        addLogsRoute(m_server, context);
        addUploadRoute(m_server, context);
        m_server.setFallback([this](const HttpRequestPtr& request) { serveFile(request); });
    }
    addOtlpRoutes(m_server, context, otlp);
    addPostRefusal(m_server, otlp);
    m_server.setRefusal([this](HeadProblem problem, Connection& connection) {
        if (problem == HeadProblem::TwoHosts)
            return turnAway(LimitHit::Host, connection.peerAddress(), 421, m_hostCheck.hostRefusal({}, {}));
        if (problem == HeadProblem::TwoOrigins)
            return turnAway(LimitHit::Origin, connection.peerAddress(), 403, "Pages of another origin may not connect.\n");
        return HttpAnswer::refusal(400, "This is not an HTTP request.");
    });
}

void HttpRoutes::count(LimitHit hit, const QHostAddress& address)
{
    m_limitHits.add(hit);
    m_authenticator.auditRejection(hit, address, QDateTime::currentMSecsSinceEpoch());
}

HttpAnswer HttpRoutes::turnAway(LimitHit hit, const QHostAddress& address, int status, const QByteArray& why)
{
    count(hit, address);
    return HttpAnswer::refusal(status, why);
}

bool HttpRoutes::isAskedByOthers(const HttpRequest& request) const
{
    const QByteArray site = request.head().value("Sec-Fetch-Site");
    return (site == "cross-site" || site == "same-site")
        && (request.head().method == "POST" || m_server.pathOf(request).startsWith("/api/"_L1));
}

std::optional<HttpAnswer> HttpRoutes::whyNot(const HttpRequest& request)
{
    Connection& connection = *request.connection();
    const HttpHead& head = request.head();
    if (m_hostCheck.isPassedOn(head.isPassedOn, head.host, head.origin))
        noteProxy(connection);
    if (!m_hostCheck.isOurHost(head.host, connection))
        return turnAway(LimitHit::Host, connection.peerAddress(), 421,
                        m_hostCheck.hostRefusal(head.host, request.rawPath().toByteArray()));
    const QByteArray origin = head.origin.value_or(QByteArray());
    if (!m_hostCheck.isAllowedOrigin(head.origin, head.host, connection)
        || (!m_hostCheck.isListedOrigin(origin) && isAskedByOthers(request)))
        return turnAway(LimitHit::Origin, connection.peerAddress(), 403, m_hostCheck.originRefusal(origin, head.host));
    if (!m_isOpen) {
        HttpAnswer answer = HttpAnswer::refusal(503, "Vigie is starting or stopping: come again in a second.");
        answer.add("Retry-After", "1");
        if (m_hostCheck.isListedOrigin(origin))
            addPageFields(answer, origin); // else its page does not see that it may come again
        return answer;
    }
    return std::nullopt;
}

void HttpRoutes::serveFile(const HttpRequestPtr& request) const
{
    const HttpHead& head = request->head();
    const QByteArray methods = m_server.methodsFor(*request);
    const bool isRead = request->isHead() || head.method == "GET";
    if (!methods.isEmpty() || !isRead) {
        const QByteArray allowed = methods.isEmpty() ? "GET, HEAD" : methods;
        StaticFiles::Answer refusal = plain(405, "Only " + allowed + " may be used here.\n");
        refusal.headers.emplaceBack("Allow", allowed);
        return request->answer(asHttp(refusal));
    }
    const QString& path = request->path();
    if (const PublicUrl& url = m_hostCheck.publicUrl(); !url.prefix().isEmpty() && path == url.prefix()) {
        // The page's own addresses are relative to what ends with a slash.
        StaticFiles::Answer further = plain(308, url.toString().toLatin1() + '\n');
        further.headers.emplaceBack("Location", url.toString().toLatin1());
        return request->answer(asHttp(further));
    }
    StaticFiles::Answer answer =
        StaticFiles().answer({m_server.pathOf(*request), head.value("Accept-Encoding"), head.value("If-None-Match")});
    if (answer.status == 404)
        answer = plain(404, m_hostCheck.pathRefusal(head.host, path.toLatin1()));
    request->answer(asHttp(answer));
}

} // namespace vigie
