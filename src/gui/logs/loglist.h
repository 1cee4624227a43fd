// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListView>
#include <QPersistentModelIndex>

namespace vigie {

/// The list of entries. Says when the part in view has another size, and where a menu is wanted. Keeps what is read in place
/// while entries come and go around it.
class LogList : public QListView
{
    Q_OBJECT

public:
    using QListView::QListView;

    /// The first entry in view, and how far it is from the upper edge.
    struct Anchor
    {
        QPersistentModelIndex top;
        int offset = 0;
    };
    Anchor anchor() const;
    /// Scrolls so that the entry stands where it stood; if it is gone, to the first.
    void restore(const Anchor& anchor);
    /// Whether all entries fit into view.
    bool isShort() const;
    /// Whether the last entry is in view as a whole, or there is none.
    bool showsNewest();
    /// Whether long messages continue on further lines.
    void setWrapped(bool isWrapped);
    bool isWrapped() const { return !uniformItemSizes(); }

Q_SIGNALS:
    void resized();
    /// By the right button on an entry, or by the menu key on the current one.
    void menuWanted(const QModelIndex& index, const QPoint& globalPlace);

protected:
    void focusInEvent(QFocusEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
};

} // namespace vigie
