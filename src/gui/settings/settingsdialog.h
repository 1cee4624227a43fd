// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sourcesettings.h"
#include "gui/settings/settingspage.h"

#include <QDialog>

class QListWidget;
class QStackedWidget;

namespace vigie {

class NetworkSettings;
class SourceSettingsPage;
struct ListenState;

/// All settings, a page a subject. Each change holds at once, but for those that say that they wait for the next start. GUI
/// thread.
class SettingsDialog : public QDialog
{
    Q_OBJECT

public:
    /// `hasTray`: the desktop has one.
    SettingsDialog(const Settings& settings, const SourceSettings& sources, const SettingsOverrides& overrides, bool hasTray,
                   QWidget* parent = nullptr);

    /// The settings as they are now, whoever changed them.
    void showSettings(const Settings& settings);
    /// The setting of the language in which its texts are.
    const QString& language() const { return m_language; }
    /// What Vigie reads by itself, as it is now; `problem`: why a change of it could not be made.
    void showSources(const SourceSettings& settings, const QString& problem);
    void openSources();
    /// Whether the chosen port can be had.
    void showListenState(const ListenState& state);

Q_SIGNALS:
    void edited(const std::function<void(vigie::Settings&)>& edit);
    void portChosen(quint16 port);
    void sourceChangeWanted(const std::function<vigie::Outcome(vigie::SourceSettings&)>& change);

private:
    void addPage(const QString& name, SettingsPage* page);

    QString m_language;
    QListWidget* m_list;
    QStackedWidget* m_pages;
    QList<SettingsPage*> m_all;
    NetworkSettings* m_network;
    SourceSettingsPage* m_sources;
};

} // namespace vigie
