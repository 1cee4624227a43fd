// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTreeWidget>
#include <QVariant>

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
    };

    explicit RecordTable(QWidget* parent = nullptr);

    /// Their names; `figures`: which of them hold figures, and stand to the right.
    void setColumns(const QStringList& names, const QList<int>& figures = {});
    void setRecords(const QList<Record>& records);
    /// Of the chosen record; invalid: none is chosen.
    QVariant chosenKey() const;

Q_SIGNALS:
    void chosenChanged();

private:
    QList<int> m_figures;
};

} // namespace vigie
