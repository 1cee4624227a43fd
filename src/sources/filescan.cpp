// SPDX-License-Identifier: GPL-3.0-or-later
// FileSource: which files are there, which of them are known, and where each is read from.
#include "core/clock.h"
#include "intake/intake.h"
#include "sources/filesearch.h"
#include "sources/filesource.h"

#include <QDateTime>
#include <QFileInfo>
#include <QTimer>
#include <algorithm>

namespace vigie {

using namespace std::chrono_literals;

namespace {

constexpr std::size_t lastLineBytes = 256 * 1024; // where a line begins that is being written
constexpr std::chrono::milliseconds pollPause = 2s; // where the system does not tell what changes
constexpr std::chrono::milliseconds emptyPollPause = 60s;
constexpr std::chrono::milliseconds packingPatience = 10min; // with one that is cut off, since it changed
constexpr std::chrono::milliseconds packedPause = 2s; // until one that is being packed is looked at

/// The same for names that rotation makes of one: "app.log", "app.log.1", "app-20261130.log", "app.2.log". Not for "app1.log" and
/// "app2.log": these may be of two programs.
std::string familyOf(const std::string& path)
{
    std::size_t end = path.rfind('/') + 2;
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    while (end < path.size() && path[end] != '.' && !((path[end] == '-' || path[end] == '_') && end + 1 < path.size() && isDigit(path[end + 1])))
        ++end;
    return path.substr(0, end);
}

} // namespace

void FileSource::scan()
{
    m_scanTimer->stop();
    m_lastScan = steadyNow();
    m_patience = {};
    m_found.clear();
    const std::int64_t nowMs = QDateTime::currentMSecsSinceEpoch();
    const Matches matches = match();
    followNames(matches, nowMs);
    forgetGone(matches);
    m_nowhere.clear();
    for (const auto& [key, place] : m_places) {
        if (place.offset > 0 && !m_readings.contains(key) && !matches.contains(key) && !isEnded(key, place))
            m_nowhere.push_back(key);
    }
    // The one that changed longest ago first: its lines are the oldest.
    std::vector<std::pair<std::int64_t, FileKey>> unread;
    for (const auto& [key, match] : matches) {
        if (m_readings.contains(key) || isFinished(match.file))
            continue;
        if (Result<OpenedFile> file = OpenedFile::open(match.path))
            unread.emplace_back(file->modifiedMs(), key);
        else
            fail(match.path, *match.group, file.error().message);
    }
    std::ranges::sort(unread);
    // A new file of the name comes after those that had it, though it may have been made before they were written to last.
    std::set<std::string> paths;
    for (const auto& [modified, key] : unread)
        paths.insert(matches.at(key).path);
    std::stable_partition(unread.begin(), unread.end(), [&](const auto& one) {
        const std::string& path = matches.at(one.second).path;
        const auto next = paths.upper_bound(path);
        return next == paths.end() || !next->starts_with(path);
    });
    // What is to be caught up with comes file by file, not in pieces of several that were one.
    std::map<std::string, FileReadingPtr> lastOfFamily;
    for (const auto& [modified, key] : unread) {
        const FileReadingPtr reading = adopt(key, matches.at(key));
        if (!reading)
            continue;
        FileReadingPtr& last = lastOfFamily[familyOf(reading->stream.path())];
        if (last && !reading->before.lock() && last->before.lock() != reading)
            follow(reading, last, false);
        last = reading;
    }
    findOrphans(matches);
    // What is older is told first: a kill between the two leaves the older one known, and what came after it is looked for.
    for (const FileReadingPtr& reading : m_adopted) {
        if (const FileReadingPtr before = reading->before.lock(); before && reading->waitsForClose)
            readBetween(before, reading->stream.path());
    }
    for (const FileReadingPtr& reading : std::exchange(m_adopted, {}))
        tellPlace(reading);
    std::vector<std::string> unneeded;
    for (const auto& [path, keys] : m_ended) {
        if (!needsOlder(path))
            unneeded.push_back(path);
    }
    for (const std::string& path : unneeded)
        forgetEnded(path, *m_groups.front());
    for (const GroupPtr& group : m_groups)
        establish(group);
    pollIfNeeded();
}

/// What is known of files and names that are there no more would be ever more.
void FileSource::forgetGone(const Matches& matches)
{
    std::erase_if(m_left, [](const auto& one) { return one.second.expired(); });
    std::erase_if(m_accounts, [](const auto& one) { return one.second.expired(); });
    std::erase_if(m_ignored, [&](const auto& one) { return !matches.contains(one.first); });
}

/// Whether it is a packed file that was read. One that changed since is another that got its number, or has more.
bool FileSource::isFinished(const NamedFile& file)
{
    const auto known = m_finished.find(file.key);
    if (known == m_finished.end())
        return false;
    if (known->second.size == file.size && known->second.modifiedMs == file.modifiedMs)
        return true;
    m_finished.erase(known);
    return false;
}

FileSource::Matches FileSource::match()
{
    Matches matches;
    std::set<std::string> folders;
    std::map<std::string, std::shared_ptr<SourceAccount>> failing;
    std::swap(failing, m_failing);
    for (const GroupPtr& group : m_groups) {
        const FilePattern::Found found = group->pattern.look();
        folders.insert(found.folders.begin(), found.folders.end());
        for (const std::string& path : found.files) {
            if (const std::optional<NamedFile> named = OpenedFile::named(path))
                matches.try_emplace(named->key, Match{path, group, *named});
            else if (Result<OpenedFile> file = OpenedFile::open(path); !file)
                fail(path, *group, file.error().message);
            // The name is a link: what it leads to is rotated elsewhere.
            if (const QString real = QFileInfo(QString::fromStdString(path)).canonicalFilePath(); !real.isEmpty() && real != QString::fromStdString(path))
                folders.insert(QFileInfo(real).path().toStdString());
        }
        if (!found.files.empty()) {
            group->account.close();
        } else if (!group->account.isOpen()) {
            SourceState state;
            state.id = std::string(fileCheckpoints) + group->settings.pattern.toStdString();
            state.kind = SourceKind::File;
            state.name = group->settings.pattern.toStdString();
            state.appId = group->settings.appId.toStdString();
            group->account = m_intake.board().open(std::move(state));
        }
    }
    watchFolders(std::move(folders));
    return matches;
}

void FileSource::watchFolders(std::set<std::string> folders)
{
    for (auto folder = m_folders.begin(); folder != m_folders.end();) {
        if (folders.contains(folder->first)) {
            ++folder;
            continue;
        }
        if (folder->second >= 0) {
            m_watcher.stopWatching(folder->second);
            m_folderOf.erase(folder->second);
        }
        folder = m_folders.erase(folder);
    }
    bool isNew = false;
    for (const std::string& folder : folders) {
        // Asked each time: another folder may have its name by now.
        const int number = m_watcher.watchFolder(folder);
        const auto [known, isAdded] = m_folders.try_emplace(folder, number);
        isNew = isNew || isAdded || known->second != number;
        known->second = number;
        if (number >= 0)
            m_folderOf[number] = folder;
    }
    if (isNew)
        scanSoon(); // for what came before it was watched
}

/// Which names lead to the files that are read.
void FileSource::followNames(const Matches& matches, std::int64_t nowMs)
{
    for (const auto& [key, reading] : m_readings) {
        const auto match = matches.find(key);
        if (match != matches.end()) {
            reading->isLeaving = false;
            if (reading->stream.path() == match->second.path) {
                reading->namedMs = nowMs;
                continue;
            }
            m_left[reading->stream.path()] = reading;
            reading->lastGrowth = steadyNow();
            reading->stream.setPath(match->second.path);
        } else if (!std::exchange(reading->isLeaving, true)) {
            m_left[reading->stream.path()] = reading;
            reading->lastGrowth = steadyNow();
            m_work.attend(reading);
            m_work.makeReady(reading);
        }
    }
}

void FileSource::follow(const FileReadingPtr& reading, const FileReadingPtr& before, bool waitsForClose)
{
    for (FileReadingPtr one = before; one; one = one->before.lock()) {
        if (one == reading)
            return; // each would wait for the other
    }
    if (!before)
        return;
    reading->before = before;
    reading->waitsForClose = waitsForClose;
    before->hasFollowers = true;
}

/// Stores where it stands, before there are entries.
void FileSource::tellPlace(const FileReadingPtr& reading)
{
    m_work.pushPlace(*reading->group, {reading->key.name(), reading->stream.place().text()});
    storePlace(reading);
}

/// Null: it is not to be read, or not yet.
FileReadingPtr FileSource::adopt(const FileKey& key, const Match& match)
{
    Result<OpenedFile> file = OpenedFile::open(match.path);
    if (!file || file->key() != key)
        return nullptr; // it has gone, and another scan follows
    const std::string head = headOf(*file);
    const bool isOnePacked = isPacked(*file);
    const auto left = m_left.find(match.path);
    const FileReadingPtr before = left == m_left.end() ? nullptr : left->second.lock();
    FileReadingPtr reading;
    FileReadingPtr orphan; // of what had this file's number before
    if (const auto known = m_places.find(key); known != m_places.end()) {
        FilePlace place = known->second;
        const bool isSame = place.isPacked == isOnePacked && (isOnePacked || file->size() >= place.offset)
            && (place.head.length == 0 || place.head.isOf(head));
        if (isSame) {
            place.path = match.path;
            reading = read(std::move(*file), place, match.group, match.path);
            reading->namedMs = reading->openedMs;
            follow(reading, before, true);
            return reading;
        }
        m_places.erase(known);
        if (place.offset > 0)
            orphan = findOrphan(key, place);
    }
    if (isOnePacked) {
        if (!adoptPacked(*file, match))
            return nullptr;
    } else {
        // The number of a device may be another after a start of the machine; a file may be moved to another disk.
        const auto same = std::ranges::find_if(m_nowhere, [&](const FileKey& one) {
            const auto known = m_places.find(one);
            return known != m_places.end() && !m_readings.contains(one) && known->second.head.isOf(head) && hasContent(*file, known->second)
                && !renamedFile(one, known->second, m_patience); // else it only begins like that
        });
        if (same != m_nowhere.end()) {
            FilePlace place = m_places.at(*same);
            place.path = match.path;
            reading = read(std::move(*file), place, match.group, match.path);
            tellPlace(reading);
            forgetPlace(*same, *match.group);
            return reading;
        }
    }
    const FilePlace place = newPlace(*file, match);
    reading = read(std::move(*file), place, match.group, match.path);
    reading->namedMs = reading->openedMs;
    follow(reading, orphan ? orphan : before, true);
    // It is known from now on, whatever becomes of it before its first entry is stored.
    m_adopted.push_back(reading);
    return reading;
}

/// Whether a packed file that is not known is to be read from its beginning.
bool FileSource::adoptPacked(OpenedFile& file, const Match& match)
{
    const std::int64_t age = QDateTime::currentMSecsSinceEpoch() - file.modifiedMs();
    if (age < packedPause.count()) {
        if (!m_scanTimer->isActive())
            m_scanTimer->start(packedPause);
        return false;
    }
    const auto ignored = m_ignored.find(file.key());
    if (ignored != m_ignored.end() && ignored->second == file.modifiedMs())
        return false;
    // It is what is being read or was: that is told of it when the other goes.
    const std::string head = headOf(file);
    const bool isKnown = std::ranges::any_of(m_places, [&](const auto& one) { return one.second.head.isOf(head) && hasContent(file, one.second); });
    const auto beginsSo = [&](const auto& one) { return one.second.head.isOf(head); };
    if (!isKnown && age < packingPatience.count() && std::ranges::any_of(m_places, beginsSo) && isCutOff(file)) {
        // Perhaps it becomes one that was read, and is being packed slowly.
        if (!m_scanTimer->isActive())
            m_scanTimer->start(packedPause);
        return false;
    }
    if (!isKnown && match.group->settings.takesPast)
        return true;
    if (!isKnown)
        m_ignored[file.key()] = file.modifiedMs();
    return false;
}

/// Where a file is read from that nothing is known of.
FilePlace FileSource::newPlace(const OpenedFile& file, const Match& match) const
{
    FilePlace place;
    place.path = match.path;
    place.head = PieceMark::of(headOf(file));
    if (match.group->settings.takesPast || match.group->isEstablished || file.size() == 0)
        return place;
    const std::uint64_t length = std::min<std::uint64_t>(file.size(), lastLineBytes);
    const std::string last = file.piece(file.size() - length, length);
    const std::size_t newline = last.rfind('\n');
    place.offset = newline == std::string::npos ? file.size() - length : file.size() - length + newline + 1;
    return place;
}

FileReadingPtr FileSource::read(OpenedFile file, FilePlace place, const GroupPtr& group, const std::string& shownPath)
{
    const FilePattern& pattern = group->pattern;
    const std::string name = !pattern.hasWildcards() ? std::string()
        : pattern.hasWildcardFolders()               ? shownPath
                                                     : shownPath.substr(shownPath.rfind('/') + 1);
    auto reading = std::make_shared<FileReading>(std::move(file), place, group, name);
    reading->account = accountOf(shownPath, *group);
    reading->account->setStatus(SourceStatus::Reading);
    reading->lastGrowth = steadyNow();
    reading->openedMs = QDateTime::currentMSecsSinceEpoch();
    reading->watch = m_watcher.watchFile(reading->stream.file().descriptor());
    if (reading->watch >= 0)
        m_byWatch[reading->watch] = reading;
    // Nobody tells when its writer closes it, or whether it is.
    reading->setClosed(reading->watch < 0);
    m_readings[reading->key] = reading;
    m_work.makeReady(reading);
    return reading;
}

void FileSource::pollIfNeeded()
{
    const bool isBlind = std::ranges::any_of(m_folders, [](const auto& folder) { return folder.second < 0; })
        || std::ranges::any_of(m_readings, [](const auto& one) { return one.second->watch < 0; });
    if (!isBlind) {
        m_pollTimer->stop();
        return;
    }
    // Where nothing is read, only for a file that may come.
    const bool isAnyBlind = std::ranges::any_of(m_readings, [](const auto& one) { return one.second->watch < 0; });
    const std::chrono::milliseconds pause = isAnyBlind ? pollPause : emptyPollPause;
    if (!m_pollTimer->isActive() || m_pollTimer->intervalAsDuration() != pause)
        m_pollTimer->start(pause);
    for (const auto& [key, reading] : m_readings) {
        if (reading->watch < 0)
            m_work.makeReady(reading);
    }
}

} // namespace vigie
