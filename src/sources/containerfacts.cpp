// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/containerfacts.h"

#include "core/names.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace vigie {

using namespace Qt::StringLiterals;

std::optional<ContainerFacts> containerFactsFrom(const QByteArray& json)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    const QJsonObject config = object["Config"_L1].toObject();
    const QJsonObject labels = config["Labels"_L1].toObject();
    const auto label = [&labels](QLatin1StringView name) { return labels[name].toString().toStdString(); };
    ContainerFacts facts;
    facts.id = object["Id"_L1].toString().toStdString();
    if (!idProblem(facts.id).empty())
        return std::nullopt;
    const QString name = object["Name"_L1].toString();
    facts.name = (name.startsWith(u'/') ? name.mid(1) : name).toStdString();
    if (facts.name.empty())
        facts.name = facts.id.substr(0, 12);
    for (const std::string& wish : {label("vigie.app"_L1), label("com.docker.compose.project"_L1), facts.name}) {
        if (facts.appId.empty() && !wish.empty())
            facts.appId = appIdFrom(wish);
    }
    facts.service = label("com.docker.compose.service"_L1);
    facts.image = config["Image"_L1].toString().toStdString();
    facts.isTerminal = config["Tty"_L1].toBool();
    const QJsonObject state = object["State"_L1].toObject();
    facts.isRunning = state["Running"_L1].toBool();
    facts.startedAt = state["StartedAt"_L1].toString().toStdString();
    const QString driver = object["HostConfig"_L1].toObject()["LogConfig"_L1].toObject()["Type"_L1].toString();
    facts.keepsLog = driver != "none"_L1 && driver != "passthrough"_L1;
    return facts;
}

std::optional<ContainerEvent> containerEventFrom(const QByteArray& line)
{
    const QJsonObject event = QJsonDocument::fromJson(line).object();
    if (event["Type"_L1].toString() != "container"_L1)
        return std::nullopt;
    const QString action = event["Action"_L1].toString();
    const QString id = event["Actor"_L1].toObject()["ID"_L1].toString(event["id"_L1].toString());
    if (id.isEmpty())
        return std::nullopt;
    if (action == "start"_L1)
        return ContainerEvent{ContainerEvent::Kind::Started, id};
    if (action == "die"_L1)
        return ContainerEvent{ContainerEvent::Kind::Ended, id};
    if (action == "remove"_L1 || action == "destroy"_L1) // Podman's word, Docker's word
        return ContainerEvent{ContainerEvent::Kind::Removed, id};
    return std::nullopt;
}

} // namespace vigie
