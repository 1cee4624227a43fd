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

/// The log panel's actions with their texts, icons and shortcuts, for its buttons and the window's menu. The panel implements
/// what they do.
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
    QAction* const copyEntry;
    QAction* const reset;
    QAction* const clearView;
    QAction* const clearHistory;
    QMenu* const levelsMenu; ///< one checkable entry for each severity

    /// All actions except the levels, in menu order.
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
