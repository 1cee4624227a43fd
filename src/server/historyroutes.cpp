// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/historyroutes.h"

#include "core/clock.h"
#include "core/jsontext.h"
#include "hub/hub.h"
#include "protocol/logsquery.h"
#include "protocol/metricsquery.h"
#include "server/doorkeeper.h"

#include <QDateTime>
#include <QHttpServer>
#include <QHttpServerRouter>
#include <QPointer>
#include <QTcpSocket>
#include <QUrlQuery>
#include <memory>

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

constexpr std::size_t answerBytes = 4 * 1024 * 1024;

void answer(QHttpServerResponder& responder, const QByteArray& json,
            QHttpServerResponder::StatusCode status = QHttpServerResponder::StatusCode::Ok)
{
    responder.writeStatusLine(status);
    responder.writeHeader("Content-Type", "application/json");
    responder.writeHeader("Cache-Control", "no-store");
    responder.writeHeader("X-Content-Type-Options", "nosniff");
    if (status == QHttpServerResponder::StatusCode::Unauthorized)
        responder.writeHeader("WWW-Authenticate", "Bearer");
    responder.writeHeader("Content-Length", QByteArray::number(json.size()));
    responder.writeBody(json);
}

void refuse(QHttpServerResponder& responder, const char* code, const QString& why, QHttpServerResponder::StatusCode status)
{
    std::string json = "{\"code\":\"" + std::string(code) + "\",\"message\":";
    appendJsonString(json, why.toStdString());
    json += '}';
    answer(responder, QByteArray::fromStdString(json), status);
}

void refuse(QHttpServerResponder& responder, const Error& error)
{
    refuse(responder, "invalid_request", error.message, QHttpServerResponder::StatusCode::BadRequest);
}

void refuseWithoutArchive(QHttpServerResponder& responder)
{
    refuse(responder, "store_unavailable", u"Vigie was started with --no-history: no figures are kept"_s,
           QHttpServerResponder::StatusCode::ServiceUnavailable);
}

/// The path comes decoded; in a query "+" is how forms write a space.
QUrlQuery queryOf(const QHttpServerRequest& request)
{
    return QUrlQuery(request.url().query(QUrl::FullyEncoded).replace(u'+', u"%20"_s));
}

/// One who waits for an answer out of the store. Qt's responder keeps a bare pointer to the socket, which is
/// deleted when the peer goes first.
class Asker
{
public:
    explicit Asker(QHttpServerResponder&& responder)
        : m_responder(std::make_shared<QHttpServerResponder>(std::move(responder))), m_socket(m_responder->socket())
    {
    }

    bool isThere() const { return m_socket; }
    /// Only while the asker is there.
    void give(const QByteArray& json) const { answer(*m_responder, json); }

private:
    std::shared_ptr<QHttpServerResponder> m_responder; // a std::function has to be copyable
    QPointer<QTcpSocket> m_socket;
};

/// Whether the request's token lets one read of `appId`; empty: of the machine. Answers it itself when not.
bool isLetIn(Doorkeeper& door, const QString& appId, const QHttpServerRequest& request, QHttpServerResponder& responder)
{
    using StatusCode = QHttpServerResponder::StatusCode;
    const QByteArray scheme = "Bearer ";
    const QByteArray authorization = request.value("Authorization");
    const bool hasToken = authorization.left(scheme.size()).compare(scheme, Qt::CaseInsensitive) == 0;
    const QByteArray token = hasToken ? authorization.mid(scheme.size()).trimmed() : QByteArray();
    const std::string app = appId.toStdString();
    const auto answer = door.admit({{}, app, {token.constData(), std::size_t(token.size())}, request.remoteAddress()},
                                   QDateTime::currentMSecsSinceEpoch(), steadyNow());
    if (const auto* refusal = std::get_if<Refusal>(&answer)) {
        refuse(responder, refusal->code, QString::fromStdString(refusal->message),
               refusal->retryAfterMs > 0 ? StatusCode::TooManyRequests : StatusCode::Unauthorized);
        return false;
    }
    if (!may(std::get<Admission>(answer).role, Permission::Read)) {
        refuse(responder, "forbidden", u"this token is not for reading"_s, StatusCode::Forbidden);
        return false;
    }
    return true;
}

