// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sources/filereading.h"

#include <QObject>
#include <deque>
#include <map>
#include <set>
#include <vector>

class QTimer;

namespace vigie {

/// Reads files on in turn, a piece each, and brings what they say to the door; waits where there is no room. Lives on the sources'
/// thread, and costs nothing while no file changes.
class FileWork : public QObject
{
    Q_OBJECT

public:
    explicit FileWork(QObject* parent = nullptr);

    /// There may be something to read.
    void makeReady(const FileReadingPtr& reading);
    /// There is room again.
    void unblock(const std::shared_ptr<FileGroup>& group);
    /// Nothing is done with it any more.
    void forget(const FileReadingPtr& reading);
    /// Stores a place without entries, behind all that was offered before; an empty one removes it.
    void pushPlace(FileGroup& group, Checkpoint checkpoint);
    /// Puts a file that may be a copy, or is leaving, under the eye of time.
    void attend(const FileReadingPtr& reading);

Q_SIGNALS:
    /// It was read up to its end for now.
    void reachedEnd(const vigie::FileReadingPtr& reading);
    /// Its content is another: the place says how far the old one was read. To be restarted.
    void truncated(const vigie::FileReadingPtr& reading);
    /// Nothing of it was read yet, and there is something now.
    void begins(const vigie::FileReadingPtr& reading);
    /// It has left, and will not grow; or it was packed, and is read.
    void ended(const vigie::FileReadingPtr& reading);
    /// Entries up to this place are on their way.
    void placed(const vigie::FileReadingPtr& reading);
    /// Time has come to look at a copy.
    void copyDue(const vigie::FileReadingPtr& reading);

private:
    using Time = FileReading::Time;

    void work();
    void readOn(const FileReadingPtr& reading);
    bool push(const FileReadingPtr& reading);
    bool mustFollow(const FileReadingPtr& reading);
    bool pushPlaces(FileGroup& group);
    void rest(const FileReadingPtr& reading, bool isDamaged);
    void lookAtTime();
    void armTimer();

    std::deque<FileReadingPtr> m_ready;
    std::set<FileReadingPtr> m_attended; // that time changes
    QTimer* m_workTimer;
    QTimer* m_timer;
    std::vector<char> m_buffer;
};

} // namespace vigie
