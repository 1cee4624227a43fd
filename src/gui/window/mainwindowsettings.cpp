// SPDX-License-Identifier: GPL-3.0-or-later
// The main window's settings, and what its closing means.
#include "core/language.h"
#include "gui/logs/logpanel.h"
#include "gui/settings/settingsdialog.h"
#include "gui/widgets/theme.h"
#include "gui/window/mainwindow.h"
#include "gui/window/trayicon.h"

#include <QApplication>
#include <QCloseEvent>
#include <QListWidget>
#include <QMessageBox>
#include <QPushButton>

namespace vigie {

using namespace Qt::StringLiterals;

void MainWindow::setOverrides(const SettingsOverrides& overrides)
{
    m_overrides = overrides;
}

void MainWindow::setTray(std::function<bool()> hasTray)
{
    m_hasTray = std::move(hasTray);
    // Where a tray comes later, the icon appears in it then.
    m_tray->setShown(m_settings.onClose == "tray"_L1);
}

void MainWindow::showSettings()
{
    if (!m_settingsDialog) {
        m_settingsDialog = new SettingsDialog(m_settings, m_sourceSettings, m_overrides, m_hasTray(), this);
        m_settingsDialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_settingsDialog, &SettingsDialog::edited, this, &MainWindow::applyEdit);
        connect(m_settingsDialog, &SettingsDialog::portChosen, this, &MainWindow::portChosen);
        connect(m_settingsDialog, &SettingsDialog::sourceChangeWanted, this, &MainWindow::sourceChangeWanted);
        connect(this, &MainWindow::settingsChanged, m_settingsDialog, [this](const Settings& settings) {
            if (settings.language == m_settingsDialog->language())
                return m_settingsDialog->showSettings(settings);
            // The dialog's own field may be telling us.
            QMetaObject::invokeMethod(this, &MainWindow::remakeSettingsDialog, Qt::QueuedConnection);
        });
        m_settingsDialog->showListenState(m_listenState);
    }
    m_settingsDialog->show();
    m_settingsDialog->raise();
    m_settingsDialog->activateWindow();
}

/// Its texts are those of the language it was made in.
void MainWindow::remakeSettingsDialog()
{
    if (!m_settingsDialog)
        return;
    const auto page = [this] { return m_settingsDialog->findChild<QListWidget*>(u"settingsList"_s); };
    const int row = page()->currentRow();
    const QRect place = m_settingsDialog->geometry();
    m_settingsDialog->close();
    m_settingsDialog.clear();
    showSettings();
    m_settingsDialog->setGeometry(place);
    page()->setCurrentRow(row);
}

void MainWindow::applyEdit(const std::function<void(Settings&)>& edit)
{
    const Settings before = m_settings;
    edit(m_settings);
    if (m_settings == before)
        return;
    rememberGeometry();
    if (m_settings.theme != before.theme)
        applyTheme(*qApp, m_settings.theme);
    m_logs->setTextFont(m_settings.logFont, m_settings.logFontPoints);
    m_tray->setShown(m_settings.onClose == "tray"_L1);
    checkChoices();
    if (m_settings.language != before.language)
        applyLanguage(*qApp, m_settings.language);
    Q_EMIT settingsChanged(m_settings);
}

void MainWindow::quit()
{
    m_isQuitting = true;
    close();
}

void MainWindow::comeToFront()
{
    setWindowState(windowState() & ~Qt::WindowMinimized);
    show();
    raise();
    activateWindow();
}

void MainWindow::askAboutTray()
{
    if (findChild<QMessageBox*>(u"closeBox"_s))
        return;
    auto* box = new QMessageBox(QMessageBox::Question, tr("Close the Window"), tr("Keep Vigie running in the tray?"),
                                QMessageBox::Cancel, this);
    box->setObjectName(u"closeBox"_s);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(tr("It then goes on measuring and taking in logs. You can change this in the settings."));
    const QPushButton* const keep = box->addButton(tr("Keep Running"), QMessageBox::AcceptRole);
    const QPushButton* const leave = box->addButton(tr("Quit Vigie"), QMessageBox::DestructiveRole);
    const auto choose = [this](const QString& what) {
        applyEdit([what](Settings& settings) { settings.onClose = what; });
        close();
    };
    connect(keep, &QPushButton::clicked, this, [choose] { choose(u"tray"_s); });
    connect(leave, &QPushButton::clicked, this, [choose] { choose(u"quit"_s); });
    box->open();
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    rememberGeometry();
    Q_EMIT settingsChanged(m_settings);
    // The end of the session is no time for questions.
    if (!m_isQuitting && !qApp->isSavingSession() && m_settings.onClose != "quit"_L1 && m_hasTray()) {
        event->ignore();
        if (m_settings.onClose == "tray"_L1)
            hide();
        else
            askAboutTray();
        return;
    }
    event->accept();
    Q_EMIT closed();
}

} // namespace vigie
