// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/settings/settingspage.h"

#include <QDialog>

class QListWidget;
class QStackedWidget;

namespace vigie {

class NetworkSettings;
struct ListenState;

/// All settings, a page a subject. Each change holds at once, but for those that say that they wait for the next start. GUI
/// thread.
class SettingsDialog : public QDialog
{
    Q_OBJECT

public:
    /// `hasTray`: the desktop has one.
    SettingsDialog(const Settings& settings, const SettingsOverrides& overrides, bool hasTray, QWidget* parent = nullptr);

    /// The settings as they are now, whoever changed them.
    void showSettings(const Settings& settings);
    /// The setting of the language in which its texts are.
    const QString& language() const { return m_language; }
    /// Whether the chosen port can be had.
    void showListenState(const ListenState& state);

Q_SIGNALS:
    void edited(const std::function<void(vigie::Settings&)>& edit);
    void portChosen(quint16 port);

private:
    void addPage(const QString& name, SettingsPage* page);

    QString m_language;
    QListWidget* m_list;
    QStackedWidget* m_pages;
    QList<SettingsPage*> m_all;
    NetworkSettings* m_network;
};

} // namespace vigie
