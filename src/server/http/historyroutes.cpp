// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/historyroutes.h"

#include "hub/hub.h"
#include "protocol/logsquery.h"
#include "protocol/metricsquery.h"
#include "protocol/seriesjson.h"
#include "server/http/apirequest.h"
#include "server/http/httpserver.h"

#include <QDateTime>
#include <QUrlQuery>
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

constexpr std::size_t answerBytes = 4 * 1024 * 1024;

/// The path comes decoded; in a query "+" is how forms write a space.
QUrlQuery queryOf(const QHttpServerRequest& request)
{
    return QUrlQuery(request.url().query(QUrl::FullyEncoded).replace(u'+', u"%20"_s));
}

void giveLogs(Hub& hub, Result<HistoryQuery> query, const ApiRequest& request)
{
    if (!query)
        return request.refuse(query.error());
    query->stop = request.gone();
    hub.history().query(*query, [request, limit = query->limit](const HistoryPage& page) {
        if (request.isThere())
            request.give(encodeLogsPage(page, limit, answerBytes));
    });
}

void giveCounts(Hub& hub, Result<LogCountsQuery> query, const ApiRequest& request)
{
    if (!query)
        return request.refuse(query.error());
    query->stop = request.gone();
    hub.history().counts(*query, [request, query = *query](const LogCounts& counts) {
        if (request.isThere())
            request.give(encodeLogCounts(query, counts));
    });
}

void giveMetrics(Hub& hub, const Result<MetricQuery>& query, const ApiRequest& request)
{
    if (!query)
        return request.refuse(query.error());
    if (!hub.metricArchive())
        return request.refuseWithoutArchive();
    hub.metricArchive()->metrics(*query, [request, query = *query](const MetricFramePtr& frame) {
        if (request.isThere())
            request.give(encodeMetricFrame(query, *frame));
    });
}

void giveSeries(const Hub& hub, const QUrlQuery& query, const ApiRequest& request)
{
    if (!query.isEmpty())
        return request.refuse(Error{u"this takes no parameters"_s});
    const FramePtr frame = hub.lastSample();
    request.give(encodeSeries(frame ? frame->catalogue.get() : nullptr));
}

void giveProcesses(Hub& hub, const Result<std::int64_t>& at, const ApiRequest& request)
{
    if (!at)
        return request.refuse(at.error());
    if (!hub.metricArchive())
        return request.refuseWithoutArchive();
    hub.metricArchive()->processesAt(*at, [request](const ProcessMoment& moment) {
        if (request.isThere())
            request.give(encodeProcessMoment(moment));
    });
}

} // namespace

void addHistoryRoutes(HttpServer& server, Hub& hub, const ApiContext& context, const DecodeLimits& limits)
{
    using Request = QHttpServerRequest;
    using Responder = QHttpServerResponder;
    const auto get = Request::Method::Get;
    // Of the program, not of the router: the second time it would be refused.
    if (!QMetaType::hasRegisteredConverterFunction<QString, AppIdInPath>())
        QMetaType::registerConverter<QString, AppIdInPath>();
    server.router().addConverter(QMetaType::fromType<AppIdInPath>(), u".+"_s);
    const auto now = [] { return QDateTime::currentMSecsSinceEpoch(); };
    // Lets in whoever may read of the application; empty: of the machine.
    const auto apiRequestFor = [context](const QString& appId, const Request& request, Responder&& responder) {
        ApiRequest apiRequest(context, request, std::move(responder));
        return apiRequest.isLetIn(appId, Permission::Read) && apiRequest.mayWait() ? std::optional(apiRequest) : std::nullopt;
    };
    server.route(u"/api/apps/<arg>/logs"_s, get,
                 [&hub, apiRequestFor, limits](const AppIdInPath& path, const Request& request, Responder&& responder) {
                     if (const auto apiRequest = apiRequestFor(path.appId, request, std::move(responder)))
                         giveLogs(hub, readLogsQuery(path.appId, queryOf(request), limits), *apiRequest);
                 });
    server.route(u"/api/apps/<arg>/counts"_s, get,
                 [&hub, apiRequestFor, now](const AppIdInPath& path, const Request& request, Responder&& responder) {
                     if (const auto apiRequest = apiRequestFor(path.appId, request, std::move(responder)))
                         giveCounts(hub, readCountsQuery(path.appId, queryOf(request), now()), *apiRequest);
                 });
    server.route(u"/api/apps/<arg>/metrics"_s, get,
                 [&hub, apiRequestFor, now](const AppIdInPath& path, const Request& request, Responder&& responder) {
                     if (const auto apiRequest = apiRequestFor(path.appId, request, std::move(responder)))
                         giveMetrics(hub, readAppMetricsQuery(path.appId, queryOf(request), now()), *apiRequest);
                 });
    server.route(u"/api/metrics"_s, get, [&hub, apiRequestFor, now](const Request& request, Responder&& responder) {
        if (const auto apiRequest = apiRequestFor({}, request, std::move(responder)))
            giveMetrics(hub, readMetricsQuery(queryOf(request), now()), *apiRequest);
    });
    server.route(u"/api/series"_s, get, [&hub, apiRequestFor](const Request& request, Responder&& responder) {
        if (const auto apiRequest = apiRequestFor({}, request, std::move(responder)))
            giveSeries(hub, queryOf(request), *apiRequest);
    });
    server.route(u"/api/processes"_s, get, [&hub, apiRequestFor, now](const Request& request, Responder&& responder) {
        if (const auto apiRequest = apiRequestFor({}, request, std::move(responder)))
            giveProcesses(hub, readProcessesQuery(queryOf(request), now()), *apiRequest);
    });
    server.route(u"/api/<arg>"_s, Request::Method::Options,
                 [context](const AppIdInPath&, const Request& request, Responder&& responder) {
                     ApiRequest(context, request, std::move(responder)).allow();
                 });
}

} // namespace vigie
