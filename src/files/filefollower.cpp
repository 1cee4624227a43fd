// SPDX-License-Identifier: GPL-3.0-or-later
#include "files/filefollower.h"

#include "core/clock.h"
#include "core/pattern.h"
#include "files/logfile.h"

#include <QFileInfo>
#include <QTimer>
#include <algorithm>
#include <chrono>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::milliseconds pause{500}; // between two looks at files that do not grow
constexpr int stepsAtOnce = 4; // before others get their turn

} // namespace

struct FileFollower::Followed
{
    Followed(FileFollower& follower, const QString& filePath, const std::string& appId)
        : path(filePath), file(filePath, appId, [this, &follower](LogBatch batch) { follower.take(*this, std::move(batch)); })
    {}

    QString path;
    LogFile file;
    std::uint64_t lastSequence = 0;
    std::uint64_t held = 0;
    std::uint64_t toldLines = 0;
    bool isRead = false;
};

FileFollower::FileFollower(QObject* parent) : QObject(parent) {}

FileFollower::~FileFollower() = default;

/// "file:app.log", and "file:app.log (2)" for another of that name.
std::string FileFollower::freeName(const QString& path) const
{
    const QString name = u"file:"_s + QFileInfo(path).fileName();
    QString free = name;
    const auto isTaken = [&free](const auto& one) { return one->file.appId() == free.toStdString(); };
    for (int number = 2; std::ranges::any_of(m_files, isTaken); ++number)
        free = u"%1 (%2)"_s.arg(name).arg(number);
    return free.toStdString();
}

void FileFollower::open(const QString& path)
{
    const auto same = std::ranges::find_if(m_files, [&path](const auto& one) { return one->path == path; });
    if (same != m_files.end()) {
        Q_EMIT stateChanged(stateOf(**same));
        return;
    }
    LogFileState failed;
    failed.path = path;
    if (m_files.size() >= maxFiles) {
        failed.problem = tr("No more than %n files can be open at once.", nullptr, maxFiles);
        Q_EMIT stateChanged(failed);
        return;
    }
    auto file = std::make_unique<Followed>(*this, path, freeName(path));
    if (const Outcome opened = file->file.open(); !opened) {
        failed.problem = opened.error().message;
        Q_EMIT stateChanged(failed);
        return;
    }
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
    std::erase_if(m_files, [id = appId.toStdString()](const auto& one) { return one->file.appId() == id; });
    m_history.clear(appId.toStdString());
}

void FileFollower::work()
{
    bool isBusy = false;
    for (const auto& file : m_files)
        isBusy = readOn(*file) || isBusy;
    if (!m_files.empty())
        m_timer->start(isBusy ? std::chrono::milliseconds(0) : pause);
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
    bool hasMore = true;
    for (int step = 0; step < stepsAtOnce && hasMore; ++step)
        hasMore = file.file.readOn(steadyNow());
    const bool isNewlyRead = !hasMore && !file.isRead;
    file.isRead = file.isRead || !hasMore;
    if (isNewlyRead || file.toldLines != file.file.lines()) {
        file.toldLines = file.file.lines();
        Q_EMIT stateChanged(stateOf(file));
    }
    return hasMore;
}

LogFileState FileFollower::stateOf(const Followed& file) const
{
    return {QString::fromStdString(file.file.appId()), file.path, file.file.lines(), file.held,
            file.held == file.lastSequence && !file.file.isCounted(), file.isRead, !file.file.isPacked(), file.file.problem()};
}

HistoryPage FileFollower::query(const HistoryQuery& query)
{
    HistoryPage page;
    const auto take = [&page](HistoryPage found) { page = std::move(found); };
    if (query.regex.empty()) {
        m_history.query(query, take);
        return page;
    }
    const Result<Pattern> pattern = Pattern::of(query.regex);
    if (!pattern)
        return page;
    HistoryQuery all = query;
    all.regex.clear();
    all.limit = bounds.entries;
    m_history.query(all, take);
    std::erase_if(page.entries, [&pattern](const LogEntryRef& entry) {
        return !pattern->isIn(entry.batch->message(entry.index)) && !pattern->isIn(entry.batch->metadataJson(entry.index));
    });
    if (page.entries.size() > query.limit)
        page.entries.erase(page.entries.begin(), page.entries.end() - std::ptrdiff_t(query.limit));
    return page;
}

} // namespace vigie
