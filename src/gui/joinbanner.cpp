// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/joinbanner.h"

#include "gui/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>
#include <algorithm>

namespace vigie {

using namespace Qt::StringLiterals;

JoinBanner::JoinBanner(QWidget* parent)
    : QFrame(parent), m_icon(new QLabel), m_text(new QLabel), m_allow(new QToolButton), m_once(new QAction(this)),
      m_day(new QAction(this)), m_always(new QAction(this)), m_no(new QPushButton), m_block(new QPushButton)
{
    setObjectName(u"joinBanner"_s);
    m_text->setObjectName(u"joinText"_s);
    m_text->setTextFormat(Qt::PlainText); // a stranger wrote parts of it
    m_text->setWordWrap(true);
    m_allow->setObjectName(u"joinAllowButton"_s);
    m_allow->setPopupMode(QToolButton::InstantPopup);
    m_allow->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_allow->setFocusPolicy(Qt::StrongFocus);
    auto* menu = new QMenu(m_allow);
    menu->addActions({m_once, m_day, m_always});
    m_allow->setMenu(menu);
    m_once->setObjectName(u"actionJoinOnce"_s);
    m_day->setObjectName(u"actionJoinDay"_s);
    m_always->setObjectName(u"actionJoinAlways"_s);
    m_once->setShortcut(Qt::CTRL | Qt::ALT | Qt::Key_1);
    m_day->setShortcut(Qt::CTRL | Qt::ALT | Qt::Key_2);
    m_always->setShortcut(Qt::CTRL | Qt::ALT | Qt::Key_3);
    m_no->setObjectName(u"joinNoButton"_s);
    m_block->setObjectName(u"joinBlockButton"_s);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(16, 8, 12, 8);
    row->setSpacing(8);
    row->addWidget(m_icon);
    row->addWidget(m_text, 1);
    row->addWidget(m_allow);
    row->addWidget(m_no);
    row->addWidget(m_block);
    connect(m_once, &QAction::triggered, this, [this] { answer(JoinAnswer::Once); });
    connect(m_day, &QAction::triggered, this, [this] { answer(JoinAnswer::Day); });
    connect(m_always, &QAction::triggered, this, [this] { answer(JoinAnswer::Always); });
    connect(m_no, &QPushButton::clicked, this, [this] { answer(JoinAnswer::No); });
    connect(m_block, &QPushButton::clicked, this, [this] { answer(JoinAnswer::Block); });
    setIcon();
    retranslate();
}

void JoinBanner::add(const JoinRequest& request)
{
    m_requests.append(request);
    retranslate();
}

void JoinBanner::remove(quint64 id)
{
    const auto isIt = [id](const JoinRequest& request) { return request.id == id; };
    m_requests.removeIf(isIt);
    retranslate();
}

void JoinBanner::answer(JoinAnswer answer)
{
    if (m_requests.isEmpty())
        return;
    const JoinRequest request = m_requests.takeFirst();
    retranslate();
    Q_EMIT answered(request, answer);
}

void JoinBanner::retranslate()
{
    setVisible(!m_requests.isEmpty());
    m_allow->setText(tr("Let in…"));
    m_once->setText(tr("This &Once"));
    m_day->setText(tr("For a &Day"));
    m_always->setText(tr("&Always"));
    m_no->setText(tr("No"));
    m_block->setText(tr("Block"));
    m_block->setToolTip(tr("No, and nobody at this address may connect again"));
    if (m_requests.isEmpty())
        return;
    const JoinRequest& request = m_requests.first();
    QString text = tr("“%1” at %2 asks to read the logs of %3.")
                       .arg(QString::fromStdString(request.userId), QString::fromStdString(request.address),
                            QString::fromStdString(request.appId));
    if (m_requests.size() > 1)
        text += u' ' + tr("%Ln more wait(s).", nullptr, int(m_requests.size()) - 1);
    m_text->setText(text);
    m_block->setVisible(!request.network.empty()); // not this machine
}

void JoinBanner::setIcon()
{
    m_icon->setPixmap(themedIcon(u"person"_s, palette()).pixmap(16, 16));
}

void JoinBanner::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    else if (event->type() == QEvent::PaletteChange)
        setIcon();
    QFrame::changeEvent(event);
}

} // namespace vigie
