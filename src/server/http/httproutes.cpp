// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/httproutes.h"

#include "server/http/apirequest.h"
#include "server/http/historyroutes.h"
#include "server/net/hostcheck.h"
#include "server/http/httpserver.h"
#include "server/http/limitsroute.h"
#include "server/session/openquestions.h"
#include "server/net/safetyfields.h"
#include "server/http/staticfiles.h"

#include <QTcpServer>

namespace vigie {

namespace {

using namespace Qt::StringLiterals;
using StatusCode = QHttpServerResponder::StatusCode;

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

/// With `isHead`, all of the answer but its body.
void write(QHttpServerResponder& responder, const StaticFiles::Answer& answer, bool isHead)
{
    responder.writeStatusLine(static_cast<StatusCode>(answer.status));
    for (const auto& [name, value] : answer.headers)
        responder.writeHeader(name, value);
    for (const auto& [name, value] : pageFields)
        responder.writeHeader(name, value);
    if (answer.status != 304)
        responder.writeHeader("Content-Length", QByteArray::number(answer.body.size()));
    responder.writeBody(isHead ? QByteArray() : answer.body);
}

StaticFiles::Answer plain(StatusCode status, const QByteArray& text)
{
    return {static_cast<int>(status), text, {{"Content-Type", "text/plain; charset=utf-8"}, {"Cache-Control", "no-cache"}}};
}

void serveFile(const HttpServer& server, const HostCheck& names, const QHttpServerRequest& request,
               QHttpServerResponder& responder)
{
    const bool isHead = request.method() == QHttpServerRequest::Method::Head;
    if (!isHead && request.method() != QHttpServerRequest::Method::Get) {
        StaticFiles::Answer refusal = plain(StatusCode::MethodNotAllowed, "Only GET and HEAD are served here.\n");
        refusal.headers.emplaceBack("Allow", "GET, HEAD");
        return write(responder, refusal, false);
    }
    const QString path = request.url().path();
    if (const PublicUrl& url = names.publicUrl(); !url.prefix().isEmpty() && path == url.prefix()) {
        // The page's own addresses are relative to what ends with a slash.
        StaticFiles::Answer further = plain(StatusCode::PermanentRedirect, url.toString().toLatin1() + '\n');
        further.headers.emplaceBack("Location", url.toString().toLatin1());
        return write(responder, further, isHead);
    }
    StaticFiles::Answer answer = StaticFiles().answer(
        {server.pathOf(request), request.value("Accept-Encoding"), request.value("If-None-Match")});
    if (answer.status == 404)
        answer = plain(StatusCode::NotFound, names.pathRefusal(request.value("Host"), path.toLatin1()));
    write(responder, answer, isHead);
}

} // namespace

HttpRoutes::HttpRoutes(Hub& hub, Authenticator& door, const HostCheck& hostCheck, OpenQuestions& questions,
                       LimitHits& limitHits, const DecodeLimits& decode, const Limits& limits)
    : m_server(std::make_unique<HttpServer>(hostCheck, limitHits, door))
{
    const ApiContext context{door, hostCheck, questions, limitHits};
    addHistoryRoutes(*m_server, hub, context, decode);
    addLimitsRoute(*m_server, context, limits);
    m_server->setFallback([this, &hostCheck](const QHttpServerRequest& request, QHttpServerResponder& responder) {
        serveFile(*m_server, hostCheck, request, responder);
    });
}

HttpRoutes::~HttpRoutes() = default;

void HttpRoutes::serve(QTcpServer& listener)
{
    m_server->bind(&listener);
    // Qt takes the server for a child of its own; ours has another owner.
    listener.setParent(nullptr);
}

} // namespace vigie
