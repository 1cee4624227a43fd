// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sourcesettings.h"
#include "intake/intakequeue.h"
#include "intake/sourceboard.h"
#include "sources/filepattern.h"
#include "sources/filestream.h"

#include <chrono>
#include <deque>
#include <memory>

namespace vigie {

/// What one pattern's owner wants, and the way of its entries to the door.
struct FileGroup
{
    FileGroup(const WatchedFiles& wanted, IntakeQueue* toDoor)
        : settings(wanted), pattern(wanted.pattern.toStdString()), queue(toDoor)
    {}

    WatchedFiles settings;
    FilePattern pattern;
    IntakeQueue* queue; ///< on the server's thread; ended by endWhenEmpty()
    std::deque<Checkpoint> checkpoints; ///< that no entries go with, and that there was no room for
    bool isBlocked = false; ///< until there is room
    bool isRefused = false; ///< its application is one more than may send
    bool isEstablished = false; ///< it was watched before: a file that was not known then is new
    SourceAccount account; ///< open while no file is there
};

/// A file that is being read, and what is known of what goes on with it.
struct FileReading
{
    using Time = std::chrono::milliseconds;

    FileReading(OpenedFile file, const FilePlace& place, std::shared_ptr<FileGroup> ofGroup, const std::string& shownName)
        : group(std::move(ofGroup)), stream(std::move(file), place, group->settings, shownName), start(place), key(stream.file().key())
    {}

    /// Whether its writer has closed it.
    void setClosed(bool closed)
    {
        isClosed = closed;
        stream.setClosedByWriter(closed);
    }

    std::shared_ptr<FileGroup> group;
    FileStream stream;
    FilePlace start; ///< where it was read from first
    FileKey key;
    std::shared_ptr<SourceAccount> account;
    std::weak_ptr<FileReading> before; ///< whose entries come first: it had the name until this one got it
    bool waitsForClose = false; ///< and not before nobody writes to that any more
    bool hasFollowers = false; ///< others come after it
    std::weak_ptr<FileReading> original; ///< this one is a copy of it so far
    int watch = -1; ///< the watcher's number
    Time lastGrowth{0};
    std::int64_t openedMs = 0; ///< since the epoch
    bool isReady = false; ///< it stands in the line
    std::int64_t namedMs = 0; ///< since the epoch: when it was last seen under a name that is watched; 0: never
    bool isCopy = false; ///< it is not read as long as its original is
    bool isLeaving = false; ///< no name leads to it that is watched
    bool isClosed = false; ///< by its writer; see setClosed()
    bool isAtEnd = false;
    bool isToRestart = false; ///< when its batch was taken
    bool isEnded = false; ///< nothing more is read of it
};

/// How long a file is waited for that has lost its name and does not grow.
inline constexpr std::chrono::seconds leavingPatience{10};

using FileReadingPtr = std::shared_ptr<FileReading>;

} // namespace vigie
