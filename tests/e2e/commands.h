// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "harness.h"

#include <QFile>

namespace vigie::e2e {

using namespace Qt::StringLiterals;

inline bool send(VigieProcess& vigie, const QString& appId, const QJsonArray& entries)
{
    Client producer;
    if (!producer.signIn(vigie, appId, u"till \"é\""_s))
        return false;
    producer.send(u"logs"_s, QJsonObject{{u"logs"_s, entries}, {u"ack"_s, true}});
    return !producer.take(u"logs_ack"_s).isEmpty();
}

/// Fills a folder with these entries; no Vigie runs on it afterwards.
inline bool fill(VigieProcess& vigie, const QString& appId, const QJsonArray& entries)
{
    return vigie.start() && send(vigie, appId, entries) && vigie.stop() == 0;
}

inline QStringList doctorOf(const QString& folder)
{
    return {u"doctor"_s, u"--data-dir"_s, folder};
}

inline bool write(const QString& path, const QByteArray& text)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
}

inline QByteArray read(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

inline bool isOneLine(const QByteArray& text)
{
    return text.size() > 1 && text.endsWith('\n') && text.count('\n') == 1;
}

} // namespace vigie::e2e
