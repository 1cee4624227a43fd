// SPDX-License-Identifier: GPL-3.0-or-later
// Of MainWindow: the dialogs of its menus.
#include "gui/logs/connecthint.h"
#include "gui/sources/sources.h"
#include "gui/window/mainwindow.h"
#include "gui/window/shortcutsdialog.h"

#include <QAction>
#include <QDialog>
#include <QDialogButtonBox>
#include <QFile>
#include <QFileDialog>
#include <QMessageBox>
#include <QVBoxLayout>

namespace vigie {

using namespace Qt::StringLiterals;

void MainWindow::chooseFiles()
{
    auto* dialog = new QFileDialog(this, tr("Open Log Files"));
    dialog->setObjectName(u"openFilesDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, &MainWindow::filesChosen);
    dialog->open();
}

void MainWindow::showAbout()
{
    auto* box = new QMessageBox(this);
    box->setObjectName(u"aboutBox"_s);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowTitle(tr("About Vigie"));
    box->setIconPixmap(windowIcon().pixmap(64, 64));
    box->setText(tr("<b>Vigie %1</b>").arg(QStringLiteral(VIGIE_VERSION)));
    box->setInformativeText(tr("Live charts of this machine, and the logs of your applications, shared with "
                               "your colleagues.\n\nFree software under the GNU General Public License, "
                               "version 3 or later."));
    QFile licences(u":/licences.txt"_s);
    if (licences.open(QIODevice::ReadOnly))
        box->setDetailedText(QString::fromUtf8(licences.readAll()));
    box->open();
}

void MainWindow::showConnect()
{
    auto* dialog = new QDialog(this);
    dialog->setObjectName(u"connectDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("How to Connect"));
    auto* column = new QVBoxLayout(dialog);
    auto* hint = new ConnectHint;
    hint->setTitle(tr("Send the first entry"));
    hint->setUrl(m_listenState.url, m_listenState.sparesOwnerOnly);
    connect(hint, &ConnectHint::addSourceWanted, dialog, &QDialog::reject);
    connect(hint, &ConnectHint::addSourceWanted, m_sources->addAction(), &QAction::trigger);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    column->addWidget(hint, 1);
    column->addWidget(buttons);
    dialog->resize(640, 260);
    dialog->open();
}

void MainWindow::showShortcuts()
{
    auto* dialog = new ShortcutsDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

} // namespace vigie
