// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/logs/levelsmenu.h"

#include "gui/widgets/theme.h"

#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

constexpr int boxWidth = 34; // as the theme indents this menu's texts

} // namespace

LevelsMenu::Levels warningAndAbove()
{
    LevelsMenu::Levels levels;
    for (const Severity one : {Severity::Warn, Severity::Error, Severity::Fatal})
        levels.set(static_cast<std::size_t>(one));
    return levels;
}

LevelsMenu::LevelsMenu(QWidget* owner)
    : QMenu(owner), m_all(addAction(QString())), m_warningAndAbove(addAction(QString()))
{
    setObjectName(u"levelsMenu"_s);
    m_all->setObjectName(u"actionAllLevels"_s);
    m_warningAndAbove->setObjectName(u"actionWarningAndAbove"_s);
    m_all->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_0));
    m_warningAndAbove->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_8));
    owner->addActions({m_all, m_warningAndAbove});
    addSeparator();
    connect(m_all, &QAction::triggered, this, [this] { choose(Levels().set()); });
    connect(m_warningAndAbove, &QAction::triggered, this, [this] { choose(warningAndAbove()); });
    for (int i = 0; i < severityCount; ++i) {
        const auto name = severityName(static_cast<Severity>(i));
        QAction* const action = addAction(QString());
        action->setObjectName(u"actionLevel_"_s + QString::fromLatin1(name.data(), qsizetype(name.size())));
        action->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | static_cast<Qt::Key>(Qt::Key_1 + i)));
        action->setCheckable(true);
        action->setChecked(true);
        connect(action, &QAction::triggered, this, [this, i] { toggle(i); });
        owner->addAction(action);
        m_levels[static_cast<std::size_t>(i)] = action;
    }
    retranslate();
}

void LevelsMenu::choose(Levels levels)
{
    if (levels.none())
        levels.set();
    const bool isNew = levels != m_chosen;
    m_chosen = levels;
    for (std::size_t i = 0; i < m_levels.size(); ++i)
        m_levels[i]->setChecked(levels.test(i));
    if (isNew)
        Q_EMIT chosenChanged();
}

void LevelsMenu::toggle(int level)
{
    choose(Levels(m_chosen).flip(static_cast<std::size_t>(level)));
}

void LevelsMenu::setCounts(const std::optional<LevelCounts>& counts)
{
    if (counts == m_counts)
        return;
    m_counts = counts;
    showTexts();
}

QString LevelsMenu::summary() const
{
    if (m_chosen.all())
        return tr("All levels");
    if (m_chosen == warningAndAbove())
        return tr("Warning and above");
    if (m_chosen.count() == 1) {
        const QString texts[severityCount] = {tr("Trace only"),  tr("Debug only"), tr("Info only"), tr("Warnings only"),
                                              tr("Errors only"), tr("Fatal only"), tr("Other levels only")};
        std::size_t only = 0;
        while (!m_chosen.test(only))
            ++only;
        return texts[only];
    }
    return tr("%Ln level(s)", nullptr, static_cast<int>(m_chosen.count()));
}

void LevelsMenu::retranslate()
{
    setTitle(tr("&Levels"));
    m_all->setText(tr("&All"));
    m_warningAndAbove->setText(tr("Warning and A&bove"));
    setToolTip(tr("A click shows only that level; a click on its box adds it or takes it away"));
    showTexts();
}

void LevelsMenu::showTexts()
{
    const QString texts[severityCount] = {tr("&Trace"), tr("&Debug"), tr("&Info"), tr("&Warning"),
                                          tr("&Error"), tr("&Fatal"), tr("&Other")};
    for (std::size_t i = 0; i < m_levels.size(); ++i) {
        // What follows the tab stands in a column of its own.
        const QString count = m_counts ? u'\t' + QLocale().toString(qulonglong((*m_counts)[i])) : QString();
        m_levels[i]->setText(texts[i] + count);
    }
}

int LevelsMenu::levelOf(const QAction* action) const
{
    const auto found = std::ranges::find(m_levels, action);
    return found == m_levels.end() ? -1 : static_cast<int>(found - m_levels.begin());
}

bool LevelsMenu::act(QAction* action, Way way)
{
    if (!action || action->isSeparator())
        return false;
    const int level = levelOf(action);
    if (level < 0)
        action->trigger();
    else if (way == Way::Toggle)
        toggle(level);
    else
        choose(Levels().set(static_cast<std::size_t>(level)));
    return true;
}

void LevelsMenu::mouseReleaseEvent(QMouseEvent* event)
{
    QAction* const action = actionAt(event->position().toPoint());
    const bool isBox = action && event->position().x() < actionGeometry(action).left() + boxWidth;
    const Way way = isBox || event->modifiers().testFlag(Qt::ControlModifier) ? Way::Toggle : Way::Only;
    // The menu stays open: to choose several levels is one visit.
    if (!act(action, way))
        QMenu::mouseReleaseEvent(event);
}

void LevelsMenu::keyPressEvent(QKeyEvent* event)
{
    const bool isSpace = event->key() == Qt::Key_Space;
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    const bool toggles = isSpace || event->modifiers().testFlag(Qt::ControlModifier);
    if ((isSpace || isEnter) && act(activeAction(), toggles ? Way::Toggle : Way::Only))
        return;
    QMenu::keyPressEvent(event);
}

void LevelsMenu::paintEvent(QPaintEvent* event)
{
    QMenu::paintEvent(event);
    QPainter painter(this);
    const Theme& theme = Theme::of(palette());
    for (std::size_t i = 0; i < m_levels.size(); ++i) {
        const QRect row = actionGeometry(m_levels[i]);
        painter.fillRect(QRect(row.left(), row.top() + 3, 3, row.height() - 6), theme.severity(static_cast<Severity>(i)));
    }
}

} // namespace vigie
