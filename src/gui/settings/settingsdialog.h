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

    /// Whether the chosen port can be had.
    void showListenState(const ListenState& state);

Q_SIGNALS:
    void edited(const std::function<void(vigie::Settings&)>& edit);
    void portChosen(quint16 port);

private:
    void addPage(const QString& name, SettingsPage* page);

    QListWidget* m_list;
    QStackedWidget* m_pages;
    NetworkSettings* m_network;
};

} // namespace vigie
