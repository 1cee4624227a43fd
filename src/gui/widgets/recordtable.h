// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTreeWidget>
#include <QVariant>

class QPushButton;

namespace vigie {

/// A table of records, one in each row. Updates keep the selection and the scroll position. Sorts by value, not by text.
class RecordTable : public QTreeWidget
{
    Q_OBJECT

public:
    struct Cell
    {
        QString text;  ///< drawn by visibleText(), as it may be untrusted
        QVariant order = {}; ///< the sort key, a number; invalid: sort by text
    };

    struct Record
    {
        QVariant key; ///< identifies the record
        QList<Cell> cells;
        bool isMuted = false;
        QString button = {}; ///< accessible name of the record's button; empty: no button
    };

    explicit RecordTable(QWidget* parent = nullptr);

    /// Sets the column names. `figures`: the columns with numbers, which are right-aligned.
    void setColumns(const QStringList& names, const QList<int>& figures = {});
    /// The text and tool tip of the records' buttons. These are in the last column, and Tab reaches them in row order. Call
    /// before setRecords().
    void setButtons(const QString& text, const QString& toolTip);
    void setRecords(const QList<Record>& records);
    /// The key of the selected record; invalid: none.
    QVariant chosenKey() const;

Q_SIGNALS:
    void chosenChanged();
    /// The button of the record with this key.
    void buttonClicked(const QVariant& key);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QPushButton* buttonOf(QTreeWidgetItem* line) const;
    void updateButton(QTreeWidgetItem* line, const QString& name);
    void orderButtons();

    QList<int> m_figures;
    QString m_buttonText;
    QString m_buttonToolTip;
};

} // namespace vigie
