// SPDX-License-Identifier: GPL-3.0-or-later
#include "files/filefollower.h"

#include "core/clock.h"
#include "core/names.h"
#include "files/logfile.h"

#include <QFileInfo>
#include <QTimer>
#include <algorithm>
#include <chrono>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::milliseconds pause{500}; // between two looks at files that do not grow
constexpr std::chrono::milliseconds tellPause{100}; // between two states of a file that is being read

} // namespace

struct FileFollower::Followed
{
    Followed(FileFollower& follower, const QString& filePath, const std::string& appId)
        : path(filePath), identity(identityOf(filePath)), file(filePath, appId, [this, &follower](LogBatch batch) { follower.take(*this, std::move(batch)); })
    {}

    /// Without links. The file is read by the name it was given, as a link may come to lead to another.
    static QString identityOf(const QString& path) { return QFileInfo(path).canonicalFilePath(); }

    QString path;
    QString identity;
    LogFile file;
    std::uint64_t sequenceBefore = 0;
    std::uint64_t lastSequence = 0;
    std::uint64_t held = 0;
    std::uint64_t toldLines = 0;
    QString toldProblem;
    std::chrono::milliseconds toldAt{0};
    bool isRead = false;
};

FileFollower::FileFollower(QObject* parent) : QObject(parent) {}

FileFollower::~FileFollower() = default;

/// "file:app.log", and "file:app.log (2)" for another of that name.
std::string FileFollower::freeName(const QString& path) const
{
    const QString name = QString::fromUtf8(filePrefix) + QFileInfo(path).fileName();
    QString free = name;
    const auto isTaken = [&free](const auto& one) { return one->file.appId() == free.toStdString(); };
    for (int number = 2; std::ranges::any_of(m_files, isTaken); ++number)
        free = u"%1 (%2)"_s.arg(name).arg(number);
    return free.toStdString();
}

void FileFollower::open(const QString& givenPath)
{
    const QString path = QFileInfo(givenPath).absoluteFilePath();
    const QString identity = Followed::identityOf(path);
    const auto same = std::ranges::find_if(
        m_files, [&](const auto& one) { return one->path == path || (!identity.isEmpty() && one->identity == identity); });
    if (same != m_files.end()) {
        Q_EMIT stateChanged(stateOf(**same));
        if ((*same)->isRead)
            Q_EMIT opened(QString::fromStdString((*same)->file.appId()));
        return;
    }
    LogFileState failed;
    failed.path = path;
    if (m_files.size() >= maxLogFiles) {
        failed.problem = tr("No more than %n files can be open at once.", nullptr, maxLogFiles);
        Q_EMIT stateChanged(failed);
        return;
    }
    auto file = std::make_unique<Followed>(*this, path, freeName(path));
    if (const Outcome outcome = file->file.open(); !outcome) {
        failed.problem = outcome.error().message;
        Q_EMIT stateChanged(failed);
        return;
    }
    if (const auto before = m_closed.find(file->file.appId()); before != m_closed.end())
        file->sequenceBefore = file->lastSequence = before->second;
    m_files.push_back(std::move(file));
    if (!m_timer) {
        m_timer = new QTimer(this);
        m_timer->setSingleShot(true);
        connect(m_timer, &QTimer::timeout, this, &FileFollower::work);
    }
    m_timer->start(0);
}

void FileFollower::close(const QString& appId)
{
    const std::string id = appId.toStdString();
    const auto found = std::ranges::find_if(m_files, [&id](const auto& one) { return one->file.appId() == id; });
    if (found == m_files.end())
        return;
    const std::uint64_t last = (*found)->lastSequence;
    m_files.erase(found);
    m_history.clear(id);
    m_closed[id] = last;
    Q_EMIT closed(appId, last);
}

/// A step of one file; the others have their turn after what was asked meanwhile.
void FileFollower::work()
{
    if (m_files.empty())
        return;
    if (m_next >= m_files.size())
        m_next = 0;
    m_isBusy = readOn(*m_files[m_next++]) || m_isBusy;
    const bool isRoundOver = m_next >= m_files.size();
    m_timer->start(isRoundOver && !m_isBusy ? pause : std::chrono::milliseconds(0));
    m_isBusy = m_isBusy && !isRoundOver;
}

void FileFollower::take(Followed& file, LogBatch batch)
{
    batch.setFirstSequence(file.lastSequence + 1);
    const auto shared = std::make_shared<const LogBatch>(std::move(batch));
    file.lastSequence = shared->lastSequence();
    m_history.add(shared);
    file.held = file.lastSequence + 1 - m_history.heldFrom(file.file.appId());
    if (file.isRead)
        Q_EMIT grown(shared);
}

/// True: there may be more at once.
bool FileFollower::readOn(Followed& file)
{
    const bool hasMore = file.file.readOn(steadyNow());
    const bool isNewlyRead = !hasMore && !file.isRead;
    file.isRead = file.isRead || !hasMore;
    const bool isNew = file.toldLines != file.file.lines() || file.toldProblem != file.file.problem();
    if (isNewlyRead || (isNew && (!hasMore || steadyNow() - file.toldAt >= tellPause)))
        tell(file);
    if (isNewlyRead)
        Q_EMIT opened(QString::fromStdString(file.file.appId()));
    return hasMore;
}

void FileFollower::tell(Followed& file)
{
    file.toldLines = file.file.lines();
    file.toldProblem = file.file.problem();
    file.toldAt = steadyNow();
    Q_EMIT stateChanged(stateOf(file));
}

LogFileState FileFollower::stateOf(const Followed& file) const
{
    return {QString::fromStdString(file.file.appId()), file.path, file.file.lines(), file.held,
            file.held == file.lastSequence - file.sequenceBefore && !file.file.isCounted(), file.isRead, !file.file.isPacked(), file.file.problem()};
}

HistoryPage FileFollower::query(const HistoryQuery& query)
{
    HistoryPage page;
    const auto take = [&page](HistoryPage found) { page = std::move(found); };
    m_history.query(query, take);
    return page;
}

} // namespace vigie
