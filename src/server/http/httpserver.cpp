// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/httpserver.h"

#include "server/http/httpconnection.h"
#include "server/net/connection.h"

#include <QHostAddress>
#include <algorithm>
#include <utility>

namespace vigie {

using namespace Qt::StringLiterals;

HttpServer::HttpServer(Bounds bounds, MemoryBudget& memory, QString prefix, Door door, Count count)
    : m_bounds(bounds), m_memory(memory), m_prefix(std::move(prefix)), m_door(std::move(door)), m_count(std::move(count)),
      m_fallback([](const HttpRequestPtr& request) {
          request->answer(HttpAnswer::refusal(404, "There is no such page."));
      }),
      m_refusal([](HeadProblem, Connection&) { return HttpAnswer::refusal(400, "This is not an HTTP request."); })
{
}

HttpServer::~HttpServer() = default;

void HttpServer::get(const QString& path, Handler handler)
{
    Route route;
    route.handler = std::move(handler);
    add("GET", path, std::move(route));
}

void HttpServer::options(const QString& path, Handler handler)
{
    Route route;
    route.handler = std::move(handler);
    add("OPTIONS", path, std::move(route));
}

void HttpServer::post(const QString& path, std::uint64_t maxBodyBytes, BodyHandler handler)
{
    Route route;
    route.bodyHandler = std::move(handler);
    route.maxBodyBytes = maxBodyBytes;
    add("POST", path, std::move(route));
}

void HttpServer::add(QByteArray method, const QString& path, Route route)
{
    constexpr auto arg = "<arg>"_L1;
    const qsizetype place = path.indexOf(arg);
    route.method = std::move(method);
    route.hasArg = place >= 0;
    route.before = path.left(route.hasArg ? place : path.size());
    route.behind = route.hasArg ? path.sliced(place + arg.size()) : QString();
    m_routes.push_back(std::move(route));
}

QString HttpServer::pathOf(const HttpRequest& request) const
{
    const QString& path = request.path();
    return !m_prefix.isEmpty() && path.startsWith(m_prefix + u'/') ? path.mid(m_prefix.size()) : path;
}

bool HttpServer::Route::fits(const QString& path) const
{
    const bool hasRoom = path.size() > before.size() + behind.size();
    return hasArg ? hasRoom && path.startsWith(before) && path.endsWith(behind) : path == before;
}

QByteArray HttpServer::methodsFor(const HttpRequest& request) const
{
    const QString path = pathOf(request);
    const auto has = [&](const char* method) {
        return std::ranges::any_of(m_routes, [&](const Route& route) { return route.method == method && !route.fitsAll() && route.fits(path); });
    };
    QByteArray methods = has("GET") ? "GET, HEAD" : "";
    if (has("POST"))
        methods += methods.isEmpty() ? "POST" : ", POST";
    if (!methods.isEmpty() && has("OPTIONS"))
        methods += ", OPTIONS";
    return methods;
}

HttpServer::Match HttpServer::find(const HttpRequest& request) const
{
    const QString path = pathOf(request);
    const QByteArray& method = request.isHead() ? QByteArrayLiteral("GET") : request.head().method;
    Match match;
    for (const Route& route : m_routes) {
        if (route.method != method)
            continue;
        if (!route.fits(path))
            continue;
        match.m_route = &route;
        match.m_arg = path.mid(route.before.size(), path.size() - route.before.size() - route.behind.size());
        break;
    }
    return match;
}

std::unique_ptr<BodyTaker> HttpServer::dispatch(const HttpRequestPtr& request, const Match& match)
{
    if (std::optional<HttpAnswer> refusal = m_door(*request))
        request->answer(std::move(*refusal));
    else if (!match.m_route)
        m_fallback(request);
    else if (match.m_route->bodyHandler)
        return match.m_route->bodyHandler(request, match.m_arg);
    else
        match.m_route->handler(request, match.m_arg);
    return nullptr;
}

void HttpServer::serve(std::unique_ptr<Connection> connection)
{
    auto made = std::make_unique<HttpConnection>(*this, std::move(connection));
    HttpConnection& started = *made;
    m_connections.emplace(&started, std::move(made));
    started.start();
}

void HttpServer::remove(HttpConnection& connection)
{
    m_connections.erase(&connection);
}

void HttpServer::callLater(std::function<void()> call)
{
    QMetaObject::invokeMethod(&m_later, std::move(call), Qt::QueuedConnection);
}

} // namespace vigie
