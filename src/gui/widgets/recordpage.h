// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/widgets/recordtable.h"

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace vigie {

/// A dialog page with a table of records and buttons for the selected one, or a text if there are none.
class RecordPage : public QWidget
{
    Q_OBJECT

public:
    explicit RecordPage(const QString& name, QWidget* parent = nullptr);

protected:
    RecordTable& table() { return *m_table; }
    void setRecords(const QList<RecordTable::Record>& records);
    /// Adds a button below the table. If `isAboutChosen`, it is enabled only while a record is selected.
    QPushButton* addButton(const QString& name, bool isAboutChosen);
    /// Adds a widget at the end of the button row.
    void addAtEnd(QWidget* widget);
    void setNothingText(const QString& text);
    /// A note below the records; empty: none.
    void setNoteText(const QString& text);
    /// Sets all texts in the current language.
    virtual void retranslate() = 0;
    /// The selection changed, or the selected record did.
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
