// SPDX-License-Identifier: GPL-3.0-or-later
// FileSource: files that were renamed or packed while nobody looked, and those that came between them.
#include "sources/filesearch.h"
#include "sources/filesource.h"

#include <algorithm>

namespace vigie {

/// Files of which something is known and that have no name that is watched any more.
void FileSource::findOrphans(const Matches& matches)
{
    std::vector<std::pair<FileKey, FilePlace>> orphans;
    for (const auto& [key, place] : m_places) {
        if (!m_readings.contains(key) && !matches.contains(key))
            orphans.emplace_back(key, place);
    }
    std::vector<FileReadingPtr> found;
    for (const auto& [key, place] : orphans) {
        if (FileReadingPtr reading = findOrphan(key, place))
            found.push_back(std::move(reading));
    }
    // Several that had the same name: each comes after the one that lost it before.
    std::ranges::sort(found, {}, [](const FileReadingPtr& reading) { return reading->stream.file().modifiedMs(); });
    std::map<std::string, FileReadingPtr> lastOf;
    for (const FileReadingPtr& reading : found) {
        FileReadingPtr& last = lastOf[reading->stream.path()];
        follow(reading, last, true);
        last = reading;
    }
    for (const auto& [path, last] : lastOf) {
        const auto follower = std::ranges::find_if(m_readings, [&path = path, &last = last](const auto& one) {
            return one.second != last && one.second->stream.path() == path && !one.second->isLeaving;
        });
        if (follower == m_readings.end())
            continue;
        // Before what it follows already, which was found beside it and is newer.
        FileReadingPtr first = follower->second;
        while (const FileReadingPtr before = first->before.lock())
            first = before;
        if (std::ranges::find(found, first) == found.end())
            follow(first, last, true);
        if (first == follower->second)
            readBetween(last, path);
    }
}

/// The reading of what a place was of, which is elsewhere now. Null: it is nowhere, or nobody wants it.
FileReadingPtr FileSource::findOrphan(const FileKey& key, const FilePlace& place)
{
    GroupPtr group = groupOf(place.path);
    const auto isOther = [this, &key](const FileKey& one) {
        const auto reading = m_readings.find(one);
        const bool isUnread = reading == m_readings.end() || reading->second->isCopy || reading->second->stream.position() == 0;
        const auto known = m_places.find(one);
        const bool wasRead = known != m_places.end() && known->second.offset > 0;
        return one == key || !isUnread || wasRead || m_finished.contains(one);
    };
    std::optional<std::string> path;
    if (group && !(path = renamedFile(key, place)))
        path = fileWithContent(place, isOther);
    Result<OpenedFile> file = path ? OpenedFile::open(*path) : Result<OpenedFile>(Error{});
    if (!file || file->key() != key) {
        if (GroupPtr any = group ? group : m_groups.empty() ? nullptr : m_groups.front())
            forgetPlace(key, *any);
    }
    if (!file)
        return nullptr;
    FilePlace found = place;
    if (groupOf(*path))
        found.path = *path;
    const FileKey foundKey = file->key();
    if (const auto copy = m_readings.find(foundKey); copy != m_readings.end()) {
        copy->second->stream.moveTo(found);
        copy->second->isCopy = copy->second->isAtEnd = false;
        copy->second->isClosed = true;
        copy->second->stream.setClosedByWriter(true);
        tellPlace(copy->second);
        m_work.makeReady(copy->second);
        return copy->second;
    }
    const FileReadingPtr reading = read(std::move(*file), found, group, place.path);
    reading->isLeaving = !groupOf(*path);
    // Whoever wrote to it did so while nobody looked, and writes elsewhere now.
    reading->isClosed = true;
    reading->stream.setClosedByWriter(true);
    m_work.attend(reading);
    tellPlace(reading);
    return reading;
}

/// Files that had the name after `first` and were rotated away from it while nobody looked.
void FileSource::readBetween(const FileReadingPtr& first, const std::string& path)
{
    FileReadingPtr before = first;
    first->stream.file().look();
    for (const std::string& rotated : rotatedFiles(path)) {
        Result<OpenedFile> file = OpenedFile::open(rotated);
        if (!file || file->modifiedMs() <= first->stream.file().modifiedMs() || m_readings.contains(file->key())
            || m_places.contains(file->key()) || m_finished.contains(file->key()) || !rotated.starts_with(path) || groupOf(rotated))
            continue;
        FilePlace start;
        start.path = path;
        const FileReadingPtr between = read(std::move(*file), start, first->group, path);
        between->isLeaving = between->isClosed = true;
        between->stream.setClosedByWriter(true);
        follow(between, before, true);
        m_work.attend(between);
        before = between;
    }
    for (const auto& [key, reading] : m_readings) {
        if (reading != before && reading->before.lock() == first && reading->stream.path() == path)
            follow(reading, before, true);
    }
}

} // namespace vigie
