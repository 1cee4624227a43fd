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
    const std::string& path = reading->stream.path();
    FileReadingPtr before;
    for (const std::string& rotated : rotatedFiles(path)) {
        if (!rotated.starts_with(path) || groupOf(rotated))
            continue;
        Result<OpenedFile> file = OpenedFile::open(rotated);
        if (!file || file->size() == 0 || file->modifiedMs() < reading->openedMs || m_readings.contains(file->key())
            || m_places.contains(file->key()) || m_finished.contains(file->key()))
            continue;
        FilePlace start;
        start.path = path;
        const FileReadingPtr copy = read(std::move(*file), start, reading->group, path);
        copy->isLeaving = copy->isClosed = true;
        copy->stream.setClosedByWriter(true);
        follow(copy, before, true);
        m_work.attend(copy);
        before = copy;
    }
    follow(reading, before, true);
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
    const FilePlace old = reading->stream.place();
    const FileKey key = reading->key;
    m_places.erase(key);
    FileReadingPtr copy;
    if (old.head.length > 0) {
        const auto isOther = [this, &key](const FileKey& one) {
            const auto other = m_readings.find(one);
            return one == key || m_finished.contains(one)
                || (other != m_readings.end() && !other->second->isCopy && other->second->stream.position() > 0);
        };
        const std::optional<std::string> path = fileWithContent(old, isOther);
        Result<OpenedFile> file = path ? OpenedFile::open(*path) : Result<OpenedFile>(Error{});
        if (file) {
            FilePlace place = old;
            if (groupOf(*path))
                place.path = *path;
            const auto known = m_readings.find(file->key());
            if (known != m_readings.end()) {
                copy = known->second;
                copy->stream.moveTo(place);
                copy->isCopy = copy->isAtEnd = false;
            } else {
                copy = read(std::move(*file), place, reading->group, old.path);
            }
            copy->isLeaving = !groupOf(*path);
            copy->isClosed = true;
            copy->stream.setClosedByWriter(true);
            tellPlace(copy);
            m_work.attend(copy);
            m_work.makeReady(copy);
        }
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
    if (isRemoved && place.offset > 0)
        findOrphan(key, place);
    else
        forgetPlace(key, *reading->group);
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
    if (!reading->group->isRefused) // else it is not taken
        m_places.insert_or_assign(reading->key, reading->stream.place());
}

void FileSource::forgetPlace(const FileKey& key, FileGroup& group)
{
    m_places.erase(key);
    m_finished.erase(key);
    m_work.pushPlace(group, {key.name(), {}});
}

} // namespace vigie
