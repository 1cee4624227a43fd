// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/historyroutes.h"

#include "core/jsontext.h"
#include "hub/hub.h"
#include "protocol/logsquery.h"

#include <QHttpServer>
#include <QUrlQuery>
#include <memory>

namespace vigie {

namespace {

using namespace Qt::StringLiterals;

constexpr std::size_t answerBytes = 4 * 1024 * 1024;

void answer(QHttpServerResponder& responder, const QByteArray& json,
            QHttpServerResponder::StatusCode status = QHttpServerResponder::StatusCode::Ok)
{
    responder.write(json,
                    {{"Content-Type", "application/json"},
                     {"Cache-Control", "no-store"},
                     {"X-Content-Type-Options", "nosniff"}},
                    status);
}

void refuse(QHttpServerResponder& responder, const QString& why)
{
    std::string json = R"({"code":"invalid_request","message":)";
    appendJsonString(json, why.toStdString());
    json += '}';
    answer(responder, QByteArray::fromStdString(json), QHttpServerResponder::StatusCode::BadRequest);
}

} // namespace

void addHistoryRoutes(QHttpServer& server, Hub& hub)
{
    server.route(u"/api/apps/<arg>/logs"_s, QHttpServerRequest::Method::Get,
                 [&hub](const QString& appId, const QHttpServerRequest& request, QHttpServerResponder&& responder) {
                     // The path comes decoded; in a query "+" is how forms write a space.
                     const QString encoded = request.url().query(QUrl::FullyEncoded).replace(u'+', u"%20"_s);
                     const Result<HistoryQuery> query = readLogsQuery(appId, QUrlQuery(encoded));
                     if (!query)
                         return refuse(responder, query.error().message);
                     auto later = std::make_shared<QHttpServerResponder>(std::move(responder));
                     hub.history().query(*query, [later, limit = query->limit](const HistoryPage& page) {
                         answer(*later, encodeLogsPage(page, limit, answerBytes));
                     });
                 });
}

} // namespace vigie
