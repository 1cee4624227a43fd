// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/widgets/recordtable.h"

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace vigie {

/// A page of a dialog that shows records, what may be done about the chosen one below them, or that there are none.
class RecordPage : public QWidget
{
    Q_OBJECT

public:
    explicit RecordPage(const QString& name, QWidget* parent = nullptr);

protected:
    RecordTable& table() { return *m_table; }
    void setRecords(const QList<RecordTable::Record>& records);
    /// A button below the table. It is enabled while a record is chosen, if it is about one.
    QPushButton* addButton(const QString& name, bool isAboutChosen);
    /// Something else in the same row, at its end.
    void addAtEnd(QWidget* widget);
    void setNothingText(const QString& text);
    /// What is to be known of the records, below them; empty: nothing.
    void setNoteText(const QString& text);
    /// Puts all texts into the language of the moment.
    virtual void retranslate() = 0;
    /// Another record is chosen, or what is known of it is other.
    virtual void updateButtons();

    void changeEvent(QEvent* event) override;

private:
    RecordTable* m_table;
    QLabel* m_nothing;
    QLabel* m_note;
    QHBoxLayout* m_row;
    QList<QPushButton*> m_aboutChosen;
};

} // namespace vigie
