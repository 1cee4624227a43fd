// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/recordpage.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace vigie {

RecordPage::RecordPage(const QString& name, QWidget* parent)
    : QWidget(parent), m_table(new RecordTable), m_nothing(new QLabel), m_note(new QLabel), m_row(new QHBoxLayout)
{
    setObjectName(name);
    m_table->setObjectName(name + QStringLiteral("Table"));
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->setWordWrap(true);
    m_nothing->setProperty("muted", true);
    m_note->setObjectName(name + QStringLiteral("Note"));
    m_note->setWordWrap(true);
    m_note->setProperty("muted", true);
    m_note->hide();
    m_table->hide();
    m_row->setSpacing(8);
    m_row->addStretch(1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 12, 12, 12);
    column->setSpacing(8);
    column->addWidget(m_table, 1);
    column->addWidget(m_nothing, 1);
    column->addWidget(m_note);
    column->addLayout(m_row);
    connect(m_table, &RecordTable::chosenChanged, this, [this] { updateButtons(); });
}

void RecordPage::setRecords(const QList<RecordTable::Record>& records)
{
    m_table->setRecords(records);
    m_table->setVisible(!records.isEmpty());
    m_nothing->setVisible(records.isEmpty());
    updateButtons();
}

QPushButton* RecordPage::addButton(const QString& name, bool isAboutChosen)
{
    auto* button = new QPushButton;
    button->setObjectName(name);
    button->setAutoDefault(false);
    m_row->insertWidget(m_row->count() - 1, button);
    if (isAboutChosen) {
        m_aboutChosen.append(button);
        button->setEnabled(false);
    }
    return button;
}

void RecordPage::addAtEnd(QWidget* widget)
{
    m_row->addWidget(widget);
}

void RecordPage::setNothingText(const QString& text)
{
    m_nothing->setText(text);
}

void RecordPage::setNoteText(const QString& text)
{
    m_note->setText(text);
    m_note->setVisible(!text.isEmpty());
}

void RecordPage::updateButtons()
{
    for (QPushButton* button : m_aboutChosen)
        button->setEnabled(m_table->chosenKey().isValid());
}

void RecordPage::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace vigie
