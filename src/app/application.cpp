// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application.h"

#include "app/autostart.h"
#include "app/serverconfig.h"
#include "app/windowassembly.h"
#include "hub/hub.h"
#include "intake/intake.h"
#include "sources/logsources.h"
#include "sampling/sampler.h"
#include "server/server.h"
#include "storage/access/accessstore.h"
#include "storage/figures/metricrecorder.h"
#include "storage/logs/store.h"
#include "storage/storehistory.h"

#include <QCoreApplication>
#include <QHash>
#include <utility>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

/// The settings that the command line overrides, and by which option.
QHash<QString, QString> overridesOf(const CommandLine& line)
{
    QHash<QString, QString> overrides;
    if (line.port)
        overrides.insert(u"port"_s, u"--port"_s);
    if (line.language)
        overrides.insert(u"language"_s, u"--lang"_s);
    if (line.theme)
        overrides.insert(u"theme"_s, u"--theme"_s);
    if (line.noHistory) {
        for (const QString& setting :
             {u"logRetentionDays"_s, u"logRetentionMiB"_s, u"metricRetentionDays"_s, u"metricRetentionMiB"_s})
            overrides.insert(setting, u"--no-history"_s);
    }
    return overrides;
}

} // namespace

Application::Application(Config config, QObject* parent)
    : QObject(parent), m_config(std::move(config)), m_console(m_config.note),
      m_storage({m_config.dataDir, m_config.accessPath, m_config.settings, !m_config.line.noHistory}),
      m_server(serverConfig(m_config.line, m_config.settings, m_config.tls), m_config.settings.limits.applications, m_config.bus),
      m_sources(*m_server.intake(), m_config.spoolPath), m_sampling(m_storage.keepsHistory()),
      // Without a window nothing is widened unasked.
      m_sharing({m_config.line, m_config.dataDir, m_config.tls, m_config.withWindow && m_config.settings.isShared},
                m_server.server(), m_disk, this)
{
    m_disk.setMaxThreadCount(1);
    if (m_config.withWindow)
        m_window = std::make_unique<WindowAssembly>(m_config.settings, overridesOf(m_config.line));
    connectEntries();
    if (m_server.bus())
        connectBus();
    connectSamples();
    connectHistory();
    connectAccess();
    connectStates();
    if (m_window)
        connectWindow();
}

/// The way of an entry: session → hub → viewers, store and window. The server brings entries to the hub and from there to the
/// viewers by itself, on the hub's thread.
void Application::connectEntries()
{
    Hub* const hub = m_server.hub();
    Store* const store = m_storage.store();
    if (m_storage.keepsHistory()) {
        // The order goes on where it was when the store was closed.
        connect(store, &Store::opened, hub, &Hub::restore);
        connect(store, &Store::idsFound, hub, &Hub::restoreIds);
        // To the store…
        connect(hub, &Hub::logsToStore, store, &Store::write);
        connect(hub, &Hub::checkpointToStore, store, &Store::writeCheckpoint);
        connect(hub, &Hub::ticketDrawn, store, &Store::makeDurable);
        connect(hub, &Hub::cleared, store, &Store::clear);
        // …which says what is on disk. The hub lets clients know.
        connect(store, &Store::stored, hub, &Hub::noteStored);
        connect(store, &Store::stateChanged, hub, &Hub::noteStoreState);
    }
    if (m_window)
        m_window->takeEntries(hub, store);
}

/// The way of an entry with a bus: session → hub → bus → hub, and on as without one. Behind connectEntries(): the hub is told first what
/// the store holds.
void Application::connectBus()
{
    LogBus* const bus = m_server.bus();
    if (m_storage.keepsHistory()) {
        connect(m_storage.store(), &Store::opened, bus, &LogBus::restore);
        connect(m_storage.store(), &Store::started, bus, &LogBus::begin);
    }
    connect(bus, &LogBus::stateChanged, this, [this](const BusState& state) { m_console.showBusState(state); });
}

/// The way of a sample: sampler → hub → viewers, recorder and window. Figures of applications come by sessions, as entries do.
void Application::connectSamples()
{
    Sampler* const sampler = m_sampling.sampler();
    Hub* const hub = m_server.hub();
    MetricRecorder* const recorder = m_storage.recorder();
    // Whoever looks says how often and how closely; what is kept has the processes in any case.
    connect(m_server.server(), &Server::samplingDemanded, sampler,
            [sampler, keepsProcesses = m_storage.keepsHistory()](int intervalMs, bool detail) {
                sampler->setDemand(intervalMs, detail || keepsProcesses);
            });
    sampler->setUsualInterval(m_config.settings.sampleIntervalMs);
    connect(sampler, &Sampler::sampleTaken, hub, &Hub::acceptSample);
    if (m_storage.keepsHistory()) {
        connect(hub, &Hub::sampleAccepted, recorder, &MetricRecorder::record);
        connect(hub, &Hub::appMetricsAccepted, recorder, &MetricRecorder::recordApp);
        connect(recorder, &MetricRecorder::recorded, hub, &Hub::noteRecorded);
    }
    if (m_window)
        m_window->takeSamples(hub, recorder);
}

