// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/healthcommand.h"

#include "app/instancedoor.h"
#include "core/visibletext.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QUrl>
#include <cstdio>
#include <memory>

namespace vigie {

namespace {

using namespace Qt::StringLiterals;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(HealthCommand)
};

constexpr int answerMs = 5'000;
constexpr int serverError = 500; // and above: it is starting, or cannot do its work

} // namespace

Outcome checkHealth(const DataFolder& folder)
{
    const auto instance = askInstance(folder.socketPath(), {});
    if (!instance)
        return Error{Text::tr("No Vigie runs on the data folder %1.").arg(folder.path())};
    if (instance->isEnding || instance->url.isEmpty())
        return Error{Text::tr("Vigie is starting or ending.")};
    QNetworkRequest request(QUrl(instance->url + u"api/apps"_s));
    request.setTransferTimeout(answerMs);
    QNetworkAccessManager network;
    const std::unique_ptr<QNetworkReply> reply(network.head(request));
    // Its address came by the owner's own socket, and nothing is told to it.
    reply->ignoreSslErrors();
    QEventLoop loop;
    QObject::connect(reply.get(), &QNetworkReply::finished, &loop, &QEventLoop::quit);
    loop.exec();
    // Who asks for a token answers.
    const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status == 0)
        return Error{Text::tr("Vigie does not answer at %1: %2").arg(instance->url, reply->errorString())};
    if (status >= serverError)
        return Error{Text::tr("Vigie is at %1 and answers %2.").arg(instance->url).arg(status)};
    std::printf("%s\n", qPrintable(visibleText(Text::tr("Vigie is at %1 and answers.").arg(instance->url))));
    return std::monostate{};
}

} // namespace vigie
