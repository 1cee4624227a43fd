// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/cornerbar.h"

#include "gui/widgets/theme.h"

#include <QActionGroup>
#include <QHBoxLayout>
#include <QMenu>
#include <QToolButton>
#include <algorithm>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

QToolButton* buttonOf(QAction* action, const QString& name)
{
    auto* button = new QToolButton;
    button->setObjectName(name);
    button->setDefaultAction(action);
    button->setFocusPolicy(Qt::StrongFocus);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    return button;
}

} // namespace

CornerBar::CornerBar(const QActionGroup* ranges, QAction* pause, QAction* backToNow, QAction* share, QWidget* parent)
    : QWidget(parent), m_ranges(ranges), m_pause(pause), m_segments(new QWidget), m_rangeButton(new QToolButton),
      m_pauseButton(buttonOf(pause, u"pauseButton"_s)), m_backButton(buttonOf(backToNow, u"backToNowButton"_s)),
      m_shareButton(buttonOf(share, u"shareButton"_s))
{
    auto* segments = new QHBoxLayout(m_segments);
    segments->setContentsMargins(0, 0, 0, 0);
    segments->setSpacing(0);
    const QList<QAction*> actions = ranges->actions();
    for (QAction* action : actions) {
        QToolButton* const button = buttonOf(action, {});
        button->setToolButtonStyle(Qt::ToolButtonTextOnly);
        button->setProperty("segment", action == actions.first()  ? u"first"_s
                                       : action == actions.last() ? u"last"_s
                                                                  : u"middle"_s);
        segments->addWidget(button);
    }
    m_rangeButton->setObjectName(u"rangeButton"_s);
    m_rangeButton->hide();
    m_rangeButton->setPopupMode(QToolButton::InstantPopup);
    m_rangeButton->setFocusPolicy(Qt::StrongFocus);
    auto* menu = new QMenu(m_rangeButton);
    menu->addActions(actions);
    m_rangeButton->setMenu(menu);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 8, 0);
    row->setSpacing(0);
    row->addWidget(m_segments);
    row->addWidget(m_rangeButton);
    row->addSpacing(8);
    row->addWidget(m_pauseButton);
    row->addWidget(m_backButton);
    row->addSpacing(8);
    row->addWidget(m_shareButton);
}

bool CornerBar::arrange(bool isNarrow)
{
    const bool changes = m_isNarrow != isNarrow;
    m_isNarrow = isNarrow;
    if (changes) {
        m_segments->setVisible(!isNarrow);
        m_shareButton->setVisible(!isNarrow); // the menu has it, too
        m_rangeButton->setVisible(isNarrow);
    }
    refresh();
    return changes;
}

void CornerBar::setRangeText(const QString& text)
{
    m_rangeText = text;
    refresh();
}

void CornerBar::refresh()
{
    const bool isPaused = m_pause->isChecked();
    m_pause->setIcon(themedIcon(u"pause"_s, palette()));
    m_backButton->defaultAction()->setIcon(themedIcon(u"play"_s, palette()));
    m_pauseButton->setVisible(!isPaused);
    m_backButton->setVisible(isPaused);
    // The width of the longer one, so that the row does not move when one replaces the other.
    int word = 0;
    for (QToolButton* button : {m_pauseButton, m_backButton}) {
        button->setToolButtonStyle(m_isNarrow ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextBesideIcon);
        word = std::max(word, button->fontMetrics().horizontalAdvance(button->defaultAction()->iconText()));
    }
    for (QToolButton* button : {m_pauseButton, m_backButton}) {
        button->setMinimumWidth(m_isNarrow ? 0 : word + 38);
        button->setAccessibleName(button->defaultAction()->iconText());
    }
    const QAction* range = m_ranges->checkedAction();
    m_rangeButton->setText(range ? range->iconText() : m_rangeText);
    m_rangeButton->setAccessibleName(tr("Range of the charts"));
    for (auto* button : m_segments->findChildren<QToolButton*>())
        button->setAccessibleName(QString(button->defaultAction()->text()).remove(u'&'));
}

} // namespace vigie