void giveLogs(Hub& hub, const Result<HistoryQuery>& query, QHttpServerResponder&& responder)
{
    if (!query)
        return refuse(responder, query.error());
    hub.history().query(*query, [asker = Asker(std::move(responder)), limit = query->limit](const HistoryPage& page) {
        if (asker.isThere())
            asker.give(encodeLogsPage(page, limit, answerBytes));
    });
}

void giveCounts(Hub& hub, const Result<LogCountsQuery>& query, QHttpServerResponder&& responder)
{
    if (!query)
        return refuse(responder, query.error());
    hub.history().counts(*query, [asker = Asker(std::move(responder)), query = *query](const LogCounts& counts) {
        if (asker.isThere())
            asker.give(encodeLogCounts(query, counts));
    });
}

void giveMetrics(Hub& hub, const Result<MetricQuery>& query, QHttpServerResponder&& responder)
{
    if (!query)
        return refuse(responder, query.error());
    if (!hub.metricArchive())
        return refuseWithoutArchive(responder);
    hub.metricArchive()->metrics(*query, [asker = Asker(std::move(responder)), query = *query](const MetricFramePtr& frame) {
        if (asker.isThere())
            asker.give(encodeMetricFrame(query, *frame));
    });
}

void giveProcesses(Hub& hub, const Result<std::int64_t>& at, QHttpServerResponder&& responder)
{
    if (!at)
        return refuse(responder, at.error());
    if (!hub.metricArchive())
        return refuseWithoutArchive(responder);
    hub.metricArchive()->processesAt(*at, [asker = Asker(std::move(responder))](const ProcessMoment& moment) {
        if (asker.isThere())
            asker.give(encodeProcessMoment(moment));
    });
}

} // namespace

void addHistoryRoutes(QHttpServer& server, Hub& hub, Doorkeeper& door, const DecodeLimits& limits)
{
    using Request = QHttpServerRequest;
    using Responder = QHttpServerResponder;
    const auto get = Request::Method::Get;
    server.router()->addConverter<AppIdInPath>(u".+"_s);
    const auto now = [] { return QDateTime::currentMSecsSinceEpoch(); };
    server.route(u"/api/apps/<arg>/logs"_s, get, [&hub, &door, limits](const AppIdInPath& path, const Request& request, Responder&& responder) {
        if (isLetIn(door, path.appId, request, responder))
            giveLogs(hub, readLogsQuery(path.appId, queryOf(request), limits), std::move(responder));
    });
    server.route(u"/api/apps/<arg>/counts"_s, get, [&hub, &door, now](const AppIdInPath& path, const Request& request, Responder&& responder) {
        if (isLetIn(door, path.appId, request, responder))
            giveCounts(hub, readCountsQuery(path.appId, queryOf(request), now()), std::move(responder));
    });
    server.route(u"/api/apps/<arg>/metrics"_s, get, [&hub, &door, now](const AppIdInPath& path, const Request& request, Responder&& responder) {
        if (isLetIn(door, path.appId, request, responder))
            giveMetrics(hub, readAppMetricsQuery(path.appId, queryOf(request), now()), std::move(responder));
    });
    server.route(u"/api/metrics"_s, get, [&hub, &door, now](const Request& request, Responder&& responder) {
        if (isLetIn(door, {}, request, responder))
            giveMetrics(hub, readMetricsQuery(queryOf(request), now()), std::move(responder));
    });
    server.route(u"/api/processes"_s, get, [&hub, &door, now](const Request& request, Responder&& responder) {
        if (isLetIn(door, {}, request, responder))
            giveProcesses(hub, readProcessesQuery(queryOf(request), now()), std::move(responder));
    });
}

} // namespace vigie
