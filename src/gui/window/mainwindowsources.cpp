// SPDX-License-Identifier: GPL-3.0-or-later
// Of MainWindow: its sources, and traces.
#include "gui/logs/logpanel.h"
#include "gui/settings/settingsdialog.h"
#include "gui/sources/sources.h"
#include "gui/traces/tracedialog.h"
#include "gui/window/activitybar.h"
#include "gui/window/mainwindow.h"
#include "ui_mainwindow.h"

#include <QAction>

namespace vigie {

void MainWindow::wireSources()
{
    m_ui->menuView->insertAction(m_ui->actionFullScreen, m_sources->action());
    m_ui->menuFile->insertAction(m_ui->actionCopyAddress, m_sources->addAction());
    m_activityBar->addButton(m_sources->action());
    m_sources->setGeometry(m_settings.sourcesGeometry);
    connect(m_logs, &LogPanel::viewFilterChanged, this, [this] { m_sources->setApplication(m_logs->chosenApplication()); });
    connect(m_sources, &Sources::applicationChosen, this, &MainWindow::showLogOf);
    connect(m_sources, &Sources::settingsWanted, this, &MainWindow::showSourcesSettingsPage);
    connect(m_logs, &LogPanel::addSourceWanted, m_sources->addAction(), &QAction::trigger);
    connect(m_logs, &LogPanel::traceWanted, this, &MainWindow::showTrace);
    connect(m_sources, &Sources::changeWanted, this, &MainWindow::sourceChangeWanted);
}

void MainWindow::showLogOf(const QString& appId)
{
    m_ui->actionShowLogs->setChecked(true);
    m_logs->addApplications({appId});
    m_logs->chooseApplication(appId);
    comeToFront();
}

void MainWindow::showTrace(const std::string& traceId)
{
    if (!m_logs->history())
        return;
    auto* dialog = new TraceDialog(*m_logs->history(), traceId, m_logs->applications(), this);
    connect(dialog, &TraceDialog::entryChosen, m_logs, &LogPanel::showEntry);
    dialog->show();
}

void MainWindow::showSourcesSettingsPage()
{
    showSettings();
    m_settingsDialog->openSources();
}

void MainWindow::showSourceSettings(const SourceSettings& settings, const QString& problem)
{
    m_sourceSettings = settings;
    m_sources->showSettings(settings);
    if (m_settingsDialog)
        m_settingsDialog->showSources(settings, problem);
}

} // namespace vigie
