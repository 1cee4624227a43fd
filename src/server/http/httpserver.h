// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/limits.h"
#include "server/http/bodyreader.h"
#include "server/http/httprequest.h"
#include "server/net/httphead.h"

#include <QByteArray>
#include <QObject>
#include <QString>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

class QHostAddress;

namespace vigie {

class Connection;
class HttpConnection;
class MemoryBudget;

/// Who answers HTTP requests: a table of routes behind one door, and the connections by which they come. The server's thread.
class HttpServer
{
public:
    struct Bounds
    {
        qint64 requestBytes = 16 * 1024; ///< of a head, and of what follows that where no route takes it
        std::chrono::milliseconds idleDeadline{30'000}; ///< without anything of an answer taken, or of a wanted body come
        qint64 unsentBytes = 32 * 1024 * 1024; ///< of answers that a peer does not read
    };

    /// Looks at each request before its route does: nothing: it may pass; else what is answered.
    using Door = std::function<std::optional<HttpAnswer>(const HttpRequest&)>;
    /// What a limit kept out, and of whom.
    using Count = std::function<void(LimitHit, const QHostAddress&)>;

    /// Answers, now or later. `arg`: what the path has in place of <arg>, decoded.
    using Handler = std::function<void(const HttpRequestPtr&, const QString& arg)>;
    /// Takes the request's body, called when its head has come; null: nobody does, and it has answered. Then, and where it is
    /// answered before the body's end, the connection ends with the answer.
    using BodyHandler = std::function<std::unique_ptr<BodyTaker>(const HttpRequestPtr&, const QString& arg)>;

private:
    struct Route
    {
        QByteArray method;
        QString before; // the path, or what of it stands before <arg>
        QString behind;
        bool hasArg = false;

        bool fits(const QString& path) const;
        bool fitsAll() const { return behind.isEmpty() && before == QStringLiteral("/"); }
        Handler handler;
        BodyHandler bodyHandler; // in place of `handler`
        std::uint64_t maxBodyBytes = 0;
    };

public:
    /// The route of a request.
    class Match
    {
    public:
        bool takesBody() const { return m_route && m_route->bodyHandler; }
        std::uint64_t maxBodyBytes() const { return m_route->maxBodyBytes; }

    private:
        friend class HttpServer;
        const Route* m_route = nullptr; // null: the fallback
        QString m_arg;
    };

    /// `memory` must outlive this. `prefix`: what a proxy may leave before our paths, such as "/vigie"; empty: nothing.
    HttpServer(Bounds bounds, MemoryBudget& memory, QString prefix, Door door, Count count);
    ~HttpServer();
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    // The first route that fits is taken. `path`: "/api/apps/<arg>/logs"; the argument may hold slashes, and is never empty.

    /// Also of HEAD, which gets the head of the same answer.
    void get(const QString& path, Handler handler);
    void options(const QString& path, Handler handler);
    /// `maxBodyBytes`: as it comes, and unpacked.
    void post(const QString& path, std::uint64_t maxBodyBytes, BodyHandler handler);
    /// For what has no route.
    void setFallback(std::function<void(const HttpRequestPtr&)> fallback) { m_fallback = std::move(fallback); }
    /// What is answered to bytes that are no request; the connection ends with it. Counts what is to be counted.
    void setRefusal(std::function<HttpAnswer(HeadProblem, Connection&)> refusal) { m_refusal = std::move(refusal); }

    /// The path of a request without what a proxy has before ours.
    QString pathOf(const HttpRequest& request) const;
    /// The methods that routes have for a request's path, as an Allow field lists them; empty: none has that path.
    QByteArray methodsFor(const HttpRequest& request) const;

    /// Answers what comes by the connection, of which nothing was consumed.
    void serve(std::unique_ptr<Connection> connection);
    std::size_t connections() const { return m_connections.size(); }

    // From HttpConnection.
    const Bounds& bounds() const { return m_bounds; }
    const MemoryBudget& memory() const { return m_memory; }
    Match find(const HttpRequest& request) const;
    /// Has the request answered, if the door lets it in. Null: nobody takes its body.
    std::unique_ptr<BodyTaker> dispatch(const HttpRequestPtr& request, const Match& match);
    HttpAnswer refusalOf(HeadProblem problem, Connection& connection) const { return m_refusal(problem, connection); }
    void count(LimitHit hit, const QHostAddress& address) const { m_count(hit, address); }
    void remove(HttpConnection& connection);
    /// In a later turn of the event loop, if this is still there.
    void callLater(std::function<void()> call);

private:
    void add(QByteArray method, const QString& path, Route route);

    Bounds m_bounds;
    MemoryBudget& m_memory;
    QString m_prefix;
    Door m_door;
    Count m_count;
    std::vector<Route> m_routes;
    std::function<void(const HttpRequestPtr&)> m_fallback;
    std::function<HttpAnswer(HeadProblem, Connection&)> m_refusal;
    std::unordered_map<HttpConnection*, std::unique_ptr<HttpConnection>> m_connections;
    QObject m_later; // what is called later is dropped with it
};

} // namespace vigie
