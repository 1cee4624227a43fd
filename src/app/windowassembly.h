// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/instancemessage.h"
#include "core/settings.h"
#include "core/sourcesettings.h"

#include <QHash>
#include <QObject>
#include <QString>
#include <functional>
#include <memory>

namespace vigie {

class AccessStore;
class FileAssembly;
class Hub;
class Intake;
class LogFeed;
class MainWindow;
class MetricRecorder;
class Server;
class StorageAssembly;
class Store;
class StoreHistory;
struct LogFileState;

/// The window and what brings it what it shows. Built without the GUI it does nothing, and none is ever made. Main thread.
class WindowAssembly : public QObject
{
    Q_OBJECT

public:
    /// `overrides`: which settings the command line overrides, and the option that does ("port": "--port").
    WindowAssembly(const Settings& settings, const QHash<QString, QString>& overrides);
    /// After the hub's thread has ended.
    ~WindowAssembly() override;

    // What it shows.
    void takeEntries(Hub* hub, Store* store);
    void takeSamples(Hub* hub, MetricRecorder* recorder);
    /// What is stored as well; to be called even if nothing is.
    void takeHistory(StorageAssembly& storage);
    // What the owner does in it, and what comes of that.
    void control(Server* server, Hub* hub, AccessStore* access);
    /// Whose sources it shows; must outlive the window.
    void showSources(Intake* intake);

    void show();
    /// Brings the window to the front, and does what a start of the program asks.
    void present(const InstanceRequest& request);
    /// What Vigie reads by itself; `problem`: why a change of it could not be made.
    void showSourceSettings(const SourceSettings& settings, const QString& problem);
    /// Removes the window; it is there no more when this returns.
    void close();

Q_SIGNALS:
    /// The user closed it: the program is to end.
    void closed();
    void settingsChanged(vigie::Settings settings);
    /// The owner wants to change what Vigie reads by itself.
    void sourceChangeWanted(const std::function<vigie::Outcome(vigie::SourceSettings&)>& change);
    /// The owner wants Vigie shared on the network, or no more.
    void sharingChosen(bool isShared);

private:
    void openFiles(const QStringList& paths);
    void showFile(const LogFileState& state);
    void chooseFile(const QString& appId);
    void forgetFile(const QString& appId, quint64 lastSequence);
    void controlSharing(Server* server, AccessStore* access);

    Intake* m_intake = nullptr;
    std::unique_ptr<LogFeed> m_feed; // as is the history, read by the window
    std::unique_ptr<StoreHistory> m_history; // none without history
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<FileAssembly> m_files; // its thread may know the feed, but asks nothing of the window
};

} // namespace vigie
