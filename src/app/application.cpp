// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application.h"

#include "hub/hub.h"
#include "sampling/sampler.h"
#include "server/server.h"
#ifdef VIGIE_GUI
#include "gui/logfeed.h"
#include "gui/mainwindow.h"
#endif

#include <QCoreApplication>
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

ServerConfig serverConfig(const CommandLine& line, const Settings& settings)
{
    ServerConfig config;
    config.host = line.host;
    config.port = line.port.value_or(settings.port);
    config.allowedOrigins = settings.allowedOrigins + line.allowedOrigins;
    config.ioThreads = line.ioThreads;
    return config;
}

} // namespace

Application::Application(Config config, QObject* parent)
    : QObject(parent), m_config(std::move(config)), m_hub(new Hub),
      m_server(new Server(serverConfig(m_config.line, m_config.settings), *m_hub)), m_sampler(new Sampler)
{
    m_serverThread.setObjectName("server");
    m_samplerThread.setObjectName("sampler");
    m_fileThread.setMaxThreadCount(1);

    m_hub->moveToThread(&m_serverThread);
    m_server->moveToThread(&m_serverThread);
    m_sampler->moveToThread(&m_samplerThread);
    connect(&m_serverThread, &QThread::started, m_server, &Server::start);
    connect(&m_samplerThread, &QThread::started, m_sampler, &Sampler::start);
    // The server takes leave of the hub, so it goes first: slots run in the order of their connection.
    connect(&m_serverThread, &QThread::finished, m_server, &QObject::deleteLater);
    connect(&m_serverThread, &QThread::finished, m_hub, &QObject::deleteLater);
    connect(&m_samplerThread, &QThread::finished, m_sampler, &QObject::deleteLater);

    connect(m_sampler, &Sampler::sampleTaken, m_hub, &Hub::acceptSample);
    connect(m_server, &Server::samplingDemanded, m_sampler, &Sampler::setDemand);
    connect(m_server, &Server::listenStateChanged, this, &Application::showListenState);
    if (m_config.withWindow)
        buildWindow();
}

Application::~Application()
{
    m_window.reset();
    for (WorkerThread* thread : {&m_samplerThread, &m_serverThread})
        thread->end();
}

void Application::start()
{
    m_serverThread.start();
    m_samplerThread.start();
}

void Application::buildWindow()
{
#ifdef VIGIE_GUI
    m_logFeed = std::make_unique<LogFeed>();
    m_window = std::make_unique<MainWindow>(m_config.settings, *m_logFeed);
    // On the hub's thread: the feed is a bounded mailbox, so that a flood cannot fill the window's queue.
    connect(m_hub, &Hub::logsAccepted, m_hub, [feed = m_logFeed.get()](const LogBatchPtr& batch) { feed->push(batch); });
    connect(m_hub, &Hub::cleared, m_hub, [feed = m_logFeed.get()](const AppCleared& cleared) { feed->clear(cleared.appId); });
    connect(m_hub, &Hub::sampleAccepted, m_window.get(), &MainWindow::showSample);
    connect(m_server, &Server::activityChanged, m_window.get(), &MainWindow::showActivity);
    connect(m_server, &Server::listenStateChanged, m_window.get(), &MainWindow::showListenState);
    connect(m_window.get(), &MainWindow::portChosen, m_server, &Server::listen);
    connect(m_window.get(), &MainWindow::settingsChanged, this, &Application::saveSettings);
    connect(m_window.get(), &MainWindow::clearRequested, m_hub, [hub = m_hub](const QString& appId) {
        hub->clear({appId.toStdString(), {}});
    });
    m_window->show();
#endif
}

void Application::showListenState(const ListenState& state)
{
    if (state.listening) {
        const QString address = tr("Vigie is at %1").arg(state.url);
        print(stdout, m_config.note.isEmpty() ? address : m_config.note + u' ' + address);
        return;
    }
    print(stderr, tr("vigie: %1").arg(state.error));
    // With a window, its banner offers another port and the charts live on.
    if (!m_config.withWindow)
        shutDown(1);
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
    connect(m_server, &Server::stopped, this, [exitCode] { QCoreApplication::exit(exitCode); });
    QMetaObject::invokeMethod(m_server, &Server::stop);
}

} // namespace vigie
