// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/historyroutes.h"

#include "core/jsontext.h"
#include "core/trace.h"
#include "hub/hub.h"
#include "protocol/logsquery.h"
#include "protocol/metricsquery.h"
#include "protocol/seriesjson.h"
#include "server/http/apirequest.h"
#include "server/http/httpserver.h"

#include <QDateTime>
#include <QUrlQuery>
#include <string>
#include <vector>

namespace vigie {

namespace {

using namespace Qt::StringLiterals;

constexpr std::size_t answerBytes = 4 * 1024 * 1024;

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
    hub.metricArchive()->metrics(*query, [request, query = *query](const MetricRangePtr& frame) {
        if (request.isThere())
            request.give(encodeMetricRange(query, *frame));
    });
}

void giveSeries(const Hub& hub, const QUrlQuery& query, const ApiRequest& request)
{
    if (!query.isEmpty())
        return request.refuse(Error{u"this takes no parameters"_s});
    const FramePtr frame = hub.lastSample();
    request.give(encodeSeries(frame ? frame->catalogue.get() : nullptr));
}

/// Those that the request may read of: a token for one application learns of no other.
void giveApplications(const Hub& hub, const QUrlQuery& query, const ApiRequest& request)
{
    if (!query.isEmpty())
        return request.refuse(Error{u"this takes no parameters"_s});
    std::string json = "{\"apps\":[";
    for (const std::string& name : request.onlyApp().empty() ? hub.applications() : std::vector{request.onlyApp()}) {
        if (json.back() != '[')
            json += ',';
        appendJsonString(json, name);
    }
    request.give(QByteArray::fromStdString(json + "]}"));
}

/// Of all applications that the request may read.
void giveTrace(Hub& hub, const QString& id, const QUrlQuery& query, const ApiRequest& request)
{
    const std::optional<std::string> traceId = traceIdFrom(id.toStdString());
    if (!query.isEmpty())
        return request.refuse(Error{u"this takes no parameters"_s});
    if (!traceId)
        return request.refuse(Error{u"this cannot be the id of a trace"_s});
    TraceQuery asked{*traceId, request.onlyApp().empty() ? hub.applications() : std::vector{request.onlyApp()}, hub.hasArchive(),
                     request.gone()};
    findTrace(hub.history(), std::move(asked), [request, id = *traceId](const TraceEntries& trace) {
        if (request.isThere())
            request.give(encodeTrace(id, trace));
    });
}

void giveProcesses(Hub& hub, const Result<std::int64_t>& at, const ApiRequest& request)
{
    if (!at)
        return request.refuse(at.error());
    if (!hub.metricArchive())
        return request.refuseWithoutArchive();
    hub.metricArchive()->processesAt(*at, [request](const ProcessSnapshot& moment) {
        if (request.isThere())
            request.give(encodeProcessSnapshot(moment));
    });
}

} // namespace

void addHistoryRoutes(HttpServer& server, Hub& hub, const ApiContext& context, const DecodeLimits& limits)
{
    const auto now = [] { return QDateTime::currentMSecsSinceEpoch(); };
    // `give` gets who may read of the application; an empty one is the machine.
    const auto get = [&server, context](const QString& path, auto give) {
        server.get(path, [context, give](const HttpRequestPtr& request, const QString& appId) {
            ApiRequest apiRequest(context, request);
            if (apiRequest.isLetIn(appId, Permission::Read) && apiRequest.mayWait())
                give(appId, apiRequest);
        });
    };
    get(u"/api/apps"_s, [&hub](const QString&, const ApiRequest& request) { giveApplications(hub, request.query(), request); });
    get(u"/api/apps/<arg>/logs"_s, [&hub, limits](const QString& appId, const ApiRequest& request) {
        giveLogs(hub, readLogsQuery(appId, request.query(), limits), request);
    });
    get(u"/api/series"_s, [&hub](const QString&, const ApiRequest& request) { giveSeries(hub, request.query(), request); });
    get(u"/api/apps/<arg>/counts"_s, [&hub, now](const QString& appId, const ApiRequest& request) {
        giveCounts(hub, readCountsQuery(appId, request.query(), now()), request);
    });
    get(u"/api/apps/<arg>/metrics"_s, [&hub, now](const QString& appId, const ApiRequest& request) {
        giveMetrics(hub, readAppMetricsQuery(appId, request.query(), now()), request);
    });
    get(u"/api/metrics"_s, [&hub, now](const QString&, const ApiRequest& request) {
        giveMetrics(hub, readMetricsQuery(request.query(), now()), request);
    });
    get(u"/api/processes"_s, [&hub, now](const QString&, const ApiRequest& request) {
        giveProcesses(hub, readProcessesQuery(request.query(), now()), request);
    });
    server.get(u"/api/traces/<arg>"_s, [context, &hub](const HttpRequestPtr& request, const QString& id) {
        ApiRequest apiRequest(context, request);
        if (apiRequest.isLetIn({}, Permission::Read) && apiRequest.mayWait())
            giveTrace(hub, id, apiRequest.query(), apiRequest);
    });
    server.options(u"/api/<arg>"_s, [context, &server](const HttpRequestPtr& request, const QString&) {
        ApiRequest(context, request).allow(server.methodsFor(*request));
    });
}

} // namespace vigie
