// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/logs/connecthint.h"

#include "gui/widgets/theme.h"

#include <QClipboard>
#include <QEvent>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QUrl>

namespace vigie {

using namespace Qt::StringLiterals;

QString firstEntryCode(const QString& url)
{
    QUrl address(url);
    address.setScheme(address.scheme() == "https"_L1 ? u"wss"_s : u"ws"_s);
    return u"s = new WebSocket(\"%1\"); s.onopen = () => { "
           "s.send('{\"type\":\"auth\",\"data\":{\"appId\":\"demo\",\"userId\":\"me\"}}'); "
           "s.send('{\"type\":\"logs\",\"data\":{\"logs\":[{\"level\":\"info\",\"message\":\"Hello\"}]}}') }"_s
               .arg(address.toString());
}

ConnectHint::ConnectHint(QWidget* parent)
    : QWidget(parent), m_title(new QLabel), m_text(new QLabel), m_code(new QLabel), m_copy(new QToolButton)
{
    m_title->setProperty("strong", true);
    m_title->setAlignment(Qt::AlignCenter);
    m_text->setAlignment(Qt::AlignCenter);
    m_text->setWordWrap(true);
    m_text->setProperty("muted", true);
    m_code->setObjectName(u"codeLabel"_s);
    m_code->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_code->setTextFormat(Qt::PlainText);
    m_code->setWordWrap(true);
    m_code->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_code->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    m_code->setMaximumWidth(760);
    m_copy->setObjectName(u"copyCodeButton"_s);

    auto* codeRow = new QHBoxLayout;
    codeRow->setSpacing(8);
    codeRow->addStretch(1);
    codeRow->addWidget(m_code, 100);
    codeRow->addWidget(m_copy, 0, Qt::AlignTop);
    codeRow->addStretch(1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(24, 8, 24, 12);
    column->setSpacing(8);
    column->addStretch(1);
    column->addWidget(m_title);
    column->addWidget(m_text);
    column->addLayout(codeRow);
    column->addStretch(1);

    connect(m_copy, &QToolButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_code->text()); });
    setIcons();
    retranslate();
}

void ConnectHint::setUrl(const QString& url, bool othersNeedToken)
{
    m_url = url;
    m_othersNeedToken = othersNeedToken;
    retranslate();
}

void ConnectHint::setTitle(const QString& title)
{
    m_ownTitle = title;
    retranslate();
}

void ConnectHint::retranslate()
{
    m_title->setText(m_ownTitle.isEmpty() ? tr("No logs yet") : m_ownTitle);
    m_code->setVisible(!m_url.isEmpty());
    m_copy->setVisible(!m_url.isEmpty());
    if (m_url.isEmpty()) {
        m_text->setText(tr("Applications can send their logs as soon as the server listens."));
        return;
    }
    QString text = tr("Applications send theirs to %1 over a WebSocket. This line of JavaScript sends a "
                       "first entry; paste it into Node.js 22 or later, or into the console of the page at that address.")
                       .arg(m_url);
    if (m_othersNeedToken)
        text += u' ' + tr("Programs of other users of this machine need a token as well.");
    m_text->setText(text);
    m_code->setText(firstEntryCode(m_url));
    m_code->setAccessibleName(tr("Code that sends a first entry"));
    m_copy->setToolTip(tr("Copy the code"));
    m_copy->setAccessibleName(m_copy->toolTip());
}

void ConnectHint::setIcons()
{
    m_copy->setIcon(themedIcon(u"copy"_s, palette()));
}

void ConnectHint::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    else if (event->type() == QEvent::PaletteChange)
        setIcons();
    QWidget::changeEvent(event);
}

} // namespace vigie
