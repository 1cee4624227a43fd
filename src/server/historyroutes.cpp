// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/historyroutes.h"

#include "core/clock.h"
#include "core/jsontext.h"
#include "hub/hub.h"
#include "protocol/logsquery.h"
#include "protocol/metricsquery.h"
#include "server/doorkeeper.h"
#include "server/hostcheck.h"
#include "server/httpserver.h"

#include <QDateTime>
#include <QPointer>
#include <QTcpSocket>
#include <QUrlQuery>
#include <memory>
#include <optional>

namespace vigie {

/// An appId in a path, decoded: unlike Qt's texts it may hold slashes.
struct AppIdInPath
{
    AppIdInPath() = default;
    AppIdInPath(const QString& text) : appId(text) {}
    QString appId;
};

namespace {

using namespace Qt::StringLiterals;

using StatusCode = QHttpServerResponder::StatusCode;

constexpr std::size_t answerBytes = 4 * 1024 * 1024;

/// One who waits for an answer, perhaps out of the store. Qt's responder keeps a bare pointer to the socket, which is
/// deleted when the peer goes first.
class Asker
{
public:
    /// Pages of origins that `hostCheck` lists get to read the answer.
    Asker(const QHttpServerRequest& request, QHttpServerResponder&& responder, const HostCheck& hostCheck)
        : m_responder(std::make_shared<QHttpServerResponder>(std::move(responder))), m_socket(m_responder->socket())
    {
        if (const QByteArray origin = request.value("Origin"); hostCheck.isListedOrigin(origin))
            m_origin = origin;
    }

    bool isThere() const { return m_socket; }
    bool isAllowedPage() const { return !m_origin.isEmpty(); }

    /// This and the next only while the asker is there.
    void give(const QByteArray& json, StatusCode status = StatusCode::Ok) const
    {
        begin(status);
        m_responder->writeHeader("Content-Type", "application/json");
        m_responder->writeHeader("Cache-Control", "no-store");
        m_responder->writeHeader("X-Content-Type-Options", "nosniff");
        if (status == StatusCode::Unauthorized)
            m_responder->writeHeader("WWW-Authenticate", "Bearer");
        end(json);
    }

    void refuse(const char* code, const QString& why, StatusCode status) const
    {
        std::string json = "{\"code\":\"" + std::string(code) + "\",\"message\":";
        appendJsonString(json, why.toStdString());
        json += '}';
        give(QByteArray::fromStdString(json), status);
    }
    void refuse(const Error& error) const { refuse("invalid_request", error.message, StatusCode::BadRequest); }
    void refuseWithoutArchive() const
    {
        refuse("store_unavailable", u"Vigie was started with --no-history: no figures are kept"_s,
               StatusCode::ServiceUnavailable);
    }

    /// To a browser that asks whether a page may ask (the Fetch standard's preflight).
    void allow() const
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

private:
    void begin(StatusCode status) const
    {
        m_responder->writeStatusLine(status);
        if (isAllowedPage()) {
            m_responder->writeHeader("Access-Control-Allow-Origin", m_origin);
            m_responder->writeHeader("Vary", "Origin");
        }
    }
    void end(const QByteArray& body) const
    {
        m_responder->writeHeader("Content-Length", QByteArray::number(body.size()));
        m_responder->writeBody(body);
    }

