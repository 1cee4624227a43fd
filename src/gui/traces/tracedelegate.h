// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace vigie {

/// Draws what a row of a trace's tree is on the time axis: a span as a bar, another entry as a mark. Its column's data says where.
class TraceDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    /// Of the column that is drawn.
    enum Role {
        BeginRole = Qt::UserRole + 10, ///< double, 0 to 1: where on the axis it begins
        LengthRole, ///< double, 0 to 1; negative: a mark, without a length
        ColourRole ///< QColor
    };

    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace vigie
