// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QLockFile>
#include <QString>
#include <optional>

namespace vigie {

/// The data folder, and the paths within it.
class DataFolder
{
public:
    /// `wanted`: the value of --data-dir; empty: the user's default folder. Creates nothing.
    explicit DataFolder(const QString& wanted);

    QString path() const { return m_path; }
    QString settingsPath() const;
    QString logsPath() const; ///< the folder of log segments
    QString metricsPath() const;
    QString spoolPath() const; ///< the folder of what `vigie log` and `vigie run` could not deliver yet
    QString sourcesPath() const; ///< what Vigie reads by itself
    QString accessPath() const; ///< tokens and the audit log
    QString nodeIdPath() const; ///< the id of this machine on a bus
    QString lockPath() const;
    QString socketPath() const; ///< by which the program that holds the folder is reached

    /// Creates the folder if needed. Restricts what is in it to the owner, and everything that the process creates later
    /// (umask(2)). Restricts the folder itself only if it holds nothing but Vigie's files.
    Outcome prepare() const;

private:
    QString m_path;
};

/// The exclusive right to write to a data folder, for one program at a time.
class DataFolderLock
{
public:
    explicit DataFolderLock(const DataFolder& folder);
    ~DataFolderLock();
    Q_DISABLE_COPY_MOVE(DataFolderLock)

    /// Acquires the lock until this object is destroyed. A stale lock of a killed program does not count. After an error, it may
    /// be tried again.
    Outcome take();
    /// Whether the last take() failed because another program holds the lock.
    bool isHeldByAnother() const { return m_isHeldByAnother; }

private:
    Error inUse();

    QString m_folderPath;
    QLockFile m_lock; ///< names the holder
    bool m_isHeldByAnother = false;
    int m_folder = -1; ///< descriptor of the locked folder; this lock needs no disk space
};

/// The holder of a data folder's lock.
struct DataFolderHolder
{
    qint64 processId = 0;
    QString host;
};

/// The running program that holds the folder's lock, if any. Does not touch the lock. A holder on another machine cannot be
/// checked and is assumed to run.
std::optional<DataFolderHolder> holderOf(const DataFolder& folder);

} // namespace vigie