    std::shared_ptr<QHttpServerResponder> m_responder; // a std::function has to be copyable
    QPointer<QTcpSocket> m_socket;
    QByteArray m_origin; // empty: not one that is allowed, or no page
};

/// The path comes decoded; in a query "+" is how forms write a space.
QUrlQuery queryOf(const QHttpServerRequest& request)
{
    return QUrlQuery(request.url().query(QUrl::FullyEncoded).replace(u'+', u"%20"_s));
}

/// Whether the request's token lets one read of `appId`; empty: of the machine. Answers it itself when not.
bool isLetIn(Doorkeeper& door, const QString& appId, const QHttpServerRequest& request, const Asker& asker)
{
    const QByteArray scheme = "Bearer ";
    const QByteArray authorization = request.value("Authorization");
    const bool hasToken = authorization.left(scheme.size()).compare(scheme, Qt::CaseInsensitive) == 0;
    const QByteArray token = hasToken ? authorization.mid(scheme.size()).trimmed() : QByteArray();
    const std::string app = appId.toStdString();
    const auto answer = door.admit({{}, app, {token.constData(), std::size_t(token.size())}, request.remoteAddress()},
                                   QDateTime::currentMSecsSinceEpoch(), steadyNow());
    if (const auto* refusal = std::get_if<Refusal>(&answer)) {
        asker.refuse(refusal->code, QString::fromStdString(refusal->message),
                     refusal->retryAfterMs > 0 ? StatusCode::TooManyRequests : StatusCode::Unauthorized);
        return false;
    }
    if (!may(std::get<Admission>(answer).role, Permission::Read)) {
        asker.refuse("forbidden", u"this token is not for reading"_s, StatusCode::Forbidden);
        return false;
    }
    return true;
}

void giveLogs(Hub& hub, const Result<HistoryQuery>& query, const Asker& asker)
{
    if (!query)
        return asker.refuse(query.error());
    hub.history().query(*query, [asker, limit = query->limit](const HistoryPage& page) {
        if (asker.isThere())
            asker.give(encodeLogsPage(page, limit, answerBytes));
    });
}

void giveCounts(Hub& hub, const Result<LogCountsQuery>& query, const Asker& asker)
{
    if (!query)
        return asker.refuse(query.error());
    hub.history().counts(*query, [asker, query = *query](const LogCounts& counts) {
        if (asker.isThere())
            asker.give(encodeLogCounts(query, counts));
    });
}

void giveMetrics(Hub& hub, const Result<MetricQuery>& query, const Asker& asker)
{
    if (!query)
        return asker.refuse(query.error());
    if (!hub.metricArchive())
        return asker.refuseWithoutArchive();
    hub.metricArchive()->metrics(*query, [asker, query = *query](const MetricFramePtr& frame) {
        if (asker.isThere())
            asker.give(encodeMetricFrame(query, *frame));
    });
}

void giveProcesses(Hub& hub, const Result<std::int64_t>& at, const Asker& asker)
{
    if (!at)
        return asker.refuse(at.error());
    if (!hub.metricArchive())
        return asker.refuseWithoutArchive();
    hub.metricArchive()->processesAt(*at, [asker](const ProcessMoment& moment) {
        if (asker.isThere())
            asker.give(encodeProcessMoment(moment));
    });
}

} // namespace

void addHistoryRoutes(HttpServer& server, Hub& hub, Doorkeeper& door, const HostCheck& hostCheck, const DecodeLimits& limits)
{
    using Request = QHttpServerRequest;
    using Responder = QHttpServerResponder;
    const auto get = Request::Method::Get;
    server.router().addConverter<AppIdInPath>(u".+"_s);
    const auto now = [] { return QDateTime::currentMSecsSinceEpoch(); };
    // Lets in whoever may read of the application; empty: of the machine.
    const auto askerFor = [&door, &hostCheck](const QString& appId, const Request& request, Responder&& responder) {
        const Asker asker(request, std::move(responder), hostCheck);
        return isLetIn(door, appId, request, asker) ? std::optional(asker) : std::nullopt;
    };
    server.route(u"/api/apps/<arg>/logs"_s, get,
                 [&hub, askerFor, limits](const AppIdInPath& path, const Request& request, Responder&& responder) {
                     if (const auto asker = askerFor(path.appId, request, std::move(responder)))
                         giveLogs(hub, readLogsQuery(path.appId, queryOf(request), limits), *asker);
                 });
    server.route(u"/api/apps/<arg>/counts"_s, get,
                 [&hub, askerFor, now](const AppIdInPath& path, const Request& request, Responder&& responder) {
                     if (const auto asker = askerFor(path.appId, request, std::move(responder)))
                         giveCounts(hub, readCountsQuery(path.appId, queryOf(request), now()), *asker);
                 });
    server.route(u"/api/apps/<arg>/metrics"_s, get,
                 [&hub, askerFor, now](const AppIdInPath& path, const Request& request, Responder&& responder) {
                     if (const auto asker = askerFor(path.appId, request, std::move(responder)))
                         giveMetrics(hub, readAppMetricsQuery(path.appId, queryOf(request), now()), *asker);
                 });
    server.route(u"/api/metrics"_s, get, [&hub, askerFor, now](const Request& request, Responder&& responder) {
        if (const auto asker = askerFor({}, request, std::move(responder)))
            giveMetrics(hub, readMetricsQuery(queryOf(request), now()), *asker);
    });
    server.route(u"/api/processes"_s, get, [&hub, askerFor, now](const Request& request, Responder&& responder) {
        if (const auto asker = askerFor({}, request, std::move(responder)))
            giveProcesses(hub, readProcessesQuery(queryOf(request), now()), *asker);
    });
    server.route(u"/api/<arg>"_s, Request::Method::Options,
                 [&hostCheck](const AppIdInPath&, const Request& request, Responder&& responder) {
                     Asker(request, std::move(responder), hostCheck).allow();
                 });
}

} // namespace vigie
