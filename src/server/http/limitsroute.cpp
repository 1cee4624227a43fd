// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/limitsroute.h"

#include "core/limits.h"
#include "server/http/apirequest.h"
#include "server/http/httpserver.h"

#include <string>

namespace vigie {

namespace {

using namespace Qt::StringLiterals;

void append(std::string& json, std::string_view name, const std::string& value)
{
    if (json.back() != '{')
        json += ',';
    json += '"';
    json += name;
    json += "\":" + value;
}

QByteArray encode(const Limits& limits, const LimitHits& limitHits)
{
    std::string json = "{\"limits\":{";
    for (const LimitRow& row : limitRows)
        append(json, row.name, std::to_string(limits.*row.value));
    append(json, "limitsLoopback", limits.limitsLoopback ? "true" : "false");
    json += "},\"exceeded\":{";
    for (std::size_t i = 0; i < limitHits.times.size(); ++i)
        append(json, limitHitName(LimitHit(i)), std::to_string(limitHits.times[i]));
    json += "}}";
    return QByteArray::fromStdString(json);
}

} // namespace

void addLimitsRoute(HttpServer& server, const ApiContext& context, const Limits& limits)
{
    server.get(u"/api/limits"_s, [context, limits](const HttpRequestPtr& request, const QString&) {
        ApiRequest apiRequest(context, request);
        if (!apiRequest.isLetIn({}, Permission::Administer))
            return;
        if (request->hasQuery())
            return apiRequest.refuse(Error{u"this takes no parameters"_s});
        apiRequest.give(encode(limits, context.limitHits));
    });
}

} // namespace vigie
