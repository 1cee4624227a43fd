// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/filehistory.h"
#include "app/workerthread.h"

namespace vigie {

/// The log files that are open in the window: their follower, on a thread that starts with the first of them, and their past as
/// the window asks for it. Main thread.
class FileAssembly
{
public:
    FileAssembly();
    ~FileAssembly();

    FileFollower* follower() const { return m_follower; }
    FileHistory& history() { return m_history; }

    /// Files are read from now on; may be called again.
    void start();

private:
    WorkerThread m_thread{QStringLiteral("files")};
    FileFollower* m_follower; // lives on the thread and ends with it
    FileHistory m_history;
    bool m_isStarted = false;
};

} // namespace vigie
