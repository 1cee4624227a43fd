// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/filework.h"

#include "core/clock.h"

#include <QDateTime>
#include <QTimer>
#include <algorithm>
#include <utility>

namespace vigie {

namespace {

constexpr std::size_t pieceBytes = 256 * 1024;
constexpr std::chrono::milliseconds sitting{10}; // at work before others of the thread have their turn
constexpr std::chrono::milliseconds copyPause{1'000};

} // namespace

FileWork::FileWork(QObject* parent) : QObject(parent), m_workTimer(new QTimer(this)), m_timer(new QTimer(this))
{
    m_workTimer->setSingleShot(true);
    m_timer->setSingleShot(true);
    connect(m_workTimer, &QTimer::timeout, this, &FileWork::work);
    connect(m_timer, &QTimer::timeout, this, &FileWork::lookAtTime);
}

void FileWork::makeReady(const FileReadingPtr& reading)
{
    if (reading->isEnded || std::exchange(reading->isReady, true))
        return;
    m_ready.push_back(reading);
    if (!m_workTimer->isActive())
        m_workTimer->start(0);
}

void FileWork::attend(const FileReadingPtr& reading)
{
    m_attended.insert(reading);
    armTimer();
}

void FileWork::forget(const FileReadingPtr& reading)
{
    reading->isEnded = true;
    m_attended.erase(reading);
}

void FileWork::work()
{
    const Time start = steadyNow();
    while (!m_ready.empty() && steadyNow() - start < sitting) {
        const FileReadingPtr reading = std::move(m_ready.front());
        m_ready.pop_front();
        reading->isReady = false;
        if (!reading->isEnded)
            readOn(reading);
    }
    m_ready.empty() ? armTimer() : m_workTimer->start(0);
    if (m_ready.empty())
        m_buffer = {};
}

void FileWork::readOn(const FileReadingPtr& reading)
{
    FileGroup& group = *reading->group;
    if (group.isBlocked || group.isRefused || reading->isCopy)
        return;
    if (mustFollow(reading) || !push(reading))
        return;
    if (std::exchange(reading->isToRestart, false))
        reading->stream.restart();
    if (reading->stream.position() == 0 && !reading->stream.isPacked()) {
        Q_EMIT begins(reading);
        if (reading->isCopy || reading->isEnded)
            return;
    }
    m_buffer.resize(pieceBytes);
    const Time now = steadyNow();
    const FileStream::Step step = reading->stream.step(now, m_buffer);
    reading->isAtEnd = step == FileStream::Step::AtEnd;
    switch (step) {
    case FileStream::Step::More:
        reading->lastGrowth = now;
        makeReady(reading);
        break;
    case FileStream::Step::Truncated:
        Q_EMIT truncated(reading);
        makeReady(reading);
        return;
    case FileStream::Step::Damaged:
        reading->account->note(SourceNote::Kind::Dropped, "damaged", 1, QDateTime::currentMSecsSinceEpoch(), reading->stream.path());
        rest(reading, true);
        return;
    case FileStream::Step::AtEnd:
        rest(reading, false);
        return;
    }
    push(reading);
}

/// Whether what another file has comes first.
bool FileWork::mustFollow(const FileReadingPtr& reading)
{
    const FileReadingPtr before = reading->before.lock();
    if (!before || before->isEnded)
        return false;
    const Time now = steadyNow();
    const bool isOver = !reading->waitsForClose || before->isClosed || now - before->lastGrowth >= leavingPatience
        || (before->isAtEnd && before->stream.file().hasNoWriter());
    if (!before->isAtEnd || !isOver) {
        m_attended.insert(reading);
        return true;
    }
    if (reading->waitsForClose)
        before->stream.finish(now);
    else
        before->stream.finishEntry();
    if (!push(before))
        return true;
    reading->before.reset();
    return false;
}

/// There is nothing to be read for now.
void FileWork::rest(const FileReadingPtr& reading, bool isDamaged)
{
    if (!push(reading))
        return;
    if (reading->stream.isPacked() && (reading->stream.isWhole() || isDamaged)) {
        Q_EMIT ended(reading);
        return;
    }
    reading->account->setLagBytes(reading->stream.lag());
    const bool isToldOf = reading->watch >= 0;
    reading->account->setStatus(SourceStatus::Following,
                                isToldOf ? std::string() : "not_told");
    if (reading->isLeaving || reading->stream.deadline())
        m_attended.insert(reading);
    Q_EMIT reachedEnd(reading);
}

bool FileWork::push(const FileReadingPtr& reading)
{
    FileGroup& group = *reading->group;
    if (!pushPlaces(group))
        return false;
    FileStream& stream = reading->stream;
    if (!stream.hasBatch())
        return true;
    LogBatch& batch = stream.batch();
    const std::size_t entries = batch.size();
    const std::int64_t lastMs = batch.timestampMs(entries - 1);
    const std::string appId = batch.appId();
    if (group.queue->push(batch, Checkpoint{reading->key.name(), stream.place().text()}) == 0) {
        group.isBlocked = true;
        return false;
    }
    const std::int64_t nowMs = QDateTime::currentMSecsSinceEpoch();
    reading->account->setFormat(std::string(stream.format()));
    reading->account->add(entries, appId, lastMs, nowMs);
    reading->account->setLagBytes(stream.lag());
    if (const std::uint64_t guessed = stream.takeGuessedZones(); guessed > 0 && group.settings.timeZone.isEmpty())
        reading->account->note(SourceNote::Kind::Guessed, "no_time_zone", guessed, nowMs);
    stream.clearBatch();
    Q_EMIT placed(reading);
    return true;
}

void FileWork::pushPlace(FileGroup& group, Checkpoint checkpoint)
{
    group.checkpoints.push_back(std::move(checkpoint));
    pushPlaces(group);
}

bool FileWork::pushPlaces(FileGroup& group)
{
    while (!group.isBlocked && !group.checkpoints.empty()) {
        LogBatch nothing(group.settings.appId.toStdString());
        if (group.queue->push(nothing, group.checkpoints.front()) == 0)
            group.isBlocked = true;
        else
            group.checkpoints.pop_front();
    }
    return !group.isBlocked;
}

void FileWork::unblock(const std::shared_ptr<FileGroup>& group)
{
    group->isBlocked = false;
    pushPlaces(*group);
}

void FileWork::lookAtTime()
{
    const Time now = steadyNow();
    const std::vector<FileReadingPtr> attended(m_attended.begin(), m_attended.end());
    for (const FileReadingPtr& reading : attended) {
        if (reading->isEnded || reading->isReady || reading->group->isBlocked)
            continue;
        if (reading->isCopy) {
            Q_EMIT copyDue(reading);
            continue;
        }
        const FileReadingPtr before = reading->before.lock();
        if (reading->stream.hasBatch() || (before && before->isAtEnd)) {
            makeReady(reading);
            continue;
        }
        reading->stream.finishSilent(now);
        const bool hasLeft = reading->isLeaving && reading->isAtEnd && now - reading->lastGrowth >= leavingPatience;
        if (hasLeft)
            reading->stream.finish(now);
        if (!push(reading))
            continue;
        if (hasLeft)
            Q_EMIT ended(reading);
        else if (!reading->isLeaving && !reading->stream.deadline() && !before)
            m_attended.erase(reading);
    }
    armTimer();
}

void FileWork::armTimer()
{
    const Time now = steadyNow();
    std::optional<Time> next;
    for (const FileReadingPtr& reading : m_attended) {
        if (reading->isReady || reading->group->isBlocked)
            continue;
        std::optional<Time> when = reading->isCopy ? now + copyPause : reading->stream.deadline();
        if (reading->isLeaving && reading->isAtEnd)
            when = std::min(when.value_or(Time::max()), reading->lastGrowth + leavingPatience);
        if (const FileReadingPtr before = reading->before.lock(); before && before->isAtEnd)
            when = std::min(when.value_or(Time::max()), before->lastGrowth + leavingPatience);
        if (when)
            next = std::min(next.value_or(Time::max()), *when);
    }
    if (next)
        m_timer->start(std::max(*next - now, Time(1)));
    else
        m_timer->stop();
}

} // namespace vigie
