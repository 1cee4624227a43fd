// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/workerthread.h"
#include "core/settings.h"
#include "storage/database/historyjob.h"

#include <vector>

namespace vigie {

class AccessStore;
class HistoryReader;
class MetricRecorder;
class Store;
class StoreHistory;

/// What is kept on disk: a thread that writes logs, figures and who may connect, and three that read. Main thread.
class StorageAssembly
{
public:
    struct Config
    {
        QString dataDir;
        QString accessPath;
        Settings settings;
        bool keepsHistory = true; ///< false: of logs and figures nothing is written or read
    };

    explicit StorageAssembly(const Config& config);

    Store* store() const { return m_store; }
    MetricRecorder* recorder() const { return m_recorder; }
    AccessStore* access() const { return m_access; }
    bool keepsHistory() const { return !m_readers.empty(); }

    /// Questions asked of `history` are answered from now on. It may live on any thread.
    void serve(StoreHistory* history);

    /// How long and how much is kept from now on, of what is kept at all.
    void setRetention(const Settings& settings);

    void start();
    /// After all who write and ask.
    void end();

private:
    void addReader(WorkerThread& thread, HistoryJob::Kind takes);

    WorkerThread m_thread{QStringLiteral("store")};
    // They live on the thread and end with it.
    AccessStore* m_access;
    Store* m_store;
    MetricRecorder* m_recorder;
    // Each kind of question has its own reader, so that none holds up another.
    WorkerThread m_catchUpThread{QStringLiteral("catch-up")};
    WorkerThread m_searchThread{QStringLiteral("search")};
    WorkerThread m_figuresThread{QStringLiteral("figures")};
    std::vector<HistoryReader*> m_readers; // each on its thread; none without history
};

} // namespace vigie