/// The way of a question about the past: by the store, which writes what waits, to a reader, and its answer straight back.
void Application::connectHistory()
{
    if (m_storage.keepsHistory()) {
        m_storage.serve(m_server.history());
        m_server.hub()->setArchive(m_server.history());
        m_server.hub()->setMetricArchive(m_server.history());
    }
    if (m_window)
        m_window->takeHistory(m_storage);
}

/// Who may connect, and what they did. Clients find the port at once, but are let in when that is known, and the order of entries as
/// well: without that order, if the store cannot be opened.
void Application::connectAccess()
{
    Server* const server = m_server.server();
    AccessStore* const access = m_storage.access();
    connect(access, &AccessStore::changed, server, &Server::setAccess);
    connect(access, &AccessStore::joinAnswered, server, &Server::answerJoin);
    if (m_storage.keepsHistory())
        connect(m_storage.store(), &Store::started, server, &Server::start);
    else
        connect(access, &AccessStore::started, server, &Server::start);
    connect(server, &Server::noted, access, &AccessStore::append);
    connect(server, &Server::tokenUsed, access, &AccessStore::noteUse);
    connect(server, &Server::visitEnded, access, &AccessStore::revoke);
    // A sample comes about once a second, and no other clock has to wake the machine.
    connect(m_sampling.sampler(), &Sampler::sampleTaken, access, &AccessStore::refresh);
    connect(server, &Server::stopped, access, &AccessStore::refresh);
}

/// How the parts are, to clients and on the console.
void Application::connectStates()
{
    connect(m_server.server(), &Server::listenStateChanged, this, &Application::showListenState);
    connect(m_server.server(), &Server::otlpListenFailed, this, &Console::complain);
    connect(m_storage.access(), &AccessStore::changed, this, &Console::showAccessState);
    connect(m_storage.access(), &AccessStore::auditFailed, this, &Console::complain);
    connect(m_storage.store(), &Store::stateChanged, m_server.server(), &Server::showStoreState);
    connect(m_storage.store(), &Store::stateChanged, this, &Console::showStoreState);
    connect(m_storage.recorder(), &MetricRecorder::stateChanged, this, &Console::showStoreState);
}

void Application::connectWindow()
{
    m_window->control(m_server.server(), m_server.hub(), m_storage.access());
    m_window->showSources(m_server.intake());
    connect(m_window.get(), &WindowAssembly::closed, this, [this] { shutDown(); });
    connect(m_window.get(), &WindowAssembly::settingsChanged, this, &Application::applySettings);
    connect(m_window.get(), &WindowAssembly::sourceChangeWanted, this, &Application::changeSourceSettings);
    connect(m_window.get(), &WindowAssembly::sharingChosen, &m_sharing, &SharingControl::setShared);
    m_window->show();
}

void Application::start()
{
    QMetaObject::invokeMethod(m_server.server(), &Server::prepare); // the first that its thread does
    if (LogBus* const bus = m_server.bus()) {
        QMetaObject::invokeMethod(bus, &LogBus::open);
        if (!m_storage.keepsHistory())
            QMetaObject::invokeMethod(bus, &LogBus::begin);
    }
    m_server.start();
    m_storage.start();
    m_sampling.start();
    // In this order: a command that leaves entries behind either finds the door, or these are found now.
    openDoor();
    readSourceSettings();
    startWatchdog();
    if (m_window)
        m_window->present({true, m_config.line.share, m_config.line.filesToOpen, m_config.line.view, {}});
}

/// By whoever changes them: this is the one way. What holds is then read back, whether or not the change could be made.
void Application::changeSourceSettings(const std::function<Outcome(SourceSettings&)>& change)
{
    m_disk.start([this, change, path = m_config.sourcesPath] {
        const Outcome changed = change ? SourceSettings::change(path, change) : Outcome(std::monostate{});
        const QString problem = changed ? QString() : changed.error().message;
        // Ends with us, who wait for the disk.
        QMetaObject::invokeMethod(this, [this, settings = SourceSettings::load(path), problem] { applySourceSettings(settings, problem); });
    });
}

void Application::readSourceSettings()
{
    changeSourceSettings({});
}

