// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/traces/tracedelegate.h"

#include <QApplication>
#include <QPainter>
#include <algorithm>

namespace vigie {

namespace {

constexpr double leastWidth = 3; // of a span, however short
constexpr double markSize = 8;
constexpr double edge = 6;

} // namespace

void TraceDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QStyleOptionViewItem background = option;
    initStyleOption(&background, index);
    background.text.clear();
    const QWidget* const widget = option.widget;
    (widget ? widget->style() : QApplication::style())->drawControl(QStyle::CE_ItemViewItem, &background, painter, widget);
    const QRectF plot = QRectF(option.rect).adjusted(edge, 0, -edge, 0);
    const double left = plot.left() + index.data(BeginRole).toDouble() * plot.width();
    const double length = index.data(LengthRole).toDouble();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(index.data(ColourRole).value<QColor>());
    const double middle = plot.center().y();
    if (length < 0) {
        // A diamond, so that it is not taken for a short span.
        const double half = markSize / 2;
        painter->drawPolygon(QPolygonF({{left, middle - half}, {left + half, middle}, {left, middle + half}, {left - half, middle}}));
    } else {
        const double height = std::max(4.0, plot.height() - 10);
        const double width = std::max(leastWidth, length * plot.width());
        painter->drawRoundedRect(QRectF(std::min(left, plot.right() - leastWidth), middle - height / 2, width, height), 2, 2);
    }
    painter->restore();
}

} // namespace vigie
