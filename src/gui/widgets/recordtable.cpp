// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/recordtable.h"

#include "core/visibletext.h"
#include "gui/widgets/elidedlabel.h"
#include "gui/widgets/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QHash>
#include <QHeaderView>
#include <QPushButton>
#include <utility>

namespace vigie {

namespace {

constexpr int orderRole = Qt::UserRole;
constexpr QSize buttonRoom(16, 10);  // padding around a button, as the theme pads cells
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
    header()->setTextElideMode(Qt::ElideRight);
    connect(this, &QTreeWidget::itemSelectionChanged, this, &RecordTable::chosenChanged);
    // Queued: by then, the rows are in their new order.
    connect(header(), &QHeaderView::sortIndicatorChanged, this, &RecordTable::orderButtons, Qt::QueuedConnection);
}

void RecordTable::setColumns(const QStringList& names, const QList<int>& figures)
{
    m_figures = figures;
    setColumnCount(int(names.size()));
    setHeaderLabels(names);
    for (const int column : figures)
        headerItem()->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
}

void RecordTable::setButtons(const QString& text, const QString& toolTip)
{
    m_buttonText = text;
    m_buttonToolTip = toolTip;
}

void RecordTable::setRecords(const QList<Record>& records)
{
    QMultiHash<QString, QTreeWidgetItem*> known; // simultaneous events may be entirely equal
    for (int i = 0; i < topLevelItemCount(); ++i)
        known.insert(topLevelItem(i)->data(0, keyRole).toString(), topLevelItem(i));
    setSortingEnabled(false); // sort once, after all changes
    const QBrush muted(Theme::of(palette()).mutedText);
    QList<QTreeWidgetItem*> added;
    QList<QTreeWidgetItem*> lines;
    for (const Record& record : records) {
        QTreeWidgetItem* line = known.take(record.key.toString());
        if (!line)
            added.append(line = new Line);
        lines.append(line);
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
    for (QTreeWidgetItem* line : std::as_const(known)) {
        if (const QPushButton* const button = buttonOf(line); button && button->hasFocus())
            setFocus(); // rather than the next widget
    }
    qDeleteAll(known);
    addTopLevelItems(added);
    setSortingEnabled(true);
    if (m_buttonText.isEmpty())
        return;
    for (qsizetype i = 0; i < records.size(); ++i)
        updateButton(lines[i], records[i].button);
    orderButtons();
}

QPushButton* RecordTable::buttonOf(QTreeWidgetItem* line) const
{
    const QWidget* const cell = itemWidget(line, columnCount() - 1);
    return cell ? cell->findChild<QPushButton*>() : nullptr;
}

void RecordTable::updateButton(QTreeWidgetItem* line, const QString& name)
{
    const int column = columnCount() - 1;
    QPushButton* button = buttonOf(line);
    if (name.isEmpty() && button)
        removeItemWidget(line, column);
    if (!name.isEmpty() && !button) {
        button = new QPushButton;
        button->setAutoDefault(false);
        button->setProperty("inRow", true);
        button->installEventFilter(this);
        connect(button, &QPushButton::clicked, this, [this, key = line->data(0, keyRole)] { Q_EMIT buttonClicked(key); });
        // The last column may be wider than its button.
        auto* cell = new QWidget;
        auto* row = new QHBoxLayout(cell);
        row->setContentsMargins({});
        row->addWidget(button);
        row->addStretch(1);
        setItemWidget(line, column, cell);
    }
    if (!name.isEmpty()) {
        button->setText(m_buttonText);
        button->setToolTip(m_buttonToolTip);
        button->setAccessibleName(visibleText(name));
        line->setSizeHint(column, button->sizeHint() + buttonRoom);
    }
}

void RecordTable::orderButtons()
{
    QWidget* before = this;
    for (int i = 0; i < topLevelItemCount(); ++i) {
        if (QPushButton* const button = buttonOf(topLevelItem(i))) {
            setTabOrder(before, button);
            before = button;
        }
    }
}

bool RecordTable::eventFilter(QObject* watched, QEvent* event)
{
    const auto* const button = qobject_cast<QPushButton*>(watched);
    if (button && event->type() == QEvent::FocusIn)
        setCurrentItem(itemAt(button->parentWidget()->geometry().center()), columnCount() - 1); // also scrolls it into view
    return QTreeWidget::eventFilter(watched, event);
}

QVariant RecordTable::chosenKey() const
{
    const QList<QTreeWidgetItem*> chosen = selectedItems();
    return chosen.isEmpty() ? QVariant() : chosen.first()->data(0, keyRole);
}

} // namespace vigie
