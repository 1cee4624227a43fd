// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/httproutes.h"

#include "server/historyroutes.h"

#include <QFile>
#include <QHttpServer>
#include <QTcpServer>

namespace vigie {

namespace {

using namespace Qt::StringLiterals;

struct StaticFile
{
    QString path;
    QString resource;
    QByteArray type;
};

const StaticFile staticFiles[] = {
    {u"/"_s, u":/web/index.html"_s, "text/html; charset=utf-8"},
    {u"/page.js"_s, u":/web/page.js"_s, "text/javascript; charset=utf-8"},
    {u"/page.css"_s, u":/web/page.css"_s, "text/css; charset=utf-8"},
};

void addSafetyHeaders(QHttpServerResponse& response)
{
    // The page runs only our own files and talks only to us.
    response.setHeader("Content-Security-Policy",
                       "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
                       "base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("Cache-Control", "no-cache");
}

QHttpServerResponse plain(QHttpServerResponder::StatusCode status, const QByteArray& text)
{
    QHttpServerResponse response("text/plain; charset=utf-8", text, status);
    addSafetyHeaders(response);
    return response;
}

QHttpServerResponse serveFile(const StaticFile& wanted)
{
    QFile file(wanted.resource);
    if (!file.open(QIODevice::ReadOnly))
        return plain(QHttpServerResponder::StatusCode::NotFound, "There is no such page.\n");
    QHttpServerResponse response(wanted.type, file.readAll());
    addSafetyHeaders(response);
    return response;
}

} // namespace

HttpRoutes::HttpRoutes(Hub& hub) : m_server(std::make_unique<QHttpServer>())
{
    addHistoryRoutes(*m_server, hub);
    for (const StaticFile& file : staticFiles)
        m_server->route(file.path, QHttpServerRequest::Method::Get, [&file] { return serveFile(file); });
    m_server->setMissingHandler([](const QHttpServerRequest& request, QHttpServerResponder&& responder) {
        const bool isGet = request.method() == QHttpServerRequest::Method::Get;
        const QHttpServerResponse response =
            isGet ? plain(QHttpServerResponder::StatusCode::NotFound, "There is no such page.\n")
                  : plain(QHttpServerResponder::StatusCode::MethodNotAllowed, "Only GET is served here.\n");
        response.write(std::move(responder));
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
