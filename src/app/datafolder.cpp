// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/datafolder.h"

#include "core/regularfile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>
#include <QSysInfo>
#include <algorithm>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

Error notUsable(const QString& path)
{
    return {QCoreApplication::translate("main", "Cannot read and write the data folder %1.").arg(path)};
}

void takeFromOthers(const QString& path)
{
    struct stat status = {};
    const QByteArray name = QFile::encodeName(path);
    // Leaves links alone, as their targets may serve others, too. A file that we may not change is no error.
    if (::lstat(name.constData(), &status) == 0 && !S_ISLNK(status.st_mode) && status.st_mode & (S_IRWXG | S_IRWXO))
        ::chmod(name.constData(), status.st_mode & S_IRWXU);
}

/// Whether the name is one of ours: in the data folder, or made beside its files ("metrics.db-wal", "settings.json.aBcDeF").
bool isOurs(const QString& name)
{
    static const QStringList files{u"settings.json"_s, u"sources.json"_s, u"metrics.db"_s, u"access.db"_s, u"tls-certificate.pem"_s,
                                   u"tls-key.pem"_s, u"node-id"_s};
    return name == "lock"_L1 || name == "socket"_L1 || name == "logs"_L1 || name == "spool"_L1 || std::ranges::any_of(files, [&name](const QString& file) {
               return name == file || name.startsWith(file + u'-') || name.startsWith(file + u'.');
           });
}

bool isSegment(const QString& name)
{
    return name.startsWith("logs-"_L1) && name.contains(".db"_L1);
}

/// Restricts the files that `isKnown` accepts, and the folder itself if it has no others.
void takeFolderFromOthers(const QString& path, bool (*isKnown)(const QString&))
{
    const QDir dir(path);
    const QStringList names = dir.entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
    if (std::ranges::all_of(names, isKnown))
        takeFromOthers(path);
    for (const QString& name : names) {
        // The only subfolder of ours is handled separately.
        if (isKnown(name) && !QFileInfo(dir.filePath(name)).isDir())
            takeFromOthers(dir.filePath(name));
    }
}

bool runs(qint64 processId, const QString& program)
{
    if (::kill(static_cast<pid_t>(processId), 0) != 0 && errno == ESRCH)
        return false;
    // The pid may have been reused. The names of other users' processes are not visible.
    const QString name = QFileInfo(QFileInfo(u"/proc/%1/exe"_s.arg(processId)).symLinkTarget()).fileName();
    return name.isEmpty() || name.section(u' ', 0, 0) == program; // "vigie (deleted)" after an update
}

/// The lock file names a program of this machine that has ended.
bool isStale(const QLockFile& lock)
{
    qint64 processId = 0;
    QString host;
    QString program;
    return lock.getLockInfo(&processId, &host, &program) && host == QSysInfo::machineHostName() && !runs(processId, program);
}

} // namespace

DataFolder::DataFolder(const QString& wanted)
    : m_path(wanted.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation)
                              : QDir(wanted).absolutePath())
{}

QString DataFolder::settingsPath() const
{
    return m_path + u"/settings.json"_s;
}

QString DataFolder::logsPath() const
{
    return m_path + u"/logs"_s;
}

QString DataFolder::metricsPath() const
{
    return m_path + u"/metrics.db"_s;
}

QString DataFolder::sourcesPath() const
{
    return m_path + u"/sources.json"_s;
}

QString DataFolder::spoolPath() const
{
    return m_path + u"/spool"_s;
}

QString DataFolder::accessPath() const
{
    return m_path + u"/access.db"_s;
}

QString DataFolder::nodeIdPath() const
{
    return QDir(m_path).filePath(u"node-id"_s);
}

QString DataFolder::lockPath() const
{
    return m_path + u"/lock"_s;
}

QString DataFolder::socketPath() const
{
    return m_path + u"/socket"_s;
}

Outcome DataFolder::prepare() const
{
    ::umask(S_IRWXG | S_IRWXO);
    if (!QDir().mkpath(m_path))
        return Error{QCoreApplication::translate("main", "Cannot make the data folder %1.").arg(m_path)};
    const QFileInfo folder(m_path);
    if (!folder.isReadable() || !folder.isWritable() || !folder.isExecutable())
        return notUsable(m_path);
    takeFolderFromOthers(m_path, isOurs);
    takeFolderFromOthers(logsPath(), isSegment);
    return std::monostate{};
}

DataFolderLock::DataFolderLock(const DataFolder& folder) : m_folderPath(folder.path()), m_lock(folder.lockPath())
{
    m_lock.setStaleLockTime(0);
}

DataFolderLock::~DataFolderLock()
{
    if (m_folder >= 0)
        ::close(m_folder);
}

Outcome DataFolderLock::take()
{
    m_isHeldByAnother = false;
    if (const QString path = DataFolder(m_folderPath).lockPath(); isOtherThanRegularFile(path))
        return Error{QCoreApplication::translate("main", "%1 cannot be used: %2").arg(path, notRegularFileText())};
    if (m_folder >= 0)
        ::close(m_folder);
    m_folder = ::open(QFile::encodeName(m_folderPath).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool isLocked = ::flock(m_folder, LOCK_EX | LOCK_NB) == 0;
    if (!isLocked && errno == EWOULDBLOCK)
        return inUse();
    if (m_lock.tryLock(0))
        return std::monostate{};
    // On a full disk, the lock file cannot be written, and that of a killed program cannot be replaced. The lock on the folder
    // itself is enough.
    const QLockFile::LockError error = m_lock.error();
    if (isLocked && (error == QLockFile::UnknownError || (error == QLockFile::LockFailedError && isStale(m_lock))))
        return std::monostate{};
    return error == QLockFile::LockFailedError ? Outcome(inUse()) : notUsable(m_folderPath);
}

Error DataFolderLock::inUse()
{
    m_isHeldByAnother = true;
    qint64 pid = 0;
    QString host;
    QString program;
    if (!m_lock.getLockInfo(&pid, &host, &program))
        return {QCoreApplication::translate("main", "The data folder %1 is in use by another Vigie.").arg(m_folderPath)};
    return Error{
        QCoreApplication::translate("main", "The data folder %1 is in use by another Vigie (process %2 on %3).")
            .arg(m_folderPath)
            .arg(pid)
            .arg(host)};
}

std::optional<DataFolderHolder> holderOf(const DataFolder& folder)
{
    DataFolderHolder holder;
    QString program;
    if (isOtherThanRegularFile(folder.lockPath()))
        return std::nullopt;
    if (!QLockFile(folder.lockPath()).getLockInfo(&holder.processId, &holder.host, &program))
        return std::nullopt;
    if (holder.host == QSysInfo::machineHostName() && !runs(holder.processId, program))
        return std::nullopt;
    return holder;
}

} // namespace vigie
