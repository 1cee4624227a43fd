// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QCommandLineOption>
#include <QList>
#include <QString>
#include <QStringList>

class QCommandLineParser;

namespace vigie {

class DataFolder;

/// What `vigie watch` is asked.
struct WatchRequest
{
    enum class What { Files, Journal, Containers, Otlp };

    QString action; ///< add, list, remove
    What what = What::Files;
    QStringList patterns; ///< absolute
    QString appId; ///< for files: needed to add; for the journal: of all units
    QString format;
    QString timeZone;
    QStringList units;
    QStringList sockets;
    QStringList names;
    int maxPriority = 7;
    QString directory; ///< of the journal
    bool thisBootOnly = false;
    bool takesPast = false;
};

/// The options of `vigie watch`, without those that all commands have.
QList<QCommandLineOption> watchOptions();

/// What the options and words mean. An error is one sentence about wrong usage.
Result<WatchRequest> parseWatch(const QCommandLineParser& parser, const QStringList& words);

/// Changes or lists what Vigie reads by itself, and tells the Vigie that runs on the folder.
Outcome changeWatched(const WatchRequest& request, const DataFolder& folder);

} // namespace vigie
