// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commandline.h"
#include "app/workerthread.h"
#include "core/access.h"
#include "core/activity.h"
#include "core/settings.h"
#include "core/storedcatalog.h"
#include "server/net/tlsidentity.h"

#include <QObject>
#include <QThreadPool>
#include <functional>
#include <memory>

namespace vigie {

class AccessStore;
class Hub;
class LogFeed;
class MainWindow;
class MetricRecorder;
class Sampler;
class HistoryReader;
class Server;
class Store;
class StoreHistory;

/// Builds every part, gives each its thread, and connects them: sampler → hub → server, store and window. The only
/// place that knows them all. Main thread.
class Application : public QObject
{
    Q_OBJECT

public:
    struct Config
    {
        CommandLine line;
        Settings settings;
        QString dataDir;
        QString settingsPath;
        QString accessPath;
        std::optional<TlsIdentity> tls; ///< absent: connections are plain
        bool withWindow = false;
        QString note; ///< stands before the address when it is printed; may be empty
    };

    explicit Application(Config config, QObject* parent = nullptr);
    /// Ends the threads; clients have been told by shutDown().
    ~Application() override;

    void start();

    /// Takes leave of every client and then ends the event loop with the exit code.
    void shutDown(int exitCode = 0);

private:
    /// Vigie's own certificate of the moment, made or renewed on a thread that may wait for the disk.
    void loadCertificate(std::function<void(const Result<TlsIdentity>&)> use);
    void renewCertificate();
    void buildAccess();
    void buildStore();
    void buildWindow();
    void buildSharing();
    /// Shares on the network, or does so no more.
    void setShared(bool isShared);
    /// What the owner chose in the window holds when it comes back, unless the command line says where to listen.
    void restoreSharing();
    void showListenState(const ListenState& state);
    void showStoreState(const StoreState& state);
    void showAccessState(const AccessState& state);
    void saveSettings(const Settings& settings);

    Config m_config;
    bool m_isShared = false; // by the window's word
    bool m_hasRestoredSharing = false;
    bool m_isEnding = false;
    ListenState m_printed;
    WorkerThread m_serverThread;
    WorkerThread m_samplerThread;
    WorkerThread m_storeThread;
    WorkerThread m_catchUpThread; // reads of the store, each kind apart so that none holds up another
    WorkerThread m_searchThread;
    WorkerThread m_figuresThread;
    QThreadPool m_fileThread; // one thread: writes to the settings file keep their order
    // On the server's thread, and on the sampler's; they end with their thread.
    Hub* m_hub;
    StoreHistory* m_history;
    StoreHistory* m_windowHistory = nullptr; // on the main thread; none without window or store
    Server* m_server;
    Sampler* m_sampler;
    Store* m_store;
    MetricRecorder* m_recorder; // as the store, on its thread
    AccessStore* m_access; // likewise
    std::unique_ptr<LogFeed> m_logFeed; // outlives the window, which reads it
    std::unique_ptr<MainWindow> m_window;
};

} // namespace vigie
