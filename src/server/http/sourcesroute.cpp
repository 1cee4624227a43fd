// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/sourcesroute.h"

#include "core/names.h"
#include "core/publicurl.h"
#include "intake/intake.h"
#include "protocol/sourcesjson.h"
#include "protocol/unknownparameter.h"
#include "server/http/apirequest.h"
#include "server/http/httpserver.h"
#include "server/net/connection.h"
#include "server/net/hostcheck.h"

#include <QDateTime>
#include <QUrlQuery>

namespace vigie {

namespace {

using namespace Qt::StringLiterals;

/// The address that the asker reaches us at: what a page says, whose browser knows it best, or else as the request has it.
QString reachedAt(const HttpRequest& request, const HostCheck& hostCheck)
{
    if (!hostCheck.publicUrl().isEmpty())
        return hostCheck.publicUrl().toString();
    const QString scheme = request.connection()->isEncrypted() ? u"https://"_s : u"http://"_s;
    return scheme + QString::fromLatin1(request.head().host) + u'/';
}

Result<SetupPlace> readPlace(SetupPlace place, const QUrlQuery& query)
{
    for (const auto& [name, text] : query.queryItems(QUrl::FullyDecoded)) {
        if (name == "url"_L1) {
            const Result<PublicUrl> url = PublicUrl::parse(text);
            if (!url)
                return Error{u"url: "_s + url.error().message};
            place.url = url->toString();
        } else if (name == "app"_L1) {
            if (const std::string problem = appIdProblem(text.toStdString()); !problem.empty())
                return Error{u"app "_s + QString::fromStdString(problem)};
            place.appId = text;
        } else if (name != "token"_L1) {
            return unknownParameter(name);
        } else if (text == "0"_L1 || text == "1"_L1) {
            place.needsToken = text == "1"_L1;
        } else {
            return Error{u"token must be 0 or 1"_s};
        }
    }
    return place;
}

} // namespace

void addSourcesRoutes(HttpServer& server, const ApiContext& context)
{
    server.get(u"/api/sources"_s, [context](const HttpRequestPtr& request, const QString&) {
        ApiRequest apiRequest(context, request);
        if (!apiRequest.isLetIn({}, Permission::Read))
            return;
        if (request->hasQuery())
            return apiRequest.refuse(Error{u"this takes no parameters"_s});
        const SourcesReader reader{apiRequest.onlyApp(), apiRequest.may(Permission::Administer)};
        apiRequest.give(encodeSources(context.intake.board().sources(), reader, QDateTime::currentMSecsSinceEpoch()));
    });
    server.get(u"/api/sources/setup"_s, [context](const HttpRequestPtr& request, const QString&) {
        ApiRequest apiRequest(context, request);
        if (!apiRequest.isLetIn({}, Permission::Read))
            return;
        SetupPlace usual{reachedAt(*request, context.hostCheck), u"demo"_s};
        // TLS that ends here is with our certificate, which few know; that of a proxy is known to all.
        if (request->connection()->isEncrypted())
            usual.certificate = u"tls-certificate.pem"_s;
        // A path on this machine is nobody else's business.
        if (apiRequest.may(Permission::Administer))
            usual.dataDir = context.dataDir;
        const Result<SetupPlace> place = readPlace(usual, apiRequest.query());
        if (!place)
            return apiRequest.refuse(place.error());
        apiRequest.give(encodeSetup(setupLines(*place)));
    });
}

} // namespace vigie
