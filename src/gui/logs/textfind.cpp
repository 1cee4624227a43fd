// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/logs/textfind.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QToolButton>
#include <algorithm>

namespace vigie {

using namespace Qt::StringLiterals;

TextFind::TextFind(QPlainTextEdit& view, QWidget* parent)
    : QWidget(parent), m_view(view), m_edit(new QLineEdit), m_count(new QLabel), m_previous(new QToolButton),
      m_next(new QToolButton)
{
    m_edit->setObjectName(u"detailsFindEdit"_s);
    m_edit->setClearButtonEnabled(true);
    m_count->setObjectName(u"detailsFindCount"_s);
    m_count->setProperty("muted", true);
    m_previous->setArrowType(Qt::UpArrow);
    m_next->setArrowType(Qt::DownArrow);
    for (QToolButton* const button : {m_previous, m_next})
        button->setFocusPolicy(Qt::StrongFocus);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_edit, 1);
    row->addWidget(m_count);
    row->addWidget(m_previous);
    row->addWidget(m_next);
    connect(m_edit, &QLineEdit::textChanged, this, [this] {
        refresh();
        if (!m_matches.isEmpty()) {
            m_view.moveCursor(QTextCursor::Start);
            go(true);
        }
    });
    connect(m_previous, &QToolButton::clicked, this, [this] { go(false); });
    connect(m_next, &QToolButton::clicked, this, [this] { go(true); });
    hide();
    retranslate();
}

void TextFind::open()
{
    show();
    refresh();
    m_edit->setFocus(Qt::ShortcutFocusReason);
    m_edit->selectAll();
}

void TextFind::close()
{
    hide();
    refresh();
    m_view.setFocus(Qt::OtherFocusReason);
}

void TextFind::refresh()
{
    m_matches.clear();
    const QString sought = isHidden() ? QString() : m_edit->text();
    if (!sought.isEmpty()) {
        const QString text = m_view.toPlainText();
        for (qsizetype at = text.indexOf(sought, 0, Qt::CaseInsensitive); at >= 0;
             at = text.indexOf(sought, at + sought.size(), Qt::CaseInsensitive))
            m_matches.append({int(at), int(sought.size())});
    }
    showCount();
    Q_EMIT matchesChanged();
}

void TextFind::go(bool forward)
{
    if (m_matches.isEmpty())
        return;
    const QTextCursor before = m_view.textCursor();
    const int from = before.hasSelection() || !forward ? before.selectionStart() : before.position() - 1;
    auto found = std::ranges::find_if(m_matches, [from](const auto& match) { return match.first > from; });
    if (!forward) {
        found = std::ranges::lower_bound(m_matches, from, {}, &std::pair<int, int>::first);
        found = found == m_matches.begin() ? m_matches.end() - 1 : found - 1;
    } else if (found == m_matches.end()) {
        found = m_matches.begin();
    }
    QTextCursor cursor = before;
    cursor.setPosition(found->first);
    cursor.setPosition(found->first + found->second, QTextCursor::KeepAnchor);
    m_view.setTextCursor(cursor);
    m_view.ensureCursorVisible();
    showCount();
}

void TextFind::showCount()
{
    const int at = m_view.textCursor().selectionStart();
    const auto current = std::ranges::find(m_matches, at, &std::pair<int, int>::first);
    if (m_edit->text().isEmpty())
        m_count->clear();
    else if (m_matches.isEmpty())
        m_count->setText(tr("Not found"));
    else if (current != m_matches.end() && m_view.textCursor().hasSelection())
        m_count->setText(tr("%1 of %2", "the first of three matches").arg(current - m_matches.begin() + 1).arg(m_matches.size()));
    else
        m_count->setText(tr("%Ln match(es)", nullptr, int(m_matches.size())));
}

bool TextFind::event(QEvent* event)
{
    // Esc closes this before anything that the window closes by it.
    if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

void TextFind::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        go(!event->modifiers().testFlag(Qt::ShiftModifier));
    else if (event->key() == Qt::Key_Escape)
        close();
    else
        QWidget::keyPressEvent(event);
}

void TextFind::retranslate()
{
    m_edit->setPlaceholderText(tr("Search this entry"));
    m_edit->setAccessibleName(m_edit->placeholderText());
    m_previous->setToolTip(tr("Previous match (Shift+Enter)"));
    m_previous->setAccessibleName(tr("Previous match"));
    m_next->setToolTip(tr("Next match (Enter)"));
    m_next->setAccessibleName(tr("Next match"));
    showCount();
}

void TextFind::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace vigie
