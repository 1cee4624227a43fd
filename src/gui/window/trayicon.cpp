// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/window/trayicon.h"

#include <QAction>
#include <QIcon>
#include <QSystemTrayIcon>

namespace vigie {

using namespace Qt::StringLiterals;

TrayIcon::TrayIcon(QObject* parent)
    : QObject(parent), m_open(m_menu.addAction(QString())), m_quit(m_menu.addAction(QString())),
      m_icon(std::make_unique<QSystemTrayIcon>(QIcon(u":/icons/vigie.svg"_s)))
{
    m_open->setObjectName(u"trayOpen"_s);
    m_quit->setObjectName(u"trayQuit"_s);
    m_icon->setContextMenu(&m_menu);
    m_icon->setToolTip(u"Vigie"_s);
    connect(m_open, &QAction::triggered, this, &TrayIcon::openRequested);
    connect(m_quit, &QAction::triggered, this, &TrayIcon::quitRequested);
    connect(m_icon.get(), &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason reason) {
        if (reason != QSystemTrayIcon::Context)
            Q_EMIT openRequested();
    });
    retranslate();
}

TrayIcon::~TrayIcon() = default;

void TrayIcon::setShown(bool shown)
{
    m_icon->setVisible(shown);
}

void TrayIcon::retranslate()
{
    m_open->setText(tr("&Open Vigie"));
    m_quit->setText(tr("&Quit"));
}

} // namespace vigie
