// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/sharing/joinbanner.h"

#include "core/visibletext.h"
#include "gui/widgets/elidedlabel.h"
#include "gui/widgets/theme.h"

#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>
#include <utility>

namespace vigie {

using namespace Qt::StringLiterals;

JoinBanner::JoinBanner(QWidget* parent)
    : QFrame(parent), m_icon(new QLabel), m_title(new QLabel), m_userName(new QLabel), m_appName(new QLabel),
      m_addressName(new QLabel), m_allow(new QToolButton), m_menu(new QMenu(m_allow)), m_once(new QAction(this)),
      m_day(new QAction(this)), m_always(new QAction(this)), m_no(new QPushButton), m_block(new QPushButton)
{
    setObjectName(u"joinBanner"_s);
    m_title->setObjectName(u"joinTitle"_s);
    m_title->setProperty("strong", true);
    auto* fields = new QGridLayout;
    fields->setHorizontalSpacing(12);
    fields->setVerticalSpacing(2);
    fields->setColumnStretch(1, 1);
    fields->addWidget(m_title, 0, 0, 1, 2);
    m_user = addField(fields, m_userName, u"joinUser"_s);
    m_app = addField(fields, m_appName, u"joinApplication"_s);
    m_address = addField(fields, m_addressName, u"joinAddress"_s);
    m_allow->setObjectName(u"joinAllowButton"_s);
    m_allow->setPopupMode(QToolButton::InstantPopup);
    m_allow->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_allow->setFocusPolicy(Qt::StrongFocus);
    m_menu->addActions({m_once, m_day, m_always});
    m_allow->setMenu(m_menu);
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
    row->addWidget(m_icon, 0, Qt::AlignTop);
    row->addLayout(fields, 1);
    row->addSpacing(8);
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

ElidedLabel* JoinBanner::addField(QGridLayout* fields, QLabel* name, const QString& objectName)
{
    const int row = fields->rowCount();
    auto* field = new ElidedLabel(ElidedLabel::Tone::Normal);
    field->setObjectName(objectName);
    name->setProperty("muted", true);
    fields->addWidget(name, row, 0);
    fields->addWidget(field, row, 1);
    return field;
}

void JoinBanner::add(const JoinRequest& request)
{
    m_requests.append(request);
    showFirst();
}

void JoinBanner::remove(quint64 id)
{
    m_requests.removeIf([id](const JoinRequest& request) { return request.id == id; });
    showFirst();
}

void JoinBanner::answer(JoinAnswer answer)
{
    if (m_requests.isEmpty())
        return;
    const JoinRequest request = m_requests.takeFirst();
    showFirst();
    Q_EMIT answered(request, answer);
}

void JoinBanner::retranslate()
{
    m_userName->setText(tr("Name"));
    m_appName->setText(tr("To read"));
    m_addressName->setText(tr("From"));
    m_userName->setToolTip(tr("As they say: not verified"));
    m_allow->setText(tr("Let in…"));
    m_once->setText(tr("This &Once"));
    m_day->setText(tr("For a &Day"));
    m_always->setText(tr("&Always"));
    m_no->setText(tr("No"));
    m_block->setText(tr("Block"));
    m_block->setToolTip(tr("Refuse, and block this address"));
    showFirst();
}

void JoinBanner::showFirst()
{
    setVisible(!m_requests.isEmpty());
    const quint64 id = m_requests.isEmpty() ? 0 : m_requests.first().id;
    if (std::exchange(m_shownId, id) != id) {
        // An answer in progress was meant for the previous request.
        m_menu->hide();
        for (QAbstractButton* button : std::initializer_list<QAbstractButton*>{m_no, m_block})
            button->setDown(false);
    }
    if (m_requests.isEmpty())
        return;
    const JoinRequest& request = m_requests.first();
    QString title = tr("Someone is asking for access");
    if (m_requests.size() > 1)
        title += u" – "_s + tr("%Ln more wait(s).", nullptr, int(m_requests.size()) - 1);
    m_title->setText(title);
    m_user->setText(visibleText(QString::fromStdString(request.userId)));
    m_app->setText(visibleText(QString::fromStdString(request.appId)));
    m_address->setText(visibleText(QString::fromStdString(request.address)));
    m_block->setVisible(!request.network.empty()); // empty: this machine
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
