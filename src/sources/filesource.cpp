// SPDX-License-Identifier: GPL-3.0-or-later
// What is wanted, and what the watcher and the work tell. What is there: filescan.cpp; what becomes of files: filerotation.cpp.
#include "sources/filesource.h"

#include "core/clock.h"
#include "intake/intake.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QTimer>
#include <algorithm>

namespace vigie {

using namespace std::chrono_literals;

namespace {

/// Of a pattern: that it was watched before.
std::string checkpointOf(const QString& pattern)
{
    constexpr qsizetype hashBytes = 12;
    const QByteArray hash = QCryptographicHash::hash(pattern.toUtf8(), QCryptographicHash::Sha256).first(hashBytes).toHex();
    return std::string(fileCheckpoints) + "watch:" + hash.toStdString();
}

} // namespace

FileSource::FileSource(Intake& intake, QObject* parent)
    : LogSource(parent), m_intake(intake), m_work(this), m_watcher(this), m_scanTimer(new QTimer(this)), m_pollTimer(new QTimer(this))
{
    m_scanTimer->setSingleShot(true);
    connect(m_scanTimer, &QTimer::timeout, this, &FileSource::scan);
    connect(m_pollTimer, &QTimer::timeout, this, &FileSource::scan);
    connect(&m_work, &FileWork::begins, this, &FileSource::lookForCopy);
    connect(&m_work, &FileWork::copyDue, this, &FileSource::settleCopy);
    connect(&m_work, &FileWork::truncated, this, &FileSource::takeTruncated);
    connect(&m_work, &FileWork::ended, this, &FileSource::takeEnded);
    connect(&m_work, &FileWork::placed, this, &FileSource::storePlace);
    connect(&m_work, &FileWork::reachedEnd, this, [this](const FileReadingPtr& reading) {
        if (reading->hasFollowers)
            wakeFollowers(reading);
    });
    const auto readingOf = [this](int number) {
        const auto found = m_byWatch.find(number);
        return found == m_byWatch.end() ? nullptr : found->second.lock();
    };
    connect(&m_watcher, &FileWatcher::fileChanged, this, [this, readingOf](int number) {
        if (const FileReadingPtr reading = readingOf(number)) {
            reading->setClosed(false);
            m_work.makeReady(reading);
        }
    });
    connect(&m_watcher, &FileWatcher::fileClosed, this, [this, readingOf](int number) {
        if (const FileReadingPtr reading = readingOf(number)) {
            reading->setClosed(true);
            m_work.makeReady(reading);
        }
    });
    connect(&m_watcher, &FileWatcher::fileRenamed, this, &FileSource::scanSoon);
    connect(&m_watcher, &FileWatcher::folderChanged, this, [this](int number, const std::string& name) {
        const auto folder = m_folderOf.find(number);
        if (folder == m_folderOf.end())
            return;
        // Not for each file that somebody makes in a folder where a log is, too.
        const std::string path = (folder->second == "/" ? "/" : folder->second + '/') + name;
        const bool isWanted = name.empty() || std::ranges::any_of(m_groups, [&path](const GroupPtr& group) {
            return group->pattern.concerns(path);
        });
        if (isWanted)
            scanSoon();
    });
    connect(&m_watcher, &FileWatcher::muchWasMissed, this, [this] {
        for (const auto& [key, reading] : m_readings)
            m_work.makeReady(reading);
        scanSoon();
    });
}

FileSource::~FileSource()
{
    for (const GroupPtr& group : m_groups)
        group->queue->deleteLater();
}

FileSource::GroupPtr FileSource::makeGroup(const WatchedFiles& wanted)
{
    auto* const queue = new IntakeQueue(m_intake, std::string(fileCheckpoints), Durability::Any, IntakeQueue::usualBytes, Checkpoints::Many);
    auto group = std::make_shared<FileGroup>(wanted, queue);
    connect(queue, &IntakeQueue::placesRestored, this, &FileSource::restore);
    return group;
}

void FileSource::endGroup(const GroupPtr& group)
{
    m_established.erase(checkpointOf(group->settings.pattern));
    m_work.pushPlace(*group, {checkpointOf(group->settings.pattern), {}});
    group->queue->disconnect(this);
    group->queue->endWhenEmpty();
}

void FileSource::apply(const SourceSettings& settings)
{
    std::vector<GroupPtr> before;
    std::swap(before, m_groups);
    for (const WatchedFiles& wanted : settings.files) {
        const auto same = std::ranges::find_if(before, [&wanted](const GroupPtr& group) {
            return group && group->settings.pattern == wanted.pattern;
        });
        GroupPtr group;
        if (same == before.end()) {
            group = makeGroup(wanted);
        } else if ((*same)->settings == wanted) {
            group = std::move(*same);
        } else {
            // The same way to the door: what comes next shall not overtake what is on it.
            group = std::make_shared<FileGroup>(wanted, (*same)->queue);
            group->checkpoints = std::move((*same)->checkpoints);
            std::erase_if(m_readings, [&](const auto& one) {
                if (one.second->group != *same)
                    return false;
                m_byWatch.erase(one.second->watch);
                m_work.forget(one.second);
                return true;
            });
            (*same)->queue->disconnect(this);
            connect(group->queue, &IntakeQueue::placesRestored, this, &FileSource::restore);
            same->reset();
        }
        group->isEstablished = m_established.contains(checkpointOf(wanted.pattern));
        m_groups.push_back(group);
        disconnect(group->queue, &IntakeQueue::roomCame, this, nullptr);
        disconnect(group->queue, &IntakeQueue::refused, this, nullptr);
        connect(group->queue, &IntakeQueue::roomCame, this, [this, group] {
            m_work.unblock(group);
            for (const auto& [key, reading] : m_readings) {
                if (reading->group == group)
                    m_work.makeReady(reading);
            }
        });
        connect(group->queue, &IntakeQueue::refused, this, [this, group](quint64, Offered::Outcome) {
            if (std::exchange(group->isRefused, true))
                return;
            takeBack(group);
            for (const auto& [key, reading] : m_readings) {
                if (reading->group == group)
                    reading->account->setStatus(SourceStatus::Failing, "too_many_applications");
            }
        });
    }
    for (const GroupPtr& group : before) {
        if (!group)
            continue;
        const auto isOfIt = [&group](const auto& one) { return one.second->group == group; };
        for (const auto& [key, reading] : m_readings) {
            if (isOfIt(std::pair(key, reading)))
                forgetPlace(key, *group);
        }
        std::erase_if(m_readings, [&](const auto& one) {
            if (!isOfIt(one))
                return false;
            if (one.second->watch >= 0)
                m_watcher.stopWatching(one.second->watch);
            m_byWatch.erase(one.second->watch);
            m_work.forget(one.second);
            return true;
        });
        std::erase_if(m_ended, [&](const auto& one) {
            if (!group->pattern.matches(one.first))
                return false;
            for (const FileKey& key : one.second)
                forgetPlace(key, *group);
            return true;
        });
        endGroup(group);
    }
    if (m_isRestored)
        scan();
}

/// Nothing was taken of what was refused: the files stand where the door knows them to, until their owner asks anew.
void FileSource::takeBack(const GroupPtr& group)
{
    std::map<FileKey, FilePlace> taken;
    for (const auto& [key, reading] : m_readings) {
        if (reading->group == group)
            taken[key] = m_places[key] = reading->start;
    }
    auto* const asking = new IntakeQueue(m_intake, std::string(fileCheckpoints), Durability::Any, IntakeQueue::usualBytes, Checkpoints::Many);
    connect(asking, &IntakeQueue::placesRestored, this, [this, asking, taken](const std::vector<Checkpoint>& checkpoints) {
        for (const Checkpoint& checkpoint : checkpoints) {
            const std::optional<FileKey> key = FileKey::fromName(checkpoint.source);
            const std::optional<FilePlace> place = FilePlace::fromText(checkpoint.place);
            if (key && place && taken.contains(*key) && m_places.contains(*key))
                m_places[*key] = *place;
        }
        asking->disconnect(this);
        asking->deleteLater();
    });
}

void FileSource::restore(const std::vector<Checkpoint>& checkpoints)
{
    const bool isFirst = !std::exchange(m_isRestored, true);
    for (const Checkpoint& checkpoint : checkpoints) {
        const std::optional<FileKey> key = FileKey::fromName(checkpoint.source);
        const std::optional<FilePlace> place = FilePlace::fromText(checkpoint.place);
        if (isFirst && !key)
            m_established.insert(checkpoint.source);
        if (!key || !place)
            continue;
        if (isFirst) {
            m_places.insert_or_assign(*key, *place);
            continue;
        }
        // A store that opened later holds more than what was read since.
        const auto reading = m_readings.find(*key);
        if (reading != m_readings.end() && reading->second->stream.place().head == place->head
            && reading->second->stream.place().offset < place->offset)
            reading->second->stream.moveTo(*place);
    }
    if (!isFirst)
        return;
    for (const GroupPtr& group : m_groups)
        group->isEstablished = m_established.contains(checkpointOf(group->settings.pattern));
    scan();
}

void FileSource::establish(const GroupPtr& group)
{
    const std::string checkpoint = checkpointOf(group->settings.pattern);
    if (std::exchange(group->isEstablished, true))
        return;
    m_established.insert(checkpoint);
    m_work.pushPlace(*group, {checkpoint, "1"});
}

FileSource::GroupPtr FileSource::groupOf(const std::string& path) const
{
    const auto found = std::ranges::find_if(m_groups, [&path](const GroupPtr& group) { return group->pattern.matches(path); });
    return found == m_groups.end() ? nullptr : *found;
}

std::shared_ptr<SourceAccount> FileSource::accountOf(const std::string& path, const FileGroup& group)
{
    std::weak_ptr<SourceAccount>& known = m_accounts[path];
    std::shared_ptr<SourceAccount> account = known.lock();
    if (!account) {
        SourceState state;
        state.id = std::string(fileCheckpoints) + path;
        state.kind = SourceKind::File;
        state.name = path;
        state.appId = group.settings.appId.toStdString();
        state.detail = group.settings.pattern.toStdString();
        account = std::make_shared<SourceAccount>(m_intake.board().open(std::move(state)));
        known = account;
    }
    return account;
}

void FileSource::fail(const std::string& path, const FileGroup& group, const QString& why)
{
    const std::shared_ptr<SourceAccount> account = accountOf(path, group);
    account->setStatus(SourceStatus::Failing, "unreadable: " + why.toStdString());
    m_failing[path] = account;
}

void FileSource::scanSoon()
{
    constexpr std::chrono::milliseconds leastPause = 50ms;
    if (!m_isRestored)
        return;
    const std::chrono::milliseconds wait = std::clamp(m_lastScan + leastPause - steadyNow(), 0ms, leastPause);
    if (!m_scanTimer->isActive() || m_scanTimer->remainingTime() > wait.count())
        m_scanTimer->start(wait);
}

} // namespace vigie
