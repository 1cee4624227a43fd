// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/severity.h"

#include <QList>
#include <QObject>
#include <array>
#include <bitset>

class QAction;
class QKeySequence;
class QMenu;
class QWidget;

namespace vigie {

/// What can be done with the log panel: actions with their texts, icons and shortcuts, for its buttons and
/// for the window's menu. What they do is the panel's affair.
class LogActions : public QObject
{
    Q_OBJECT

public:
    /// The actions' shortcuts work in the window of `owner`.
    explicit LogActions(QWidget* owner);

    QAction* const find;
    QAction* const goToTime;
    QAction* const follow;
    QAction* const showDetails;
    QAction* const copyEntry;
    QAction* const reset;
    QAction* const clearView;
    QAction* const clearHistory;
    QMenu* const levelsMenu; ///< one entry a severity, checked where it is shown

    /// All but the levels, in the order of the menu.
    QList<QAction*> all() const;
    std::bitset<severityCount> chosenLevels() const;
    void chooseAllLevels();

    void retranslate();
    void setIcons();

Q_SIGNALS:
    void levelsChanged();

private:
    void setUp(QAction* action, const QString& name, const QKeySequence& shortcut);

    QWidget* m_owner;
    std::array<QAction*, severityCount> m_levels{};
};

} // namespace vigie
