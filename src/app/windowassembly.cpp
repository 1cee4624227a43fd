// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/windowassembly.h"

#include "app/fileassembly.h"
#include "app/storageassembly.h"
#include "gui/logs/logfeed.h"
#include "gui/logs/logpanel.h"
#include "gui/sharing/sharing.h"
#include "gui/sources/sources.h"
#include "gui/window/filebar.h"
#include "gui/window/mainwindow.h"
#include "hub/hub.h"
#include "intake/intake.h"
#include "server/server.h"
#include "storage/access/accessstore.h"
#include "storage/figures/metricrecorder.h"
#include "storage/logs/store.h"
#include "storage/storehistory.h"

#include <QAction>
#include <QDateTime>
#include <QSystemTrayIcon>

namespace vigie {

WindowAssembly::WindowAssembly(const Settings& settings, const QHash<QString, QString>& overrides)
    : m_feed(std::make_unique<LogFeed>()), m_window(std::make_unique<MainWindow>(settings, *m_feed)),
      m_files(std::make_unique<FileAssembly>())
{
    m_window->setOverrides(overrides);
    m_window->setTray(&QSystemTrayIcon::isSystemTrayAvailable);
    connect(m_window.get(), &MainWindow::filesChosen, this, &WindowAssembly::openFiles);
    FileFollower* const follower = m_files->follower();
    connect(m_window.get(), &MainWindow::fileCloseWanted, follower, &FileFollower::close);
    connect(follower, &FileFollower::stateChanged, this, &WindowAssembly::showFile);
    connect(follower, &FileFollower::opened, this, &WindowAssembly::chooseFile);
    connect(follower, &FileFollower::closed, this, &WindowAssembly::forgetFile);
    connect(follower, &FileFollower::grown, follower, [feed = m_feed.get()](const LogBatchPtr& batch) { feed->push(batch); });
    connect(m_window.get(), &MainWindow::closed, this, &WindowAssembly::closed);
    connect(m_window.get(), &MainWindow::settingsChanged, this, &WindowAssembly::settingsChanged);
    connect(m_window.get(), &MainWindow::sourceChangeWanted, this, &WindowAssembly::sourceChangeWanted);
    connect(&m_window->sharing(), &Sharing::sharingChosen, this, &WindowAssembly::sharingChosen);
}

WindowAssembly::~WindowAssembly() = default;

void WindowAssembly::takeEntries(Hub* hub, Store* store)
{
    // On the hub's thread: the feed is a bounded mailbox, so that a flood cannot fill the window's queue.
    connect(hub, &Hub::logsAccepted, hub, [feed = m_feed.get()](const LogBatchPtr& batch) { feed->push(batch); });
    connect(hub, &Hub::cleared, hub, [feed = m_feed.get()](const AppCleared& cleared) {
        feed->clear(cleared.appId, cleared.upToSequence);
    });
    // By way of the hub's thread: when the window asks the store anew, what the hub held back has been sent there.
    connect(store, &Store::opened, hub, [this](const StoredCatalog& catalog) {
        QMetaObject::invokeMethod(this, [this, catalog] {
            if (m_window)
                m_window->showStored(catalog);
        });
    });
    connect(store, &Store::stateChanged, m_window.get(), &MainWindow::showStoreState);
}

void WindowAssembly::takeSamples(Hub* hub, MetricRecorder* recorder)
{
    connect(hub, &Hub::sampleAccepted, m_window.get(), &MainWindow::showSample);
    connect(recorder, &MetricRecorder::stateChanged, m_window.get(), &MainWindow::showMetricStoreState);
}

void WindowAssembly::takeHistory(StorageAssembly& storage)
{
    if (storage.keepsHistory()) {
        m_history = std::make_unique<StoreHistory>();
        storage.serve(m_history.get());
    }
    m_files->history().setStore(m_history.get());
    m_window->setArchive(m_history.get(), m_history ? &m_files->history() : nullptr);
}

void WindowAssembly::openFiles(const QStringList& paths)
{
    if (paths.isEmpty())
        return;
    m_files->start();
    // Without a store, the log has a past from now on: that of files.
    if (!m_history)
        m_window->logs().setHistory(&m_files->history());
    for (const QString& path : paths)
        QMetaObject::invokeMethod(m_files->follower(), [follower = m_files->follower(), path] { follower->open(path); });
}

void WindowAssembly::showFile(const LogFileState& state)
{
    if (!m_window)
        return;
    m_window->fileBar().showState(state);
    if (!state.isRead)
        return;
    m_files->history().add(state.appId.toStdString());
    m_window->logs().addApplications({state.appId});
}

void WindowAssembly::chooseFile(const QString& appId)
{
    if (!m_window)
        return;
    m_window->logs().chooseApplication(appId);
    m_window->fileBar().reveal(appId);
}

void WindowAssembly::forgetFile(const QString& appId, quint64 lastSequence)
{
    if (!m_window)
        return;
    m_files->history().remove(appId.toStdString());
    m_feed->clear(appId.toStdString(), lastSequence);
    m_window->logs().removeApplication(appId);
    m_window->fileBar().remove(appId);
}

void WindowAssembly::control(Server* server, Hub* hub, AccessStore* access)
{
    connect(server, &Server::activityChanged, m_window.get(), &MainWindow::showActivity);
    connect(server, &Server::listenStateChanged, m_window.get(), &MainWindow::showListenState);
    connect(m_window.get(), &MainWindow::portChosen, server, &Server::listen);
    connect(m_window.get(), &MainWindow::clearRequested, hub, [hub, access](const QString& appId) {
        if (!hub->clear({appId.toStdString(), {}}))
            return;
        const AuditEvent event{AuditEvent::Kind::Cleared, QDateTime::currentMSecsSinceEpoch(), {}, appId.toStdString(), {}, {}};
        QMetaObject::invokeMethod(access, [access, event] { access->append(event); });
    });
    controlSharing(server, access);
    const bool areTaken = m_window->settings().takesRequests;
    QMetaObject::invokeMethod(server, [server, areTaken] { server->setOpenToRequests(areTaken); });
}

void WindowAssembly::controlSharing(Server* server, AccessStore* access)
{
    Sharing& sharing = m_window->sharing();
    connect(access, &AccessStore::changed, &sharing, &Sharing::showAccess);
    connect(access, &AccessStore::changeFailed, &sharing, &Sharing::showFailure);
    connect(access, &AccessStore::tokenMade, &sharing, &Sharing::showToken);
    connect(access, &AccessStore::auditRead, &sharing, &Sharing::showAudit);
    connect(&sharing, &Sharing::tokenWanted, access, &AccessStore::addToken);
    connect(&sharing, &Sharing::revokeWanted, access, &AccessStore::revoke);
    connect(&sharing, &Sharing::addAppWanted, access, &AccessStore::addApp);
    connect(&sharing, &Sharing::removeAppWanted, access, &AccessStore::removeApp);
    connect(&sharing, &Sharing::blockWanted, access, &AccessStore::block);
    connect(&sharing, &Sharing::unblockWanted, access, &AccessStore::unblock);
    connect(&sharing, &Sharing::auditWanted, access, &AccessStore::readAudit);
    connect(&sharing, &Sharing::auditExportWanted, access, &AccessStore::exportAudit);
    connect(&sharing, &Sharing::joinAnswered, access, &AccessStore::answerJoin);
    connect(&sharing, &Sharing::disconnectWanted, server, &Server::disconnectClient);
    connect(&sharing, &Sharing::accessWatched, server, &Server::watchClients);
    connect(&sharing, &Sharing::accessWatched, access, &AccessStore::watchUses);
    connect(&sharing, &Sharing::requestsChosen, server, &Server::setOpenToRequests);
    connect(server, &Server::clientsChanged, &sharing, &Sharing::showClients);
    connect(server, &Server::limitHitsChanged, &sharing, &Sharing::showLimitHits);
    connect(server, &Server::joinAsked, &sharing, &Sharing::addJoinRequest);
    connect(server, &Server::joinWithdrawn, &sharing, &Sharing::removeJoinRequest);
}

void WindowAssembly::showSources(Intake* intake)
{
    m_intake = intake;
    Sources& sources = m_window->sources();
    SourceBoard& board = intake->board();
    sources.setLook([&board] { return board.sources(); });
    connect(&sources, &Sources::looked, this, [&board] { board.awaitRefusal(); });
    board.setRefusalWatcher([&sources] { QMetaObject::invokeMethod(&sources, &Sources::noteRefusal, Qt::QueuedConnection); });
}

void WindowAssembly::showSourceSettings(const SourceSettings& settings, const QString& problem)
{
    if (m_window)
        m_window->showSourceSettings(settings, problem);
}

void WindowAssembly::show()
{
    m_window->show();
}

void WindowAssembly::present(const InstanceRequest& request)
{
    if (!m_window)
        return;
    // Wayland lets a program come to the front only by the leave that its starter was given.
    if (!request.activation.isEmpty())
        qputenv("XDG_ACTIVATION_TOKEN", request.activation.toUtf8());
    m_window->comeToFront();
    qunsetenv("XDG_ACTIVATION_TOKEN"); // not for what we start later, where nobody has taken it
    openFiles(request.files);
    if (!request.view.isEmpty())
        m_window->showView(request.view);
    if (request.shares)
        m_window->sharing().shareAction()->trigger();
}

void WindowAssembly::close()
{
    if (m_intake)
        m_intake->board().setRefusalWatcher(nullptr);
    m_window.reset();
    m_files.reset();
}

} // namespace vigie
