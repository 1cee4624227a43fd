// SPDX-License-Identifier: GPL-3.0-or-later
// Of MainWindow: the log files that are open in it.
#include "core/names.h"
#include "gui/logs/logpanel.h"
#include "gui/window/filebar.h"
#include "gui/window/mainwindow.h"
#include "ui_mainwindow.h"

namespace vigie {

void MainWindow::wireFiles()
{
    connect(m_fileBar, &FileBar::closeWanted, this, &MainWindow::fileCloseWanted);
    connect(m_ui->actionCloseFile, &QAction::triggered, this, [this] { Q_EMIT fileCloseWanted(m_logs->chosenApplication()); });
    connect(m_logs, &LogPanel::viewFilterChanged, this, [this] {
        const QString chosen = m_logs->chosenApplication();
        m_ui->actionCloseFile->setEnabled(chosen.toStdString().starts_with(filePrefix));
        m_fileBar->choose(chosen);
    });
}

} // namespace vigie
