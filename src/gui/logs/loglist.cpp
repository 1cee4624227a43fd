// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/logs/loglist.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QScrollBar>

namespace vigie {

LogList::Anchor LogList::anchor() const
{
    const QModelIndex top = indexAt({1, 1});
    return {top, visualRect(top).top()};
}

void LogList::restore(const Anchor& anchor)
{
    doItemsLayout();
    QScrollBar* const bar = verticalScrollBar();
    bar->setValue(anchor.top.isValid() ? bar->value() + visualRect(anchor.top).top() - anchor.offset : bar->minimum());
}

bool LogList::isShort() const
{
    const int rows = model()->rowCount();
    const int room = viewport()->height();
    if (uniformItemSizes())
        return rows * sizeHintForRow(0) <= room;
    int height = 0;
    for (int row = 0; row < rows && height <= room; ++row)
        height += sizeHintForIndex(model()->index(row, 0)).height();
    return height <= room;
}

bool LogList::showsNewest()
{
    const int rows = model()->rowCount();
    if (rows == 0)
        return true;
    executeDelayedItemsLayout();
    return visualRect(model()->index(rows - 1, 0)).bottom() <= viewport()->height();
}

void LogList::setWrapped(bool isWrapped)
{
    setUniformItemSizes(!isWrapped);
    // With wrapped messages, heights depend on the width.
    setResizeMode(isWrapped ? Adjust : Fixed);
    restore(anchor());
}

void LogList::resizeEvent(QResizeEvent* event)
{
    QListView::resizeEvent(event);
    Q_EMIT resized();
}

/// A view makes its first entry the current one when it gets the focus; but only the user chooses an entry.
void LogList::focusInEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void LogList::contextMenuEvent(QContextMenuEvent* event)
{
    const bool isByKey = event->reason() == QContextMenuEvent::Keyboard;
    const QModelIndex index = isByKey ? currentIndex() : indexAt(event->pos());
    if (!index.isValid())
        return;
    if (isByKey)
        scrollTo(index);
    Q_EMIT menuWanted(index, isByKey ? viewport()->mapToGlobal(visualRect(index).bottomLeft()) : event->globalPos());
}

void LogList::keyPressEvent(QKeyEvent* event)
{
    // Letters would search the list and Esc with them: they are the window's.
    const bool isLetter = !event->text().isEmpty() && event->text().front().isPrint();
    if (isLetter || event->key() == Qt::Key_Escape)
        event->ignore();
    else
        QListView::keyPressEvent(event);
}

} // namespace vigie
