// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/window/filebar.h"

#include "core/visibletext.h"
#include "gui/widgets/theme.h"

#include <QEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QStyle>
#include <QToolButton>

namespace vigie {

using namespace Qt::StringLiterals;

FileBar::FileBar(QWidget* parent) : QWidget(parent), m_text(new QLabel), m_close(new QToolButton), m_hide(new QToolButton)
{
    m_text->setObjectName(u"fileBarText"_s);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_hide->setObjectName(u"fileBarHide"_s);
    m_close->setObjectName(u"fileBarClose"_s);
    connect(m_hide, &QToolButton::clicked, this, &FileBar::hideNote);
    connect(m_close, &QToolButton::clicked, this, [this] { Q_EMIT closeWanted(m_subject); });
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(8, 0, 8, 0);
    row->addWidget(m_text, 1);
    row->addWidget(m_close);
    row->addWidget(m_hide);
    retranslate();
    hide();
}

void FileBar::showState(const LogFileState& state)
{
    if (!state.appId.isEmpty()) {
        if (!m_states.contains(state.appId))
            m_subject = state.appId;
        m_states.insert(state.appId, state);
    }
    if (!state.problem.isEmpty())
        m_problem = visibleText(state.problem);
    refresh();
}

void FileBar::choose(const QString& appId)
{
    m_subject = appId;
    refresh();
}

void FileBar::reveal(const QString& appId)
{
    m_hidden.remove(appId);
    choose(appId);
}

void FileBar::remove(const QString& appId)
{
    m_states.remove(appId);
    m_hidden.remove(appId);
    refresh();
}

void FileBar::hideNote()
{
    m_problem.clear();
    m_hidden.insert(m_subject);
    refresh();
}

void FileBar::refresh()
{
    const auto state = m_states.constFind(m_subject);
    const bool isSilent = state == m_states.constEnd() || m_hidden.contains(m_subject);
    m_close->setVisible(m_problem.isEmpty());
    if (!m_problem.isEmpty())
        return setText(m_problem, true);
    if (isSilent)
        return hide();
    const QLocale locale;
    const QString file = visibleText(QFileInfo(state->path).fileName());
    const QString lines = locale.toString(quint64(state->lines));
    if (!state->isRead)
        return setText(tr("Reading %1: %2 lines so far…").arg(file, lines), false);
    const QString held = locale.toString(quint64(state->heldEntries));
    const QString shown = state->isWhole ? tr("%1: all %2 lines.").arg(file, lines)
                                         : tr("%1: the newest %2 entries of %3 lines.").arg(file, held, lines);
    const QString ends = state->isFollowed ? tr("Followed as it grows.") : tr("Compressed, so not followed.");
    setText(shown + u' ' + ends, false);
}

void FileBar::setText(const QString& text, bool isProblem)
{
    m_text->setText(text);
    m_text->setProperty("problem", isProblem);
    m_text->setProperty("muted", !isProblem);
    m_text->style()->unpolish(m_text);
    m_text->style()->polish(m_text);
    show();
}

void FileBar::retranslate()
{
    m_close->setText(tr("Close File"));
    m_hide->setIcon(themedIcon(u"close"_s, palette()));
    m_hide->setToolTip(tr("Hide"));
    m_hide->setAccessibleName(tr("Hide this note"));
}

void FileBar::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange)
        retranslate();
    if (event->type() == QEvent::LanguageChange)
        refresh();
    QWidget::changeEvent(event);
}

} // namespace vigie
