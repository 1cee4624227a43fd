// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commandline.h"
#include "app/console.h"
#include "app/instancedoor.h"
#include "app/samplingassembly.h"
#include "app/serverassembly.h"
#include "app/servicemanager.h"
#include "app/sourcesassembly.h"
#include "app/sharingcontrol.h"
#include "app/storageassembly.h"
#include "core/settings.h"
#include "server/net/tlsidentity.h"

#include <QObject>
#include <QThreadPool>
#include <functional>
#include <memory>
#include <optional>

namespace vigie {

class WindowAssembly;

/// Builds every part and connects them: sampler → hub → server, store and window. The only place that knows them all.
/// Main thread.
class Application : public QObject
{
    Q_OBJECT

public:
    struct Config
    {
        CommandLine line;
        Settings settings; ///< in force: what the command line says comes first
        Settings kept; ///< as the file has them
        QString dataDir;
        QString settingsPath;
        QString accessPath;
        QString sourcesPath;
        QString spoolPath; ///< where ended commands leave entries
        QString socketPath; ///< by which a second start reaches this one; empty: none does
        std::optional<LogBus::Config> bus; ///< absent: this machine is alone
        std::optional<TlsIdentity> tls; ///< absent: connections are plain
        bool withWindow = false;
        QString note; ///< stands before the address when it is printed; may be empty
        ServiceManager serviceManager; ///< is told when it is ready, reloads and ends
    };

    explicit Application(Config config, QObject* parent = nullptr);
    /// Ends the threads; clients have been told by shutDown().
    ~Application() override;

    void start();

    /// Takes leave of every client and then ends the event loop with the exit code.
    void shutDown(int exitCode = 0);

    /// Reads settings, sources and certificates again, for a program without a window. What cannot be used, or only by the next
    /// start, is said, and what was in force stays.
    void reload();

private:
    void startWatchdog();
    void applyReloaded(const Result<Settings>& settings);
    void connectEntries();
    void connectBus();
    void connectSamples();
    void connectHistory();
    void connectAccess();
    void connectStates();
    void connectWindow();
    void changeSourceSettings(const std::function<Outcome(SourceSettings&)>& change);
    void readSourceSettings();
    void applySourceSettings(const Result<SourceSettings>& settings, const QString& problem);
    void openDoor();
    void tellVisitors();
    void showListenState(const ListenState& state);
    void applySettings(const Settings& settings);
    Settings settingsToKeep(const Settings& settings) const;
    void saveSettings(const Settings& settings, bool isAutostartToChange);

    Config m_config;
    bool m_isEnding = false;
    bool m_isReloading = false;
    bool m_isReloadWanted = false; // again, once that is done
    QString m_url; // where we listen; empty: nowhere
    Console m_console;
    QThreadPool m_disk; // one thread: writes to the settings file keep their order
    StorageAssembly m_storage;
    ServerAssembly m_server;
    SourcesAssembly m_sources;
    SourceSettings m_sourceSettings; // what holds
    SamplingAssembly m_sampling;
    SharingControl m_sharing;
    std::unique_ptr<WindowAssembly> m_window;
    InstanceDoor m_door;
};

} // namespace vigie
