// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logviewsettings.h"

#include <QObject>

class QPoint;
class QWidget;

namespace vigie {

class History;
class LogActions;
class LogFilters;
class LogModel;
class StoredCounts;

/// What the log panel offers in menus and dialogs of their own: an entry's menu, highlights, saved searches, the export, and the
/// deletion of what is stored. GUI thread.
class LogCommands : public QObject
{
    Q_OBJECT

public:
    /// What it works on; all must outlive this.
    struct Parts
    {
        LogActions& actions;
        LogFilters& filters;
        LogModel& model;
        StoredCounts& counts;
    };

    LogCommands(const Parts& parts, QWidget& panel);

    /// The source of stored entries; null: nothing is stored. Must outlive this.
    void setHistory(History* history);
    History* history() const { return m_history; }
    const LogViewSettings& settings() const { return m_settings; }
    void setSettings(const LogViewSettings& settings);
    /// Shows the menu of an entry.
    void showMenu(const LogEntryRef& entry, const QPoint& globalPlace);
    void retranslate();

Q_SIGNALS:
    /// By setSettings() or by the user.
    void settingsShown();
    /// By the user.
    void settingsChanged();
    void momentWanted(qint64 timeMs);
    void traceWanted(const std::string& traceId);
    /// The user confirmed that an application's stored entries be deleted.
    void deleteConfirmed(const QString& appId);

private:
    void change(const LogViewSettings& settings);
    void askForHighlight(const QString& text);
    void showHighlights();
    void askForName();
    void sayThatSearchesAreFull();
    void fillSearches();
    void askToDelete();
    void exportEntries();

    Parts m_parts;
    QWidget& m_panel;
    History* m_history = nullptr;
    LogViewSettings m_settings;
};

} // namespace vigie