/// A file that cannot be used changes nothing of what is read.
void Application::applySourceSettings(const Result<SourceSettings>& settings, const QString& problem)
{
    if (!settings)
        Console::complain(settings.error().message);
    if (m_isEnding)
        return;
    if (settings) {
        m_sourceSettings = *settings;
        m_sources.apply(*settings);
        QMetaObject::invokeMethod(m_server.server(), [server = m_server.server(), isWanted = settings->listensForOtlp] {
            server->listenForOtlp(isWanted);
        });
    }
    if (m_window)
        m_window->showSourceSettings(m_sourceSettings, settings ? problem : settings.error().message);
}

/// A second start is told who we are, and by way of the window does what its owner asked.
void Application::openDoor()
{
    tellVisitors();
    if (m_window)
        connect(&m_door, &InstanceDoor::asked, m_window.get(), &WindowAssembly::present);
    connect(&m_door, &InstanceDoor::sourcesChanged, this, &Application::readSourceSettings);
    if (m_config.socketPath.isEmpty())
        return;
    if (const Outcome opened = m_door.open(m_config.socketPath); !opened)
        Console::complain(opened.error().message);
}

void Application::tellVisitors()
{
    m_door.setAnswer({QCoreApplication::applicationPid(), m_url, bool(m_window), m_isEnding});
}

void Application::shutDown(int exitCode)
{
    if (std::exchange(m_isEnding, true))
        return;
    m_config.serviceManager.tellStopping();
    m_sources.end(); // what it read and is not stored, it reads again
    // Whoever starts Vigie now waits for the folder, and asks nothing of a window that is going.
    tellVisitors();
    // The store has then been given all that was accepted; it writes it before it stops.
    connect(m_server.server(), &Server::stopped, m_storage.recorder(), &MetricRecorder::stop);
    if (LogBus* const bus = m_server.bus()) {
        connect(m_server.server(), &Server::stopped, bus, &LogBus::finish);
        connect(bus, &LogBus::finished, m_storage.store(), &Store::stop);
    } else {
        connect(m_server.server(), &Server::stopped, m_storage.store(), &Store::stop);
    }
    connect(m_storage.store(), &Store::stopped, this, [exitCode] { QCoreApplication::exit(exitCode); });
    QMetaObject::invokeMethod(m_server.server(), &Server::stop);
}

Application::~Application()
{
    if (m_window)
        m_window->close();
    // The store goes after the hub, whose last entries it writes; its readers after all who ask them.
    m_sources.end();
    m_sampling.end();
    m_server.end();
    m_storage.end();
    m_disk.waitForDone();
}

void Application::showListenState(const ListenState& state)
{
    m_sharing.noteListenState(state);
    m_url = state.listening ? state.url : QString();
    tellVisitors();
    if (state.listening && !m_isReloading)
        m_config.serviceManager.tellReady(m_url.toUtf8());
    m_console.showListenState(state);
    // With a window, its banner offers another port and the charts live on.
    const bool isNowhere = state.shareError.isEmpty() && !state.listening;
    if (isNowhere && !m_window)
        shutDown(1);
}

/// What the window leaves to us of a setting that changed.
void Application::applySettings(const Settings& settings)
{
    const Settings before = std::exchange(m_config.settings, settings);
    Sampler* const sampler = m_sampling.sampler();
    if (settings.sampleIntervalMs != before.sampleIntervalMs) {
        QMetaObject::invokeMethod(sampler, [sampler, ms = settings.sampleIntervalMs] { sampler->setUsualInterval(ms); });
    }
    m_storage.setRetention(settings);
    saveSettings(settings, settings.startsWithSession != before.startsWithSession);
}

/// What only holds because the command line says so is not kept.
Settings Application::settingsToKeep(const Settings& settings) const
{
    Settings kept = settings;
    if (m_config.line.language == kept.language)
        kept.language = m_config.kept.language;
    if (m_config.line.theme == kept.theme)
        kept.theme = m_config.kept.theme;
    return kept;
}

void Application::saveSettings(const Settings& settings, bool isAutostartToChange)
{
    const Autostart autostart(QCoreApplication::applicationFilePath(),
                              m_config.line.dataDir.isEmpty() ? QString() : m_config.dataDir);
    m_disk.start([kept = settingsToKeep(settings), path = m_config.settingsPath, isAutostartToChange, autostart] {
        if (const Outcome saved = kept.save(path); !saved)
            Console::complain(saved.error().message);
        if (!isAutostartToChange)
            return;
        if (const Outcome set = autostart.set(kept.startsWithSession); !set)
            Console::complain(set.error().message);
    });
}

} // namespace vigie
