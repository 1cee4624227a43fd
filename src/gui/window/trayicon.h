// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMenu>
#include <QObject>
#include <memory>

class QAction;
class QSystemTrayIcon;

namespace vigie {

/// Vigie in the desktop's tray, where the owner finds it while the window is closed. GUI thread.
class TrayIcon : public QObject
{
    Q_OBJECT

public:
    explicit TrayIcon(QObject* parent = nullptr);
    ~TrayIcon() override;

    void setShown(bool shown);
    const QMenu& menu() const { return m_menu; }
    /// Sets the texts in the current language.
    void retranslate();

Q_SIGNALS:
    void openRequested();
    void quitRequested();

private:
    QMenu m_menu;
    QAction* m_open;
    QAction* m_quit;
    std::unique_ptr<QSystemTrayIcon> m_icon; // before the menu, which it shows
};

} // namespace vigie
