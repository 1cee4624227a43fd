// SPDX-License-Identifier: GPL-3.0-or-later
// FileSource: what becomes of files that are read when they are copied, truncated and removed.
#include "core/clock.h"
#include "sources/filesearch.h"
#include "sources/filesource.h"

#include <QDateTime>
#include <algorithm>

namespace vigie {

namespace {

constexpr std::chrono::seconds copyPatience{3}; // for a copy that does not grow

} // namespace

/// A new file may be a copy that is being made of one that is read, to truncate that afterwards.
void FileSource::lookForCopy(const FileReadingPtr& reading)
{
    if (reading->isAtEnd && !reading->before.lock())
        lookForUnseen(reading);
    OpenedFile& file = reading->stream.file();
    file.look();
    if (file.size() == 0)
        return;
    const std::string head = file.piece(0, PieceMark::maxBytes);
    for (const auto& [key, other] : m_readings) {
        if (other == reading || other->isCopy || other->stream.isPacked() || other->stream.head().empty())
            continue;
        // One that lost its name is not cut: the next of the name may begin like it.
        if (other->isLeaving || isRotationOf(other->stream.path(), reading->stream.path()))
            continue;
        // Asks the system only for those that begin the same: there may be thousands.
        const std::size_t shared = std::min(head.size(), other->stream.head().size());
        if (head.compare(0, shared, other->stream.head(), 0, shared) != 0)
            continue;
        other->stream.file().look();
        const bool isOfOld = std::string_view(head).starts_with(other->stream.head()) && other->stream.isChanged();
        if (!isOfOld && !isCopySoFar(file, other->stream.file(), other->stream.head()))
            continue;
        reading->isCopy = true;
        reading->original = other;
        m_work.attend(reading);
        return;
    }
}

/// A file that was empty when it was looked at may have been filled, copied and truncated before it was looked at again: the copy
/// has what nobody saw.
void FileSource::lookForUnseen(const FileReadingPtr& reading)
{
    follow(reading, readRotated(reading->group, reading->stream.path(), {reading->openedMs, 0}, nullptr), true);
}

/// Looks what became of a copy and its original.
void FileSource::settleCopy(const FileReadingPtr& reading)
{
    const FileReadingPtr original = reading->original.lock();
    OpenedFile& file = reading->stream.file();
    const std::uint64_t sizeBefore = file.size();
    file.look();
    const std::chrono::milliseconds now = steadyNow();
    if (file.size() != sizeBefore)
        reading->lastGrowth = now;
    if (original && !original->isEnded) {
        m_work.makeReady(original); // whether it was truncated
        original->stream.file().look();
        if (isCopySoFar(file, original->stream.file(), original->stream.head())) {
            const bool isWhole = reading->isClosed || now - reading->lastGrowth >= copyPatience;
            if (!isWhole || original->stream.place().offset < file.size() || original->stream.hasBatch())
                return;
            // All that it has was read. From now on it is a file of its own.
            FilePlace place = original->stream.place();
            place.path = reading->stream.path();
            if (place.offset == file.size() || hasContent(file, place)) {
                reading->stream.moveTo(place);
            } else {
                place.offset = file.size();
                place.tail = {};
                reading->stream.moveTo(place);
            }
            tellPlace(reading);
        } else if (original->isToRestart || original->stream.isChanged()) {
            return; // it is looked at first
        }
    }
    reading->isCopy = false;
    m_work.makeReady(reading);
}

void FileSource::takeTruncated(const FileReadingPtr& reading)
{
    reading->openedMs = QDateTime::currentMSecsSinceEpoch(); // its content is new: copies that are older are of what was before
    const FilePlace old = reading->stream.place();
    const FileKey key = reading->key;
    m_places.erase(key);
    FileReadingPtr copy;
    if (old.head.length > 0) {
        const auto isOther = [this, &key](const OpenedFile& one) {
            const auto other = m_readings.find(one.key());
            return one.key() == key || m_finished.contains(one.key())
                || (other != m_readings.end() && !other->second->isCopy && other->second->stream.position() > 0);
        };
        SearchPatience patience;
        const std::optional<std::string> path = fileWithContent(old, isOther, patience);
        Result<OpenedFile> file = path ? OpenedFile::open(*path) : Result<OpenedFile>(Error{});
        if (file)
            copy = readElsewhere(std::move(*file), *path, old, reading->group);
    }
    if (copy) {
        follow(reading, copy, true);
        reading->stream.restart();
        return;
    }
    if (reading->stream.unread() > 0)
        reading->account->note(SourceNote::Kind::Dropped, "truncated", 1, QDateTime::currentMSecsSinceEpoch(), reading->stream.path());
    reading->stream.finish(steadyNow());
    reading->isToRestart = true;
}

void FileSource::takeEnded(const FileReadingPtr& reading)
{
    if (reading->stream.isPacked()) {
        OpenedFile& file = reading->stream.file();
        m_finished[reading->key] = {reading->key, file.size(), file.modifiedMs()};
        tellPlace(reading);
        drop(reading);
        return;
    }
    const FileKey key = reading->key;
    const FilePlace place = reading->stream.place();
    reading->stream.file().look();
    const bool isRemoved = reading->stream.file().isUnlinked();
    drop(reading);
    // It may have been packed: what it has is then known.
    if (isRemoved && place.offset > 0) {
        m_patience = {};
        findOrphan(key, place);
        m_found.clear();
    } else if (!isRemoved && place.offset > 0 && needsOlder(place.path)) {
        m_ended[place.path].push_back(key);
    } else {
        forgetPlace(key, *reading->group);
    }
}

/// Whether no place is stored yet of the file that has this name now: after a kill, those before it tell which files came later.
bool FileSource::needsOlder(const std::string& path) const
{
    return std::ranges::any_of(m_readings, [&](const auto& one) {
        const auto known = m_places.find(one.first);
        return !one.second->isLeaving && one.second->stream.path() == path && (known == m_places.end() || known->second.offset == 0);
    });
}

/// Whether it was read to its end, and its place is kept until the next one has one.
bool FileSource::isEnded(const FileKey& key, const FilePlace& place) const
{
    const auto ended = m_ended.find(place.path);
    return ended != m_ended.end() && std::ranges::find(ended->second, key) != ended->second.end();
}

void FileSource::drop(const FileReadingPtr& reading)
{
    m_work.forget(reading);
    if (reading->watch >= 0) {
        m_watcher.stopWatching(reading->watch);
        m_byWatch.erase(reading->watch);
    }
    m_readings.erase(reading->key);
    wakeFollowers(reading);
}

void FileSource::wakeFollowers(const FileReadingPtr& reading)
{
    for (const auto& [key, other] : m_readings) {
        if (other->before.lock() == reading)
            m_work.makeReady(other);
    }
}

void FileSource::storePlace(const FileReadingPtr& reading)
{
    if (reading->group->isRefused)
        return; // it is not taken
    const FilePlace& place = reading->stream.place();
    m_places.insert_or_assign(reading->key, place);
    if (reading->isLeaving || place.offset == 0)
        return;
    forgetEnded(place.path, *reading->group);
}

void FileSource::forgetEnded(const std::string& path, FileGroup& group)
{
    const auto ended = m_ended.extract(path);
    if (!ended)
        return;
    for (const FileKey& key : ended.mapped()) {
        if (!m_readings.contains(key))
            forgetPlace(key, group);
    }
}

void FileSource::forgetPlace(const FileKey& key, FileGroup& group)
{
    m_places.erase(key);
    m_finished.erase(key);
    m_work.pushPlace(group, {key.name(), {}});
}

} // namespace vigie
