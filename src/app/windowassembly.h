// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/settings.h"

#include <QObject>
#include <memory>

namespace vigie {

class AccessStore;
class Hub;
class LogFeed;
class MainWindow;
class MetricRecorder;
class Server;
class StorageAssembly;
class Store;
class StoreHistory;

/// The window and what brings it what it shows. Built without the GUI it does nothing, and none is ever made. Main thread.
class WindowAssembly : public QObject
{
    Q_OBJECT

public:
    explicit WindowAssembly(const Settings& settings);
    /// After the hub's thread has ended.
    ~WindowAssembly() override;

    // What it shows.
    void takeEntries(Hub* hub, Store* store);
    void takeSamples(Hub* hub, MetricRecorder* recorder);
    /// What is stored as well; to be called even if nothing is.
    void takeHistory(StorageAssembly& storage);
    // What the owner does in it, and what comes of that.
    void control(Server* server, Hub* hub, AccessStore* access);

    void show();
    /// Removes the window; it is there no more when this returns.
    void close();

Q_SIGNALS:
    /// The user closed it: the program is to end.
    void closed();
    void settingsChanged(vigie::Settings settings);
    /// The owner wants Vigie shared on the network, or no more.
    void sharingChosen(bool isShared);

private:
    void controlSharing(Server* server, AccessStore* access);

    std::unique_ptr<LogFeed> m_feed; // as is the history, read by the window
    std::unique_ptr<StoreHistory> m_history; // none without history
    std::unique_ptr<MainWindow> m_window;
};

} // namespace vigie
