// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/activity.h"
#include "core/sourcesettings.h"
#include "core/sourcestate.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <functional>
#include <vector>

class QAction;
class QWidget;

namespace vigie {

class SourcesDialog;

/// The window's view of the sources: its action, which says when something was refused since it was last looked at, and its dialog.
/// Looks at the sources once a second while the dialog is shown, and never else. GUI thread.
class Sources : public QObject
{
    Q_OBJECT

public:
    /// Dialogs belong to `window`.
    explicit Sources(QWidget* window);

    /// Shows the dialog. Its icon and tool tip say whether something was refused.
    QAction* action() const { return m_action; }
    /// Shows how a source is set up.
    QAction* addAction() const { return m_add; }
    /// Tells all sources; may be called as often as one looks, on this thread.
    void setLook(std::function<std::vector<SourceState>()> look);
    /// For which application lines are offered.
    void setApplication(const QString& appId);
    bool isOpen() const;
    const QByteArray& geometry();
    void setGeometry(const QByteArray& geometry) { m_geometry = geometry; }

    void setIcons();
    void retranslate();

public Q_SLOTS:
    void open();
    /// Shows how a source is set up.
    void openSetup();
    void showListenState(const vigie::ListenState& state);
    void showSettings(const vigie::SourceSettings& settings);
    /// A source has refused something, or lost it.
    void noteRefusal();

Q_SIGNALS:
    /// The owner is looking: what comes from now on is to be told by noteRefusal() again.
    void looked();
    void applicationChosen(const QString& appId);
    void changeWanted(const std::function<vigie::Outcome(vigie::SourceSettings&)>& change);
    /// The owner wants to say what Vigie reads by itself.
    void settingsWanted();

private:
    SourcesDialog& dialog();
    void look();
    void watch(bool isWatched);
    void correct(const QString& path, const QString& format);

    QWidget* m_window;
    QAction* m_action;
    QAction* m_add;
    SourcesDialog* m_dialog = nullptr; // made on first use
    std::function<std::vector<SourceState>()> m_look = [] { return std::vector<SourceState>(); };
    QTimer m_timer; // runs only while the dialog is shown
    QElapsedTimer m_clock;
    ListenState m_state;
    SourceSettings m_settings;
    QString m_appId;
    QByteArray m_geometry;
    bool m_hasRefused = false;
};

} // namespace vigie
