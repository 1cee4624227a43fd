// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTreeWidget>
#include <QVariant>

class QPushButton;

namespace vigie {

/// A table of records, a line each, that can be told again and again what they are: the line that is chosen and the place
/// that is looked at stay. Sorted by what its figures are, not by how they are written.
class RecordTable : public QTreeWidget
{
    Q_OBJECT

public:
    struct Cell
    {
        QString text;        ///< shown by visibleText(): others may have written it
        QVariant order = {}; ///< what it is sorted by, a number; invalid: its text
    };

    struct Record
    {
        QVariant key; ///< tells it from the others
        QList<Cell> cells;
        bool isMuted = false;
        QString button = {}; ///< what its own button is called for those who do not see its row; empty: it has none
    };

    explicit RecordTable(QWidget* parent = nullptr);

    /// Their names; `figures`: which of them hold figures, and stand to the right.
    void setColumns(const QStringList& names, const QList<int>& figures = {});
    /// What the records' own buttons say, and more of it in their tool tip. They stand in the last column, and are reached by
    /// the Tab key in the order of the lines. Before setRecords().
    void setButtons(const QString& text, const QString& toolTip);
    void setRecords(const QList<Record>& records);
    /// Of the chosen record; invalid: none is chosen.
    QVariant chosenKey() const;

Q_SIGNALS:
    void chosenChanged();
    /// The button of the record with that key.
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
