// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/logs/logactions.h"

#include "gui/logs/levelsmenu.h"
#include "gui/widgets/theme.h"

#include <QAction>
#include <QMenu>

namespace vigie {

using namespace Qt::StringLiterals;

LogActions::LogActions(QWidget* owner)
    : QObject(owner), find(new QAction(owner)), goToTime(new QAction(owner)), follow(new QAction(owner)),
      showDetails(new QAction(owner)), wrapLines(new QAction(owner)), copyEntry(new QAction(owner)),
      exportEntries(new QAction(owner)), saveSearch(new QAction(owner)), searchesMenu(new QMenu(owner)),
      showHighlights(new QAction(owner)),
      reset(new QAction(owner)), clearView(new QAction(owner)), deleteStored(new QAction(owner)),
      levelsMenu(new LevelsMenu(owner)), m_owner(owner)
{
    // None is a key of text fields: Ctrl+Backspace deletes a word there. What deletes for good has none at all.
    const std::tuple<QAction*, QString, QKeySequence> names[] = {
        {find, u"actionFind"_s, QKeySequence::Find},
        {goToTime, u"actionGoToTime"_s, Qt::CTRL | Qt::Key_G},
        {follow, u"actionFollow"_s, Qt::CTRL | Qt::Key_L},
        {showDetails, u"actionDetails"_s, Qt::CTRL | Qt::Key_D},
        {wrapLines, u"actionWrapLines"_s, Qt::CTRL | Qt::SHIFT | Qt::Key_W},
        {copyEntry, u"actionCopyEntry"_s, Qt::CTRL | Qt::SHIFT | Qt::Key_E},
        {exportEntries, u"actionExportEntries"_s, Qt::CTRL | Qt::SHIFT | Qt::Key_X},
        {saveSearch, u"actionSaveSearch"_s, Qt::CTRL | Qt::SHIFT | Qt::Key_B},
        {showHighlights, u"actionShowHighlights"_s, Qt::CTRL | Qt::SHIFT | Qt::Key_H},
        {reset, u"actionResetFilters"_s, Qt::CTRL | Qt::Key_R},
        {clearView, u"actionClearView"_s, Qt::CTRL | Qt::SHIFT | Qt::Key_N},
        {deleteStored, u"actionDeleteStored"_s, {}},
    };
    for (const auto& [action, name, shortcut] : names)
        setUp(action, name, shortcut);
    searchesMenu->setObjectName(u"searchesMenu"_s);
    for (QAction* const action : {follow, showDetails, wrapLines})
        action->setCheckable(true);
    follow->setChecked(true);
    for (QAction* const action : {copyEntry, goToTime, exportEntries, saveSearch, showHighlights, deleteStored})
        action->setEnabled(false);
}

void LogActions::setUp(QAction* action, const QString& name, const QKeySequence& shortcut)
{
    action->setObjectName(name);
    action->setShortcut(shortcut);
    m_owner->addAction(action);
}

QList<QAction*> LogActions::all() const
{
    return {find,          goToTime,      follow, showDetails,    wrapLines, copyEntry,
            exportEntries, searchesMenu->menuAction(), showHighlights, reset, clearView, deleteStored};
}

void LogActions::setIcons()
{
    const QPalette& palette = m_owner->palette();
    find->setIcon(themedIcon(u"search"_s, palette));
    follow->setIcon(themedIcon(u"follow"_s, palette));
    showDetails->setIcon(themedIcon(u"details"_s, palette));
    copyEntry->setIcon(themedIcon(u"copy"_s, palette));
    clearView->setIcon(themedIcon(u"clear"_s, palette));
}

void LogActions::retranslate()
{
    const std::tuple<QAction*, QString, QString> texts[] = {
        {find, tr("&Find…"), tr("Find")},
        {goToTime, tr("&Go to Time…"), tr("Go to time")},
        {follow, tr("F&ollow New Entries"), tr("Follow")},
        {showDetails, tr("Show &Details"), tr("Details")},
        {wrapLines, tr("&Wrap Lines"), tr("Wrap lines")},
        {copyEntry, tr("&Copy Entry as JSON"), tr("Copy")},
        {exportEntries, tr("&Export…"), tr("Export")},
        {saveSearch, tr("&Save This Search…"), tr("Save search")},
        {showHighlights, tr("&Highlights…"), tr("Highlights")},
        {reset, tr("&Reset Filters"), tr("Reset")},
        {clearView, tr("C&lear View"), tr("Clear view")},
        {deleteStored, tr("Delete &Stored Entries…"), tr("Delete")},
    };
    for (const auto& [action, text, shortText] : texts) {
        action->setText(text);
        action->setIconText(shortText);
        const QString plain = QString(text).remove(u'&').remove(u'…');
        const QString keys = action->shortcut().toString(QKeySequence::NativeText);
        action->setToolTip(keys.isEmpty() ? plain : u"%1 (%2)"_s.arg(plain, keys));
    }
    searchesMenu->setTitle(tr("S&aved Searches"));
    levelsMenu->retranslate();
}

} // namespace vigie
