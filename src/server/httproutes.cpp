// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/httproutes.h"

#include <QFile>
#include <QHttpServer>
#include <QLoggingCategory>
#include <QTcpServer>
#include <QTcpSocket>
#include <utility>

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

/// A server that never listens: connections are handed to it.
class HttpRoutes::Feed : public QTcpServer
{
public:
    using QTcpServer::QTcpServer;

    void take(QTcpSocket* socket)
    {
        m_waiting = socket;
        Q_EMIT newConnection();
        // What has come before the handover raised its signal before anybody listened.
        Q_EMIT socket->readyRead();
    }

    // Qt's own hands out nothing while it does not listen.
    bool hasPendingConnections() const override { return m_waiting; }
    QTcpSocket* nextPendingConnection() override { return std::exchange(m_waiting, nullptr); }

private:
    QTcpSocket* m_waiting = nullptr;
};

HttpRoutes::HttpRoutes(QObject* parent) : QObject(parent)
{
    auto* server = new QHttpServer(this);
    for (const StaticFile& file : staticFiles)
        server->route(file.path, QHttpServerRequest::Method::Get, [&file] { return serveFile(file); });
    server->setMissingHandler([](const QHttpServerRequest& request, QHttpServerResponder&& responder) {
        const bool isGet = request.method() == QHttpServerRequest::Method::Get;
        const QHttpServerResponse response =
            isGet ? plain(QHttpServerResponder::StatusCode::NotFound, "There is no such page.\n")
                  : plain(QHttpServerResponder::StatusCode::MethodNotAllowed, "Only GET is served here.\n");
        response.write(std::move(responder));
    });
    m_feed = new Feed(this);
    // Qt warns that our feed does not listen; it is not meant to.
    QLoggingCategory::setFilterRules(u"qt.httpserver.warning=false"_s);
    server->bind(m_feed);
}

HttpRoutes::~HttpRoutes() = default;

void HttpRoutes::serve(QTcpSocket* socket)
{
    m_feed->take(socket);
}

} // namespace vigie
