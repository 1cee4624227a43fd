// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/workerthread.h"
#include "core/sourcesettings.h"

namespace vigie {

class Intake;
class LogSources;

/// What Vigie reads by itself, on a thread that starts when something is to be read or may be left in the spool. Main thread.
class SourcesAssembly
{
public:
    /// `intake` must live until end().
    /// `spoolFolder`: as for LogSources.
    SourcesAssembly(Intake& intake, const QString& spoolFolder);
    ~SourcesAssembly();

    /// What is to be read from now on.
    void apply(const SourceSettings& settings);
    /// Ends all sources. What was read and not stored is read again at the next start.
    void end();

private:
    WorkerThread m_thread{QStringLiteral("sources")};
    QString m_spoolFolder;
    LogSources* m_sources; // lives on the thread and ends with it
    bool m_isStarted = false;
};

} // namespace vigie
