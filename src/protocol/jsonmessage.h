// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QString>

namespace vigie {

/// The text of a message: its type and what it carries.
inline QByteArray jsonMessage(const QString& type, const QJsonValue& payload)
{
    const QJsonObject message{{QStringLiteral("type"), type}, {QStringLiteral("payload"), payload}};
    return QJsonDocument(message).toJson(QJsonDocument::Compact);
}

} // namespace vigie
