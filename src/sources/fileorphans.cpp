// SPDX-License-Identifier: GPL-3.0-or-later
// FileSource: files that were renamed or packed while nobody looked, and those that came between them.
#include "sources/filesearch.h"
#include "sources/filesource.h"

#include <QScopeGuard>
#include <algorithm>
#include <utility>

namespace vigie {

namespace {

/// Whether what is known of a number is of the file that has it now.
bool isOf(const OpenedFile& file, const FilePlace& known)
{
    return known.head.length == 0 || hasContent(file, known);
}

} // namespace

/// Files of which something is known and that have no name that is watched any more.
void FileSource::findOrphans(const Matches& matches)
{
    std::vector<std::pair<FileKey, FilePlace>> orphans;
    for (const auto& [key, place] : m_places) {
        if (!m_readings.contains(key) && !matches.contains(key) && !isEnded(key, place))
            orphans.emplace_back(key, place);
    }
    for (const auto& [key, place] : orphans) {
        if (m_places.contains(key) && !m_readings.contains(key)) // else it was found already: another has its number
            findOrphan(key, place);
    }
    std::vector<FileReadingPtr> found = std::exchange(m_found, {});
    // Several that had the same name: each comes after the one that lost it before.
    std::ranges::sort(found, {}, [](const FileReadingPtr& reading) { return reading->stream.file().modifiedMs(); });
    std::map<std::string, FileReadingPtr> lastOf;
    for (const FileReadingPtr& reading : found) {
        FileReadingPtr& last = lastOf[reading->stream.path()];
        follow(reading, last, true);
        last = reading;
    }
    for (const auto& [path, last] : lastOf) {
        if (last->isLeaving)
            m_left[path] = last;
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
    m_places.erase(key);
    GroupPtr group = groupOf(place.path);
    const auto isOther = [this, &key](const OpenedFile& one) {
        const auto reading = m_readings.find(one.key());
        const bool isUnread = reading == m_readings.end() || reading->second->isCopy || reading->second->stream.position() == 0;
        const auto known = m_places.find(one.key());
        // What is known may be of a file that had its number before.
        const bool wasRead = known != m_places.end() && known->second.offset > 0 && isOf(one, known->second);
        return one.key() == key || !isUnread || wasRead || m_finished.contains(one.key());
    };
    std::optional<std::string> path;
    if (group && !(path = renamedFile(key, place, m_patience)))
        path = fileWithContent(place, isOther, m_patience);
    Result<OpenedFile> file = path ? OpenedFile::open(*path) : Result<OpenedFile>(Error{});
    if (file && place.head.length == 0 && isOfKnown(*file, place.path))
        file = Error{}; // it only has the number of one that was empty
    // It may have the number of another file, which is elsewhere likewise.
    if (const auto other = file ? m_places.find(file->key()) : m_places.end(); other != m_places.end() && !isOf(*file, other->second)) {
        const FilePlace placeOfOther = other->second;
        findOrphan(file->key(), placeOfOther);
    }
    // A kill between the two commits leaves both places, never none.
    const auto forgetIfGone = qScopeGuard([&] {
        GroupPtr any = group ? group : m_groups.empty() ? nullptr : m_groups.front();
        if (any && (!file || file->key() != key))
            forgetPlace(key, *any);
    });
    if (!file)
        return nullptr;
    const FileReadingPtr reading = readElsewhere(std::move(*file), *path, place, group);
    m_found.push_back(reading);
    return reading;
}

/// Goes on with what a place is of in the file that has it now, which may be read already.
FileReadingPtr FileSource::readElsewhere(OpenedFile file, const std::string& path, const FilePlace& place, const GroupPtr& group)
{
    const bool isWatched = groupOf(path) != nullptr;
    FilePlace there = place;
    if (isWatched)
        there.path = path;
    FileReadingPtr reading;
    if (const auto known = m_readings.find(file.key()); known != m_readings.end()) {
        reading = known->second;
        reading->stream.moveTo(there);
        reading->isCopy = reading->isAtEnd = false;
    } else {
        reading = read(std::move(file), there, group, place.path);
    }
    reading->isLeaving = !isWatched;
    // Whoever wrote to it did so while nobody looked, and writes elsewhere now.
    reading->setClosed(true);
    tellPlace(reading);
    m_work.attend(reading);
    m_work.makeReady(reading);
    return reading;
}

/// Files that had the name after `first` and were rotated away from it before anybody looked.
void FileSource::readBetween(const FileReadingPtr& first, const std::string& path)
{
    constexpr std::int64_t tickMs = 10; // what the times of files are behind the clock
    FileReadingPtr before = first;
    first->stream.file().look();
    // Of one that had the name while it was watched it is known since when another may have it.
    const Since since = first->namedMs > 0 ? Since{first->namedMs - tickMs, first->namedMs - tickMs}
                                           : Since{first->stream.file().modifiedMs() + 1, 0};
    for (;;) {
        const auto began = std::filesystem::file_time_type::clock::now();
        before = readRotated(first->group, path, since, before);
        if (!m_patience.looksAgain(path, began))
            break;
    }
    for (const auto& [key, reading] : m_readings) {
        if (reading != before && reading->before.lock() == first && reading->stream.path() == path)
            follow(reading, before, true);
    }
}

/// Files that nothing is known of, that rotation made of `path` and that changed since then: the last of them, each of which follows
/// the one before and the first `before`; `before` itself if there are none.
FileReadingPtr FileSource::readRotated(const GroupPtr& group, const std::string& path, const Since& since, FileReadingPtr before)
{
    for (const std::string& rotated : rotatedFiles(path)) {
        if (!isRotationOf(rotated, path) || groupOf(rotated))
            continue;
        Result<OpenedFile> file = OpenedFile::open(rotated);
        if (!file || file->size() == 0 || file->modifiedMs() < since.modifiedMs
            || file->bornMs().value_or(since.bornMs) < since.bornMs || m_readings.contains(file->key()) || m_places.contains(file->key())
            || m_finished.contains(file->key()) || isOfKnown(*file, path))
            continue;
        FilePlace start;
        start.path = path;
        start.head = PieceMark::of(headOf(*file));
        const FileReadingPtr reading = read(std::move(*file), start, group, path);
        reading->isLeaving = true;
        reading->setClosed(true);
        follow(reading, before, true);
        m_work.attend(reading);
        tellPlace(reading);
        before = reading;
    }
    return before;
}

/// Whether it is a copy, perhaps a packed one that is being made, of a file of this log that is known.
bool FileSource::isOfKnown(const OpenedFile& file, const std::string& path) const
{
    const std::string head = headOf(file);
    const bool isOnePacked = isPacked(file);
    const auto beginsSo = [&](const auto& one) {
        const FilePlace& place = one.second;
        // What only begins alike may be another file of the same log, whose first lines are always the same.
        return (place.path == path || isRotationOf(place.path, path)) && place.head.length > 0 && place.head.isOf(head)
            && (isOnePacked || place.offset > place.head.length || place.offset == file.size());
    };
    if (std::ranges::none_of(m_places, beginsSo))
        return false;
    return (isOnePacked && isCutOff(file)) || std::ranges::any_of(m_places, [&](const auto& one) { return beginsSo(one) && hasContent(file, one.second); });
}

} // namespace vigie
