// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QString>
#include <QStringList>
#include <functional>
#include <vector>

namespace vigie {

/// Log files that are watched.
struct WatchedFiles
{
    QString pattern; ///< an absolute path; its name, and folders in it, may hold *, ? and […]
    QString appId;
    QString format; ///< of a LineFormat, where its owner corrected what was found by looking; empty: found by looking
    QString timeZone; ///< an IANA name, of times that name none; empty: the machine's
    bool takesPast = false; ///< also what lies there already, packed files included; false: what is written from now on

    bool operator==(const WatchedFiles&) const = default;
};

/// How systemd's journal is read.
struct WatchedJournal
{
    bool isOn = false;
    QString directory; ///< "/var/log/journal/remote"; empty: the machine's own
    QStringList units; ///< "nginx.service"; empty: all
    QString appId; ///< of all of its entries; empty: each unit is an application
    bool thisBootOnly = false;
    int maxPriority = 7; ///< 0 (emerg) to 7 (debug): what is less important is left out
    bool takesPast = false; ///< also what it holds already

    bool operator==(const WatchedJournal&) const = default;
};

/// How containers are read.
struct WatchedContainers
{
    bool isOn = false;
    QStringList sockets; ///< of Docker or Podman; empty: those that are usual
    QStringList names; ///< of containers, with * and ?; empty: all

    bool operator==(const WatchedContainers&) const = default;
};

/// The sources that Vigie reads by itself, and doors beside its own: a plain value, stored as one readable JSON file, which the
/// window, the command line and people change.
struct SourceSettings
{
    std::vector<WatchedFiles> files;
    WatchedJournal journal;
    WatchedContainers containers;
    bool listensForOtlp = false; ///< on port 4318 as well, where exporters send to unless they are told otherwise

    bool operator==(const SourceSettings&) const = default;

    /// Reads `path`; the defaults if there is no file. A file that is not as save() writes it is an error that names the place.
    static Result<SourceSettings> load(const QString& path);
    /// Writes `path` atomically.
    Outcome save(const QString& path) const;
    /// Loads, changes and saves, while nobody else does. `change` gives what is wrong with that, and nothing is saved then.
    static Outcome change(const QString& path, const std::function<Outcome(SourceSettings&)>& change);
};

/// Formats of lines that an owner can choose, as LineReader and StreamReader know them.
const QStringList& lineFormats();

/// What is wrong with an entry that is to be added, for people.
Outcome check(const WatchedFiles& files);

} // namespace vigie
