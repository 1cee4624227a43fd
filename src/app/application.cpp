// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application.h"

#include "hub/hub.h"
#include "sampling/sampler.h"
#include "server/server.h"
#include "storage/access/accessstore.h"
#include "storage/historyreader.h"
#include "storage/figures/metricrecorder.h"
#include "storage/logs/store.h"
#include "storage/storehistory.h"
#ifdef VIGIE_GUI
#include "gui/logs/logfeed.h"
#include "gui/window/mainwindow.h"
#include "gui/sharing/sharing.h"
#endif

#include <QCoreApplication>
#include <QDateTime>
#include <QTimer>
#include <cstdio>

namespace vigie {

#ifndef VIGIE_GUI
// Without the window its two classes are never made; the smart pointers still want them whole.
class LogFeed
{};
class MainWindow
{};
#endif

namespace {

void print(std::FILE* stream, const QString& line)
{
    std::fprintf(stream, "%s\n", qPrintable(line));
    std::fflush(stream);
}

Store::Config storeConfig(const QString& dataDir, const Settings& settings)
{
    Store::Config config;
    config.folder = dataDir + QStringLiteral("/logs");
    config.logs.age = std::chrono::hours(24 * settings.logRetentionDays);
    config.logs.bytes = settings.logRetentionMiB * std::int64_t(1024 * 1024);
    return config;
}

MetricRecorder::Config recorderConfig(const QString& dataDir, const Settings& settings)
{
    MetricRecorder::Config config;
    config.folder = dataDir;
    config.retention.bytes = settings.metricRetentionMiB * std::int64_t(1024 * 1024);
    return config;
}

ServerConfig serverConfig(const CommandLine& line, const Settings& settings, const std::optional<TlsIdentity>& tls)
{
    ServerConfig config;
    if (line.host) {
        config.host = *line.host;
        const bool isIpv4 = line.host->protocol() == QAbstractSocket::IPv4Protocol;
        config.sharedHost = isIpv4 ? QHostAddress::AnyIPv4 : QHostAddress::AnyIPv6;
    }
    config.port = line.port.value_or(settings.port);
    config.tls = tls;
    config.names.hosts = line.allowedHosts;
    // Who proves to be called so is called so.
    if (tls && !line.tlsCertificate.isEmpty())
        config.names.hosts = tls->names() + config.names.hosts;
    config.names.hosts.removeDuplicates();
    config.requiresToken = line.requireToken;
    config.opensLoopback = line.openLoopback;
    config.names.origins = settings.allowedOrigins + line.allowedOrigins;
    // What cannot be one was told as it was read.
    if (const auto url = PublicUrl::parse(line.publicUrl.value_or(settings.publicUrl)))
        config.names.publicUrl = *url;
    const Limits& limits = settings.limits;
    config.inForce = limits;
    if (limits.connections > 0)
        config.maxConnections = limits.connections;
    config.failedSignIns = limits.failedSignIns;
    config.joins = {limits.joinRequestsAtOnce, limits.joinRequestsOfAddress, limits.joinRequestsPerHour};
    config.headDeadline = std::chrono::seconds(limits.headSeconds);
    config.requestBytes = limits.requestKiB * 1024;
    config.idleDeadline = std::chrono::seconds(limits.idleSeconds);
    config.perAddress = {limits.connectionsPerAddress, limits.handshakesPerSecond, limits.handshakesAtOnce,
                         limits.limitsLoopback};
    config.decode.entriesPerBatch = std::size_t(limits.batchEntries);
    config.decode.depth = limits.jsonDepth;
    config.decode.filterLevels = std::size_t(limits.filterLevels);
    config.decode.searchBytes = std::size_t(limits.searchBytes);
    config.limits.authDeadline = std::chrono::seconds(limits.signInSeconds);
    config.limits.messageDeadline = std::chrono::seconds(limits.messageSeconds);
    config.limits.messageBytes = quint64(limits.messageKiB) * 1024;
    config.limits.unsentBytes = qint64(limits.unsentMiB) * 1024 * 1024;
    config.limits.unreadDeadline = std::chrono::seconds(limits.unreadSeconds);
    config.limits.failures = limits.refusedBeforeSignIn;
    config.memoryBytes = qint64(limits.memoryMiB) * 1024 * 1024;
    config.limits.messagesPerSecond = limits.messagesPerSecond;
    config.limits.receiveBytesPerSecond = limits.receiveKiBPerSecond * 1024.0;
    config.limits.limitsLoopback = limits.limitsLoopback;
    return config;
}

} // namespace

Application::Application(Config config, QObject* parent)
    : QObject(parent), m_config(std::move(config)), m_hub(new Hub(m_config.settings.limits.applications)),
      m_history(new StoreHistory),
      m_server(new Server(serverConfig(m_config.line, m_config.settings, m_config.tls), *m_hub)), m_sampler(new Sampler),
      m_store(new Store(storeConfig(m_config.dataDir, m_config.settings))),
      m_recorder(new MetricRecorder(recorderConfig(m_config.dataDir, m_config.settings))),
      m_access(new AccessStore(m_config.accessPath))
{
    m_serverThread.setObjectName("server");
    m_samplerThread.setObjectName("sampler");
    m_fileThread.setMaxThreadCount(1);

    m_hub->moveToThread(&m_serverThread);
    m_server->moveToThread(&m_serverThread);
    m_sampler->moveToThread(&m_samplerThread);
    m_history->moveToThread(&m_serverThread);
    m_storeThread.setObjectName("store");
    m_store->moveToThread(&m_storeThread);
    m_recorder->moveToThread(&m_storeThread);
    connect(&m_storeThread, &QThread::finished, m_store, &QObject::deleteLater);
    connect(&m_storeThread, &QThread::finished, m_recorder, &QObject::deleteLater);
    connect(&m_samplerThread, &QThread::started, m_sampler, &Sampler::start);
    // The server takes leave of the hub, so it goes first: slots run in the order of their connection.
    connect(&m_serverThread, &QThread::finished, m_server, &QObject::deleteLater);
    connect(&m_serverThread, &QThread::finished, m_hub, &QObject::deleteLater);
    connect(&m_serverThread, &QThread::finished, m_history, &QObject::deleteLater);
    connect(&m_samplerThread, &QThread::finished, m_sampler, &QObject::deleteLater);

    connect(m_sampler, &Sampler::sampleTaken, m_hub, &Hub::acceptSample);
    connect(m_server, &Server::samplingDemanded, m_sampler,
            [sampler = m_sampler, keepsProcesses = !m_config.line.noHistory](int intervalMs, bool detail) {
                sampler->setDemand(intervalMs, detail || keepsProcesses);
            });
    connect(m_server, &Server::listenStateChanged, this, &Application::showListenState);
    if (m_config.line.tlsCertificate.isEmpty()) {
        auto* daily = new QTimer(this);
        daily->setObjectName("certificateTimer");
        connect(daily, &QTimer::timeout, this, &Application::renewCertificate);
        daily->start(std::chrono::hours(24));
    }
    buildAccess();
    if (m_config.line.noHistory)
        connect(m_access, &AccessStore::started, m_server, &Server::start);
    else
        buildStore();
    if (m_config.withWindow)
        buildWindow();
}

Application::~Application()
{
    m_window.reset();
    // The store goes after the hub, whose last entries it writes; its readers after all who ask them.
    for (WorkerThread* thread :
         {&m_samplerThread, &m_serverThread, &m_storeThread, &m_catchUpThread, &m_searchThread, &m_figuresThread})
        thread->end();
}

void Application::start()
{
    for (WorkerThread* thread :
         {&m_catchUpThread, &m_searchThread, &m_figuresThread, &m_serverThread, &m_storeThread, &m_samplerThread})
        thread->start();
}

void Application::loadCertificate(std::function<void(const Result<TlsIdentity>&)> use)
{
    m_fileThread.start([this, use = std::move(use), folder = m_config.dataDir,
                        names = machineNames() + m_config.line.allowedHosts] {
        const Result<TlsIdentity> identity = ownTlsIdentity(folder, names);
        QMetaObject::invokeMethod(this, [identity, use] { use(identity); });
    });
}

void Application::renewCertificate()
{
    if (!m_config.tls)
        return;
    loadCertificate([this](const Result<TlsIdentity>& identity) {
        if (!identity)
            return print(stderr, tr("vigie: %1").arg(identity.error().message));
        if (!m_config.tls || identity->fingerprint() == m_config.tls->fingerprint())
            return;
        m_config.tls = *identity;
        QMetaObject::invokeMethod(m_server, [server = m_server, tls = *identity] { server->setTls(tls); });
    });
}

void Application::buildAccess()
{
    m_access->moveToThread(&m_storeThread);
    connect(&m_storeThread, &QThread::finished, m_access, &QObject::deleteLater);
    // Before the store: who may connect is known before anybody can.
    connect(&m_storeThread, &QThread::started, m_access, &AccessStore::start);
    connect(m_access, &AccessStore::changed, m_server, &Server::setAccess);
    connect(m_access, &AccessStore::changed, this, &Application::showAccessState);
    connect(m_access, &AccessStore::auditFailed, this,
            [](const QString& problem) { print(stderr, tr("vigie: %1").arg(problem)); });
    connect(m_server, &Server::noted, m_access, &AccessStore::append);
    connect(m_server, &Server::tokenUsed, m_access, &AccessStore::noteUse);
    connect(m_server, &Server::visitEnded, m_access, &AccessStore::revoke);
    connect(m_access, &AccessStore::joinAnswered, m_server, &Server::answerJoin);
    // A sample comes about once a second, and no other clock has to wake the machine.
    connect(m_sampler, &Sampler::sampleTaken, m_access, &AccessStore::refresh);
    connect(m_server, &Server::stopped, m_access, &AccessStore::refresh);
}

void Application::showAccessState(const AccessState& state)
{
    if (!state.problem.isEmpty())
        print(stderr, tr("vigie: %1. Nobody is let in by a token.").arg(state.problem));
}

void Application::buildStore()
{
    connect(&m_storeThread, &QThread::started, m_store, &Store::start);
    // The order goes on where it was, and only then are clients let in: without it, if the files cannot be opened.
    connect(m_store, &Store::opened, m_hub, &Hub::restore);
    connect(m_store, &Store::idsFound, m_hub, &Hub::restoreIds);
    connect(m_store, &Store::started, m_server, &Server::start);

    connect(m_hub, &Hub::logsToStore, m_store, &Store::write);
    connect(m_hub, &Hub::checkpointToStore, m_store, &Store::writeCheckpoint);
    connect(m_hub, &Hub::ticketDrawn, m_store, &Store::makeDurable);
    connect(m_hub, &Hub::cleared, m_store, &Store::clear);
    connect(m_store, &Store::stored, m_hub, &Hub::noteStored);
    connect(m_store, &Store::stateChanged, m_hub, &Hub::noteStoreState);
    connect(m_store, &Store::stateChanged, m_server, &Server::showStoreState);
    connect(m_store, &Store::stateChanged, this, &Application::showStoreState);

    connect(&m_storeThread, &QThread::started, m_recorder, &MetricRecorder::start);
    connect(&m_samplerThread, &QThread::started, m_sampler, [this] { m_sampler->setDemand(Sampler::maxIntervalMs, true); });
    connect(m_hub, &Hub::sampleAccepted, m_recorder, &MetricRecorder::record);
    connect(m_hub, &Hub::appMetricsAccepted, m_recorder, &MetricRecorder::recordApp);
    connect(m_recorder, &MetricRecorder::recorded, m_hub, &Hub::noteRecorded);
    connect(m_recorder, &MetricRecorder::stateChanged, this, &Application::showStoreState);

    // A question goes by the store, which writes what waits, to a reader, and its answer straight back.
    m_hub->setArchive(m_history);
    m_hub->setMetricArchive(m_history);
    std::vector<StoreHistory*> histories{m_history};
    if (m_config.withWindow)
        histories.push_back(m_windowHistory = new StoreHistory(this));
    for (StoreHistory* history : histories) {
        connect(history, &StoreHistory::asked, m_store, &Store::ask);
        connect(history, &StoreHistory::askedForMetrics, m_recorder, &MetricRecorder::ask);
    }
    const auto addReader = [this, histories](WorkerThread& thread, const char* name, HistoryJob::Kind takes) {
        auto* reader = new HistoryReader(takes);
        thread.setObjectName(name);
        reader->moveToThread(&thread);
        connect(&thread, &QThread::finished, reader, &QObject::deleteLater);
        connect(m_store, &Store::segmentsChanged, reader, &HistoryReader::setSegments);
        connect(m_store, &Store::asked, reader, &HistoryReader::run);
        connect(m_recorder, &MetricRecorder::opened, reader, &HistoryReader::setMetricFile);
        connect(m_recorder, &MetricRecorder::asked, reader, &HistoryReader::run);
        for (StoreHistory* history : histories)
            connect(reader, &HistoryReader::answered, history, &StoreHistory::deliver);
    };
    addReader(m_catchUpThread, "catch-up", HistoryJob::Kind::CatchUp);
    addReader(m_searchThread, "search", HistoryJob::Kind::Search);
    addReader(m_figuresThread, "figures", HistoryJob::Kind::Figures);
}

void Application::showStoreState(const StoreState& state)
{
    for (const QString& path : state.movedAside)
        print(stderr, tr("vigie: A history file could not be read; it is kept as %1.").arg(path));
    if (!state.works)
        print(stderr, tr("vigie: %1").arg(state.problem));
}

void Application::buildWindow()
{
#ifdef VIGIE_GUI
    m_logFeed = std::make_unique<LogFeed>();
    m_window = std::make_unique<MainWindow>(m_config.settings, *m_logFeed);
    // On the hub's thread: the feed is a bounded mailbox, so that a flood cannot fill the window's queue.
    connect(m_hub, &Hub::logsAccepted, m_hub, [feed = m_logFeed.get()](const LogBatchPtr& batch) { feed->push(batch); });
    // By way of the hub's thread: when the window asks the store anew, what the hub held back has been sent there.
    connect(m_store, &Store::opened, m_hub, [this](const StoredCatalog& catalog) {
        QMetaObject::invokeMethod(this, [this, catalog] {
            if (m_window)
                m_window->showStored(catalog);
        });
    });
    connect(m_hub, &Hub::cleared, m_hub, [feed = m_logFeed.get()](const AppCleared& cleared) {
        feed->clear(cleared.appId, cleared.upToSequence);
    });
    connect(m_hub, &Hub::sampleAccepted, m_window.get(), &MainWindow::showSample);
    connect(m_server, &Server::activityChanged, m_window.get(), &MainWindow::showActivity);
    connect(m_server, &Server::listenStateChanged, m_window.get(), &MainWindow::showListenState);
    connect(m_store, &Store::stateChanged, m_window.get(), &MainWindow::showStoreState);
    connect(m_recorder, &MetricRecorder::stateChanged, m_window.get(), &MainWindow::showMetricStoreState);
    connect(m_window.get(), &MainWindow::closed, this, [this] { shutDown(); });
    connect(m_window.get(), &MainWindow::portChosen, m_server, &Server::listen);
    connect(m_window.get(), &MainWindow::settingsChanged, this, &Application::saveSettings);
    connect(m_window.get(), &MainWindow::clearRequested, m_hub, [hub = m_hub, access = m_access](const QString& appId) {
        if (!hub->clear({appId.toStdString(), {}}))
            return;
        const AuditEvent event{AuditEvent::Kind::Cleared, QDateTime::currentMSecsSinceEpoch(), {}, appId.toStdString(), {}, {}};
        QMetaObject::invokeMethod(access, [access, event] { access->append(event); });
    });
    buildSharing();
    m_window->setArchive(m_windowHistory, m_windowHistory);
    m_window->show();
#endif
}

void Application::buildSharing()
{
#ifdef VIGIE_GUI
    Sharing& sharing = m_window->sharing();
    connect(&sharing, &Sharing::sharingChosen, this, &Application::setShared);
    connect(m_access, &AccessStore::changed, &sharing, &Sharing::showAccess);
    connect(m_access, &AccessStore::changeFailed, &sharing, &Sharing::showFailure);
    connect(m_access, &AccessStore::tokenMade, &sharing, &Sharing::showToken);
    connect(m_access, &AccessStore::auditRead, &sharing, &Sharing::showAudit);
    connect(&sharing, &Sharing::tokenWanted, m_access, &AccessStore::addToken);
    connect(&sharing, &Sharing::revokeWanted, m_access, &AccessStore::revoke);
    connect(&sharing, &Sharing::addAppWanted, m_access, &AccessStore::addApp);
    connect(&sharing, &Sharing::removeAppWanted, m_access, &AccessStore::removeApp);
    connect(&sharing, &Sharing::blockWanted, m_access, &AccessStore::block);
    connect(&sharing, &Sharing::unblockWanted, m_access, &AccessStore::unblock);
    connect(&sharing, &Sharing::auditWanted, m_access, &AccessStore::readAudit);
    connect(&sharing, &Sharing::auditExportWanted, m_access, &AccessStore::exportAudit);
    connect(&sharing, &Sharing::joinAnswered, m_access, &AccessStore::answerJoin);
    connect(&sharing, &Sharing::disconnectWanted, m_server, &Server::disconnectClient);
    connect(&sharing, &Sharing::accessWatched, m_server, &Server::watchClients);
    connect(&sharing, &Sharing::accessWatched, m_access, &AccessStore::watchUses);
    connect(&sharing, &Sharing::requestsChosen, m_server, &Server::setOpenToRequests);
    connect(m_server, &Server::clientsChanged, &sharing, &Sharing::showClients);
    connect(m_server, &Server::limitHitsChanged, &sharing, &Sharing::showLimitHits);
    connect(m_server, &Server::joinAsked, &sharing, &Sharing::addJoinRequest);
    connect(m_server, &Server::joinWithdrawn, &sharing, &Sharing::removeJoinRequest);
    QMetaObject::invokeMethod(
        m_server, [server = m_server, areTaken = m_config.settings.takesRequests] { server->setOpenToRequests(areTaken); });
#endif
}

void Application::setShared(bool isShared)
{
    m_isShared = isShared;
    if (!isShared) {
        if (!m_config.line.tls)
            m_config.tls.reset();
        QMetaObject::invokeMethod(m_server, &Server::unshare);
        return;
    }
    const auto share = [this](const Result<TlsIdentity>& identity) {
        if (!m_isShared)
            return;
        if (identity)
            m_config.tls = *identity;
        QMetaObject::invokeMethod(m_server, [server = m_server, identity] {
            identity ? server->share(*identity) : server->tellShareError(identity.error().message);
        });
    };
    // The owner's is kept. Vigie's own may lack an address by now.
    if (m_config.tls && !m_config.line.tlsCertificate.isEmpty())
        share(*m_config.tls);
    else
        loadCertificate(share);
}

void Application::restoreSharing()
{
    // Without a window nothing is widened unasked.
    if (!m_config.withWindow || !m_config.settings.isShared || std::exchange(m_hasRestoredSharing, true))
        return;
    const std::optional<QHostAddress>& host = m_config.line.host;
    if (!host)
        return setShared(true);
    if (host->isLoopback()) {
        const QString why = tr("Sharing is off, as Vigie was started with --host %1. Share… turns it on.").arg(host->toString());
        QMetaObject::invokeMethod(m_server, [server = m_server, why] { server->tellShareError(why); });
    }
}

void Application::showListenState(const ListenState& state)
{
    if (!state.shareError.isEmpty()) {
        // It may be asked for again, with a certificate that is then the right one. What is shared all the same goes on with the
        // one that it has, which is to be renewed.
        if (!m_config.line.tls && !state.isShared)
            m_config.tls.reset();
        return print(stderr, tr("vigie: %1").arg(state.shareError));
    }
    if (!state.listening) {
        print(stderr, tr("vigie: %1").arg(state.error));
        // With a window, its banner offers another port and the charts live on.
        if (!m_config.withWindow)
            shutDown(1);
        return;
    }
    restoreSharing();
    if (std::exchange(m_printed, state) == state)
        return;
    QString address = tr("Vigie is at %1").arg(state.publicUrl.isEmpty() ? state.url : state.publicUrl);
    if (!state.publicUrl.isEmpty())
        address += u'\n' + tr("Programs of this machine connect to %1").arg(state.url);
    print(stdout, m_config.note.isEmpty() ? address : m_config.note + u' ' + address);
    if (state.isSharedByChoice)
        print(stdout, state.sharedUrls.isEmpty() ? tr("Shared, but this machine has no address on a network now.")
                                                 : tr("Shared at %1").arg(state.urlToTell()));
    if (!state.fingerprint.isEmpty())
        print(stdout, tr("Its certificate's SHA-256: %1").arg(state.fingerprint));
    if (state.isUnprotected)
        print(stderr, state.asksForToken ? tr("vigie: What is sent can be read and changed on the way, tokens too.")
                                         : tr("vigie: Whoever reaches this address reads and changes everything, and what is "
                                              "sent can be read on the way."));
}

void Application::saveSettings(const Settings& settings)
{
    m_fileThread.start([settings, path = m_config.settingsPath] {
        if (const Outcome saved = settings.save(path); !saved)
            print(stderr, tr("vigie: %1").arg(saved.error().message));
    });
}

void Application::shutDown(int exitCode)
{
    if (std::exchange(m_isEnding, true))
        return;
    // The store has then been given all that was accepted; it writes it before it stops.
    connect(m_server, &Server::stopped, m_recorder, &MetricRecorder::stop);
    connect(m_server, &Server::stopped, m_store, &Store::stop);
    connect(m_store, &Store::stopped, this, [exitCode] { QCoreApplication::exit(exitCode); });
    QMetaObject::invokeMethod(m_server, &Server::stop);
}

} // namespace vigie
