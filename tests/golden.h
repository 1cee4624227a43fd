// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QList>
#include <QString>

/// An example message of tests/data/protocol, exactly as on the wire. Each file there is an array of {"name", "direction":
/// "client" | "server", "note", "message"}. The document's examples and every client library are tested against the same ones.
struct GoldenMessage
{
    QString name; ///< unique within its direction
    QString direction; ///< who sends it
    QJsonObject message;
};

inline QByteArray jsonText(const QJsonObject& object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

inline QJsonObject jsonObject(const QByteArray& text)
{
    return QJsonDocument::fromJson(text).object();
}

/// All golden messages. An unreadable file counts as one without a name, so that every test notices.
inline QList<GoldenMessage> goldenMessages()
{
    QList<GoldenMessage> all;
    const QDir dir(QStringLiteral(VIGIE_TEST_DATA "/protocol"));
    for (const QString& fileName : dir.entryList({QStringLiteral("*.json")})) {
        QFile file(dir.filePath(fileName));
        const bool isOpen = file.open(QIODevice::ReadOnly);
        const QJsonArray items = isOpen ? QJsonDocument::fromJson(file.readAll()).array() : QJsonArray();
        if (items.isEmpty())
            all.append(GoldenMessage());
        for (const QJsonValue& item : items) {
            all.append({item[QLatin1String("name")].toString(), item[QLatin1String("direction")].toString(),
                        item[QLatin1String("message")].toObject()});
        }
    }
    return all;
}

/// The messages of one side.
inline QList<GoldenMessage> goldenMessages(const QString& direction)
{
    QList<GoldenMessage> some;
    for (const GoldenMessage& one : goldenMessages()) {
        if (one.direction == direction || one.name.isEmpty())
            some.append(one);
    }
    return some;
}
