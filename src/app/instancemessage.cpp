// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/instancemessage.h"

#include "core/logfilestate.h"
#include "core/viewaddress.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype maxText = 4'096; // Linux has no longer path

QByteArray lineOf(const QJsonObject& object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

/// The object in a line of ours: it says so, so that what another program sends by mistake is not taken for one.
std::optional<QJsonObject> objectIn(const QByteArray& line)
{
    const QJsonObject object = QJsonDocument::fromJson(line).object();
    return line.size() <= maxInstanceLine && object["vigie"_L1].toInt() == 1 ? std::optional(object) : std::nullopt;
}

} // namespace

QByteArray InstanceRequest::toLine() const
{
    return lineOf({{u"vigie"_s, 1},
                   {u"raise"_s, raises},
                   {u"sources"_s, rereadsSources},
                   {u"share"_s, shares},
                   {u"files"_s, QJsonArray::fromStringList(files)},
                   {u"view"_s, view},
                   {u"activation"_s, activation}});
}

std::optional<InstanceRequest> InstanceRequest::fromLine(const QByteArray& line)
{
    const auto object = objectIn(line);
    if (!object)
        return std::nullopt;
    InstanceRequest request;
    request.raises = (*object)["raise"_L1].toBool();
    request.rereadsSources = (*object)["sources"_L1].toBool();
    request.shares = (*object)["share"_L1].toBool();
    request.activation = (*object)["activation"_L1].toString();
    request.view = (*object)["view"_L1].toString();
    if (request.view.size() > ViewAddress::maxFragment)
        return std::nullopt;
    const QJsonArray files = (*object)["files"_L1].toArray();
    if (files.size() > maxLogFiles || request.activation.size() > maxText || request.activation.contains(QChar::Null))
        return std::nullopt;
    for (const QJsonValue& file : files) {
        const QString path = file.toString();
        if (path.size() > maxText || path.contains(QChar::Null) || !QDir::isAbsolutePath(path))
            return std::nullopt;
        request.files.append(path);
    }
    return request;
}

QByteArray InstanceAnswer::toLine() const
{
    return lineOf({{u"vigie"_s, 1}, {u"pid"_s, processId}, {u"url"_s, url}, {u"window"_s, hasWindow}, {u"ending"_s, isEnding}});
}

std::optional<InstanceAnswer> InstanceAnswer::fromLine(const QByteArray& line)
{
    const auto object = objectIn(line);
    if (!object)
        return std::nullopt;
    return InstanceAnswer{(*object)["pid"_L1].toInteger(), (*object)["url"_L1].toString(), (*object)["window"_L1].toBool(),
                          (*object)["ending"_L1].toBool()};
}

} // namespace vigie
