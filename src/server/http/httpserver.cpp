// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/httpserver.h"

#include "server/access/authenticator.h"
#include "server/net/hostcheck.h"
#include "server/net/httphead.h"
#include "server/net/peeruser.h"
#include "server/net/safetyfields.h"

#include <QDateTime>
#include <QLoggingCategory>
#include <QTcpSocket>
#include <algorithm>
#include <optional>

namespace vigie {

using namespace Qt::StringLiterals;

HttpServer::HttpServer(const HostCheck& hostCheck, LimitHits& limitHits, Authenticator& door)
    : m_hostCheck(hostCheck), m_prefix(hostCheck.publicUrl().prefix()), m_limitHits(limitHits), m_door(door)
{
    // Qt warns of requests that are wrong: no peer may write to the owner's terminal.
    QLoggingCategory::setFilterRules(u"qt.httpserver.warning=false"_s);
}

QString HttpServer::pathOf(const QHttpServerRequest& request) const
{
    const QString path = request.url().path();
    return !m_prefix.isEmpty() && path.startsWith(m_prefix + u'/') ? path.mid(m_prefix.size()) : path;
}

bool HttpServer::isAskedByOthers(const QHttpServerRequest& request) const
{
    const QByteArray site = request.value("Sec-Fetch-Site");
    return (site == "cross-site" || site == "same-site") && pathOf(request).startsWith("/api/"_L1);
}

bool HttpServer::isPassedOn(const QHttpServerRequest& request) const
{
    const QList<std::pair<QByteArray, QByteArray>> fields = request.headers();
    const bool saysSo = std::any_of(fields.begin(), fields.end(), [](const auto& field) { return isProxyField(field.first); });
    return m_hostCheck.isPassedOn(saysSo, request.value("Host"), request.value("Origin"));
}

bool HttpServer::isLetIn(const QHttpServerRequest& request, QTcpSocket* socket)
{
    if (isPassedOn(request))
        noteProxy(socket);
    // Of a field that comes twice Qt gives both, parted by a comma, which is no name and no origin.
    const QByteArray host = request.value("Host");
    const QByteArray origin = request.value("Origin");
    const bool isOurs = m_hostCheck.isOurHost(host, socket);
    const bool isAllowed = m_hostCheck.isAllowedOrigin(origin.isNull() ? std::nullopt : std::optional(origin), host, socket);
    if (isOurs && isAllowed && (m_hostCheck.isListedOrigin(origin) || !isAskedByOthers(request)))
        return true;
    const LimitHit hit = isOurs ? LimitHit::Origin : LimitHit::Host;
    m_limitHits.add(hit);
    m_door.noteTurnedAway(hit, socket->peerAddress(), QDateTime::currentMSecsSinceEpoch());
    using StatusCode = QHttpServerResponder::StatusCode;
    const QByteArray body = isOurs ? m_hostCheck.originRefusal(origin, host)
                                   : m_hostCheck.hostRefusal(host, request.url().path(QUrl::FullyEncoded).toLatin1());
    QHttpServerResponder responder = makeResponder(request, socket);
    responder.writeStatusLine(isOurs ? StatusCode::Forbidden : StatusCode::MisdirectedRequest);
    for (const auto& [name, value] : safetyFields)
        responder.writeHeader(name, value);
    responder.writeHeader("Content-Type", "text/plain; charset=utf-8");
    responder.writeHeader("Content-Length", QByteArray::number(body.size()));
    responder.writeBody(body);
    return false;
}

bool HttpServer::handleRequest(const QHttpServerRequest& request, QTcpSocket* socket)
{
    return !isLetIn(request, socket) || m_router.handleRequest(request, socket);
}

void HttpServer::missingHandler(const QHttpServerRequest& request, QTcpSocket* socket)
{
    // Qt comes here without a turn of the routes when a WebSocket is asked for.
    if (!isLetIn(request, socket))
        return;
    QHttpServerResponder responder = makeResponder(request, socket);
    m_fallback(request, responder);
}

} // namespace vigie
