// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QLockFile>
#include <QString>
#include <optional>

namespace vigie {

/// The folder that holds what the program keeps, and the names of what is in it.
class DataFolder
{
public:
    /// `wanted` as --data-dir says; empty: the user's. Nothing is made.
    explicit DataFolder(const QString& wanted);

    QString path() const { return m_path; }
    QString settingsPath() const;
    QString logsPath() const; ///< the folder of segments
    QString metricsPath() const;
    QString accessPath() const; ///< tokens and the audit
    QString lockPath() const;

    /// Makes the folder where it is not there. Whatever the process makes from then on is its owner's alone (umask(2)), and so
    /// becomes what is in the folder already; the folder itself only if it holds nothing but Vigie's.
    Outcome prepare() const;

private:
    QString m_path;
};

/// The right to write in a data folder: one program has it at a time.
class DataFolderLock
{
public:
    explicit DataFolderLock(const DataFolder& folder);
    ~DataFolderLock();
    Q_DISABLE_COPY_MOVE(DataFolderLock)

    /// Takes it, until this object's end. The lock of a program that was killed does not count.
    Outcome take();

private:
    Error inUse() const;

    QString m_folderPath;
    QLockFile m_lock; ///< says who holds it
    int m_folder = -1; ///< its descriptor, locked: that takes no room on the disk
};

/// Who has the right to write.
struct DataFolderHolder
{
    qint64 processId = 0;
    QString host;
};

/// The program that holds the folder's lock, if any runs; found without touching the lock. One on another machine
/// cannot be asked and is believed.
std::optional<DataFolderHolder> holderOf(const DataFolder& folder);

} // namespace vigie
