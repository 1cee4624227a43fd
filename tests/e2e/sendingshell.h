// SPDX-License-Identifier: GPL-3.0-or-later
// What tests of vigie log and vigie run share: lines of shell, and what Vigie has stored of them.
#pragma once

#include "commands.h"
#include "harness.h"

#include <QDir>
#include <QJsonDocument>

namespace vigie::e2e {

struct Ended
{
    int code = -1; ///< 128 and the signal where one ended it
    QByteArray out;
    QByteArray err;
};

/// `$V` is the program and `$D` the data folder.
inline void startShell(QProcess& process, const QString& line, const QString& dataDir)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"LC_ALL"_s, u"C.UTF-8"_s);
    environment.remove(u"LANGUAGE"_s);
    environment.insert(u"V"_s, programPath());
    environment.insert(u"D"_s, dataDir);
    process.setProcessEnvironment(environment);
    process.start(u"bash"_s, {u"-c"_s, line});
}

inline Ended shell(const QString& line, const QString& dataDir, int timeoutMs = 2 * longWaitMs)
{
    QProcess process;
    startShell(process, line, dataDir);
    if (!waitUntil([&process] { return process.state() == QProcess::NotRunning; }, timeoutMs))
        return {-2, process.readAllStandardOutput(), process.readAllStandardError()};
    const int code = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : 128 + process.exitCode();
    const Ended ended{code, process.readAllStandardOutput(), process.readAllStandardError()};
    if (ended.err.contains("Sanitizer") || ended.err.contains("runtime error:"))
        qFatal("a sanitizer's report: %s", ended.err.constData());
    return ended;
}

inline QList<QJsonObject> stored(const VigieProcess& vigie, const QString& appId = u"shop"_s)
{
    QList<QJsonObject> entries;
    for (const QByteArray& line : vigie.command({u"export"_s, u"--app"_s, appId}).split('\n')) {
        if (!line.isEmpty())
            entries += QJsonDocument::fromJson(line).object();
    }
    return entries;
}

inline QStringList messages(const VigieProcess& vigie, const QString& appId = u"shop"_s)
{
    QStringList all;
    for (const QJsonObject& entry : stored(vigie, appId))
        all += entry["message"_L1].toString();
    return all;
}

inline int spools(const QString& dataDir)
{
    return int(QDir(dataDir + u"/spool"_s).entryList(QDir::Files).size());
}

} // namespace vigie::e2e
