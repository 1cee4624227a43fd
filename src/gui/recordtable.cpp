// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/recordtable.h"

#include "core/visibletext.h"
#include "gui/elidedlabel.h"
#include "gui/theme.h"

#include <QHash>
#include <QHeaderView>

namespace vigie {

namespace {

constexpr int orderRole = Qt::UserRole;
constexpr int keyRole = Qt::UserRole + 1; // of the first column

class Line : public QTreeWidgetItem
{
public:
    bool operator<(const QTreeWidgetItem& other) const override
    {
        const int column = treeWidget()->sortColumn();
        const QVariant mine = data(column, orderRole);
        if (!mine.isValid())
            return text(column).localeAwareCompare(other.text(column)) < 0;
        return mine.toDouble() < other.data(column, orderRole).toDouble();
    }
};

} // namespace

RecordTable::RecordTable(QWidget* parent) : QTreeWidget(parent)
{
    setRootIsDecorated(false);
    setUniformRowHeights(true);
    setAllColumnsShowFocus(true);
    setFrameShape(QFrame::NoFrame);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setSortingEnabled(true);
    header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    header()->setResizeContentsPrecision(50);
    connect(this, &QTreeWidget::itemSelectionChanged, this, &RecordTable::chosenChanged);
}

void RecordTable::setColumns(const QStringList& names, const QList<int>& figures)
{
    m_figures = figures;
    setColumnCount(int(names.size()));
    setHeaderLabels(names);
    for (const int column : figures)
        headerItem()->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
}

void RecordTable::setRecords(const QList<Record>& records)
{
    QHash<QString, QTreeWidgetItem*> known;
    for (int i = 0; i < topLevelItemCount(); ++i)
        known.insert(topLevelItem(i)->data(0, keyRole).toString(), topLevelItem(i));
    setSortingEnabled(false); // once for all of them
    const QBrush muted(Theme::of(palette()).mutedText);
    QList<QTreeWidgetItem*> added;
    for (const Record& record : records) {
        QTreeWidgetItem* line = known.take(record.key.toString());
        if (!line)
            added.append(line = new Line);
        line->setData(0, keyRole, record.key);
        for (int column = 0; column < record.cells.size(); ++column) {
            const Cell& cell = record.cells[column];
            if (const QString text = visibleText(cell.text); line->text(column) != text) {
                line->setText(column, text);
                line->setToolTip(column, ElidedLabel::plainToolTip(text));
            }
            line->setData(column, orderRole, cell.order);
            line->setForeground(column, record.isMuted ? muted : QBrush());
            if (m_figures.contains(column))
                line->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
        }
    }
    qDeleteAll(known);
    addTopLevelItems(added);
    setSortingEnabled(true);
}

QVariant RecordTable::chosenKey() const
{
    const QList<QTreeWidgetItem*> chosen = selectedItems();
    return chosen.isEmpty() ? QVariant() : chosen.first()->data(0, keyRole);
}

} // namespace vigie
