// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/logs/logactions.h"

#include "gui/widgets/theme.h"

#include <QAction>
#include <QMenu>

namespace vigie {

using namespace Qt::StringLiterals;

LogActions::LogActions(QWidget* owner)
    : QObject(owner), find(new QAction(owner)), goToTime(new QAction(owner)), follow(new QAction(owner)),
      showDetails(new QAction(owner)), copyEntry(new QAction(owner)), reset(new QAction(owner)), clearView(new QAction(owner)),
      clearHistory(new QAction(owner)), levelsMenu(new QMenu(owner)), m_owner(owner)
{
    const std::tuple<QAction*, QString, QKeySequence> names[] = {
        {find, u"actionFind"_s, QKeySequence::Find},
        {goToTime, u"actionGoToTime"_s, Qt::CTRL | Qt::Key_G},
        {follow, u"actionFollow"_s, Qt::CTRL | Qt::Key_L},
        {showDetails, u"actionDetails"_s, Qt::CTRL | Qt::Key_D},
        {copyEntry, u"actionCopyEntry"_s, Qt::CTRL | Qt::SHIFT | Qt::Key_E},
        {reset, u"actionResetFilters"_s, Qt::CTRL | Qt::Key_R},
        {clearView, u"actionClearView"_s, Qt::CTRL | Qt::Key_Backspace},
        {clearHistory, u"actionClearHistory"_s, Qt::CTRL | Qt::SHIFT | Qt::Key_Backspace},
    };
    for (const auto& [action, name, shortcut] : names)
        setUp(action, name, shortcut);
    follow->setCheckable(true);
    follow->setChecked(true);
    showDetails->setCheckable(true);
    copyEntry->setEnabled(false);
    goToTime->setEnabled(false);
    clearHistory->setEnabled(false);
    for (int i = 0; i < severityCount; ++i) {
        const auto name = severityName(static_cast<Severity>(i));
        auto* action = new QAction(owner);
        setUp(action, u"actionLevel_"_s + QString::fromLatin1(name.data(), qsizetype(name.size())),
              QKeySequence(Qt::CTRL | Qt::SHIFT | static_cast<Qt::Key>(Qt::Key_1 + i)));
        action->setCheckable(true);
        action->setChecked(true);
        connect(action, &QAction::toggled, this, &LogActions::levelsChanged);
        levelsMenu->addAction(action);
        m_levels[static_cast<std::size_t>(i)] = action;
    }
}

void LogActions::setUp(QAction* action, const QString& name, const QKeySequence& shortcut)
{
    action->setObjectName(name);
    action->setShortcut(shortcut);
    m_owner->addAction(action);
}

QList<QAction*> LogActions::all() const
{
    return {find, goToTime, follow, showDetails, copyEntry, reset, clearView, clearHistory};
}

std::bitset<severityCount> LogActions::chosenLevels() const
{
    std::bitset<severityCount> chosen;
    for (std::size_t i = 0; i < m_levels.size(); ++i)
        chosen.set(i, m_levels[i]->isChecked());
    return chosen;
}

void LogActions::chooseAllLevels()
{
    for (QAction* action : m_levels)
        action->setChecked(true);
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
        {copyEntry, tr("&Copy Entry"), tr("Copy")},
        {reset, tr("&Reset Filters"), tr("Reset")},
        {clearView, tr("C&lear View"), tr("Clear")},
        {clearHistory, tr("Clear &History of the Application…"), tr("Clear history")},
    };
    for (const auto& [action, text, shortText] : texts) {
        action->setText(text);
        action->setIconText(shortText);
        const QString plain = QString(text).remove(u'&').remove(u'…');
        action->setToolTip(u"%1 (%2)"_s.arg(plain, action->shortcut().toString(QKeySequence::NativeText)));
    }
    const QString levels[severityCount] = {tr("&Trace"), tr("&Debug"), tr("&Info"), tr("&Warning"),
                                           tr("&Error"), tr("&Fatal"), tr("&Other")};
    for (std::size_t i = 0; i < m_levels.size(); ++i)
        m_levels[i]->setText(levels[i]);
    levelsMenu->setTitle(tr("&Levels"));
}

} // namespace vigie
