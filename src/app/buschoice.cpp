// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/buschoice.h"

#include "app/datafolder.h"
#include "core/names.h"
#include "core/settings.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QHostAddress>
#include <QSaveFile>
#include <QSysInfo>
#include <QUrl>
#include <QUuid>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

bool isLoopback(const QUrl& url)
{
    return url.host() == "localhost"_L1 || QHostAddress(url.host()).isLoopback();
}

bool isReadable(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly);
}

} // namespace

BusChoice withSettings(BusChoice choice, const Settings& settings)
{
    if (choice.servers.isEmpty() && !settings.bus.isEmpty())
        choice.servers = QStringList{settings.bus};
    if (choice.credentialsFile.isEmpty())
        choice.credentialsFile = settings.busCredentials;
    if (choice.authoritiesFile.isEmpty())
        choice.authoritiesFile = settings.busTlsCa;
    if (choice.node.isEmpty())
        choice.node = settings.node;
    return choice;
}

Result<BusChoice> checkedBus(BusChoice choice, bool isInsecure)
{
    QStringList servers;
    for (const QString& typed : choice.servers.join(u',').split(u',', Qt::SkipEmptyParts)) {
        const QString text = typed.trimmed();
        const QUrl url(text.contains("://"_L1) ? text : "nats://"_L1 + text, QUrl::StrictMode);
        const bool isTls = url.scheme() == "tls"_L1 || !choice.authoritiesFile.isEmpty();
        if (!url.isValid() || url.host().isEmpty() || (url.scheme() != "nats"_L1 && url.scheme() != "tls"_L1))
            return Error{Text::tr("--bus takes addresses such as nats://host:4222, not “%1”.").arg(text)};
        const bool isNamed = !choice.credentialsFile.isEmpty() || !url.userInfo().isEmpty();
        if (!isInsecure && !isLoopback(url) && !(isTls && isNamed))
            return Error{Text::tr("Beyond this machine a bus needs credentials (--bus-credentials) and TLS (tls:// or --bus-tls-ca): %1. "
                                  "--insecure does without them.")
                             .arg(url.toString(QUrl::RemoveUserInfo))};
        servers.append(url.toString());
    }
    choice.servers = servers;
    for (const QString& path : {choice.credentialsFile, choice.authoritiesFile}) {
        if (!path.isEmpty() && !isReadable(path))
            return Error{Text::tr("Cannot read %1.").arg(path)};
    }
    if (!choice.node.isEmpty() && !nameProblem(choice.node.toStdString()).empty())
        return Error{Text::tr("--node cannot be “%1”.").arg(choice.node)};
    return choice;
}

Result<LogBus::Config> busConfig(const BusChoice& choice, const DataFolder& folder)
{
    // A name may be given twice, such as that of a copied machine. What sources have read is kept by the id.
    QFile kept(folder.nodeIdPath());
    QByteArray id;
    if (kept.open(QIODevice::ReadOnly))
        id = kept.readAll().trimmed();
    if (id.isEmpty()) {
        id = QUuid::createUuid().toString(QUuid::Id128).toLatin1();
        QSaveFile made(folder.nodeIdPath());
        if (!made.open(QIODevice::WriteOnly) || made.write(id + '\n') < 0 || !made.commit())
            return Error{Text::tr("Cannot write %1: %2").arg(folder.nodeIdPath(), made.errorString())};
    }
    LogBus::Config config;
    for (const QString& server : choice.servers)
        config.servers.urls.push_back(server.toStdString());
    config.servers.credentialsFile = choice.credentialsFile.toStdString();
    config.servers.authoritiesFile = choice.authoritiesFile.toStdString();
    config.node = (choice.node.isEmpty() ? QSysInfo::machineHostName() : choice.node).toStdString();
    config.servers.name = "vigie " + config.node;
    config.nodeId = id.toStdString();
    return config;
}

} // namespace vigie
