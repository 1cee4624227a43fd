// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/logs/connecthint.h"

#include "gui/widgets/theme.h"

#include <QButtonGroup>
#include <QClipboard>
#include <QDesktopServices>
#include <QEvent>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QToolButton>
#include <QUrl>
#include <algorithm>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

constexpr int maxCodeLines = 8;

} // namespace

ConnectHint::ConnectHint(QWidget* parent)
    : QWidget(parent), m_title(new QLabel), m_text(new QLabel), m_kept(new QLabel), m_code(new QPlainTextEdit),
      m_copy(new QPushButton), m_open(new QPushButton), m_add(new QPushButton)
{
    m_title->setProperty("strong", true);
    m_title->setAlignment(Qt::AlignCenter);
    for (QLabel* const text : {m_text, m_kept}) {
        text->setAlignment(Qt::AlignCenter);
        text->setWordWrap(true);
        text->setProperty("muted", true);
    }
    m_code->setObjectName(u"codeText"_s);
    m_code->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_code->setReadOnly(true);
    m_code->setTabChangesFocus(true);
    m_code->setWordWrapMode(QTextOption::WrapAnywhere); // it has few blanks
    m_code->setMaximumWidth(760);
    m_copy->setObjectName(u"copyCodeButton"_s);
    m_open->setObjectName(u"openBrowserButton"_s);
    m_add->setObjectName(u"hintAddSourceButton"_s);

    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(0);
    buttons->addStretch(1);
    auto* group = new QButtonGroup(this);
    const std::pair<QString, QString> names[] = {{u"shellCodeButton"_s, u"first"_s}, {u"pythonCodeButton"_s, u"middle"_s},
                                                 {u"javascriptCodeButton"_s, u"last"_s}};
    for (std::size_t i = 0; i < m_languages.size(); ++i) {
        auto* button = new QToolButton;
        button->setObjectName(names[i].first);
        button->setProperty("segment", names[i].second);
        button->setCheckable(true);
        button->setFocusPolicy(Qt::StrongFocus);
        group->addButton(button, int(i));
        buttons->addWidget(button);
        m_languages[i] = button;
    }
    m_languages.front()->setChecked(true);
    buttons->addStretch(1);
    auto* deeds = new QHBoxLayout;
    deeds->setSpacing(8);
    deeds->addStretch(1);
    for (QPushButton* const deed : {m_copy, m_open, m_add}) {
        deed->setAutoDefault(false);
        deeds->addWidget(deed);
    }
    deeds->addStretch(1);
    auto* codeRow = new QHBoxLayout;
    codeRow->addStretch(1);
    codeRow->addWidget(m_code, 100);
    codeRow->addStretch(1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(24, 4, 24, 4);
    column->setSpacing(6);
    column->addStretch(1);
    column->addWidget(m_title);
    column->addWidget(m_text);
    column->addLayout(buttons);
    column->addLayout(deeds); // above the code: seen however low the panel is
    column->addLayout(codeRow);
    column->addWidget(m_kept);
    column->addStretch(1);

    connect(group, &QButtonGroup::idClicked, this, [this](int id) {
        m_language = CodeLanguage(id);
        showCode();
    });
    connect(m_copy, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(m_code->toPlainText());
        m_copy->setText(tr("Copied"));
    });
    connect(m_open, &QPushButton::clicked, this, [this] { QDesktopServices::openUrl(QUrl(m_url)); });
    connect(m_add, &QPushButton::clicked, this, &ConnectHint::addSourceWanted);
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

void ConnectHint::setKeepsCharts(bool keeps)
{
    m_keepsCharts = keeps;
    retranslate();
}

void ConnectHint::retranslate()
{
    m_title->setText(m_ownTitle.isEmpty() ? tr("No logs yet") : m_ownTitle);
    m_kept->setText(tr("The charts of this machine are recorded already; nothing has to be sent for them."));
    m_kept->setVisible(m_keepsCharts);
    const QString names[] = {tr("Shell"), u"Python"_s, u"JavaScript"_s};
    for (std::size_t i = 0; i < m_languages.size(); ++i)
        m_languages[i]->setText(names[i]);
    m_open->setText(tr("Open in Browser"));
    m_open->setToolTip(m_url);
    m_add->setText(tr("Add a Source…"));
    m_code->setAccessibleName(tr("Code that sends a first entry"));
    showCode();
}

void ConnectHint::showText(const QString& where)
{
    if (m_url.isEmpty()) {
        m_text->setText(tr("Applications can send their logs as soon as the server listens."));
        return;
    }
    QString text = tr("Applications send their logs to %1. Copy this, run it, and the first entry appears here.").arg(m_url);
    if (m_othersNeedToken)
        text += u' ' + tr("Programs of other users of this machine need a token as well.");
    m_text->setText(text + u'\n' + where + u'.');
}

void ConnectHint::showCode()
{
    for (std::size_t i = 0; i < m_languages.size(); ++i)
        m_languages[i]->setVisible(!firstEntryCode(CodeLanguage(i), m_url).isEmpty() && !m_url.isEmpty());
    QString code = m_url.isEmpty() ? QString() : firstEntryCode(m_language, m_url);
    if (code.isEmpty() && !m_url.isEmpty()) {
        m_language = CodeLanguage::JavaScript;
        m_languages.back()->setChecked(true);
        code = firstEntryCode(m_language, m_url);
    }
    m_code->setPlainText(code.trimmed());
    // Just as high as it needs: the panel is low.
    const int lines = std::clamp(int(code.trimmed().count(u'\n')) + 2, 2, maxCodeLines); // one may be wrapped
    m_code->setFixedHeight(lines * m_code->fontMetrics().lineSpacing() + 20);
    m_code->setVisible(!code.isEmpty());
    m_copy->setVisible(!code.isEmpty());
    m_open->setVisible(!m_url.isEmpty());
    m_copy->setText(tr("Copy"));
    const QString hints[] = {tr("Paste it into a terminal; it needs curl"), tr("Paste it into a terminal; it needs Python 3"),
                             tr("Paste it into the browser's console (F12) or Node.js 22")};
    showText(hints[std::size_t(m_language)]);
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
