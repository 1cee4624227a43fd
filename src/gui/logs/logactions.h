// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QObject>

class QAction;
class QKeySequence;
class QMenu;
class QWidget;

namespace vigie {

class LevelsMenu;

/// The log panel's actions with their texts, icons and shortcuts, for its buttons and the window's menu. The panel and its
/// LogCommands implement what they do.
class LogActions : public QObject
{
    Q_OBJECT

public:
    /// The shortcuts work in `owner`'s window.
    explicit LogActions(QWidget* owner);

    QAction* const find;
    QAction* const goToTime;
    QAction* const follow;
    QAction* const showDetails;
    QAction* const wrapLines;
    QAction* const copyEntry;
    QAction* const exportEntries;
    QAction* const saveSearch;
    QMenu* const searchesMenu; ///< filled by LogCommands
    QAction* const showHighlights;
    QAction* const reset;
    QAction* const clearView;
    QAction* const deleteStored;
    LevelsMenu* const levelsMenu;

    /// All actions except the levels, in menu order.
    QList<QAction*> all() const;

    void retranslate();
    void setIcons();

private:
    void setUp(QAction* action, const QString& name, const QKeySequence& shortcut);

    QWidget* m_owner;
};

} // namespace vigie
