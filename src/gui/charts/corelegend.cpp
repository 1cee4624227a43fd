// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/charts/corelegend.h"

#include "gui/widgets/theme.h"

#include <QMouseEvent>
#include <QPainter>
#include <algorithm>

namespace vigie {

namespace {

constexpr int swatch = 8;
constexpr int gap = 4;

} // namespace

CoreLegend::CoreLegend(QWidget* parent) : QWidget(parent)
{
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.86);
    setFont(small);
    setMouseTracking(true);
    QSizePolicy policy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void CoreLegend::setCores(std::vector<Core> cores)
{
    if (cores == m_cores)
        return;
    m_cores = std::move(cores);
    m_highlighted.reset();
    updateGeometry();
    update();
}

void CoreLegend::setHighlighted(std::optional<std::size_t> core)
{
    if (core == m_highlighted)
        return;
    m_highlighted = core;
    update();
}

int CoreLegend::rowHeight() const
{
    return fontMetrics().height() + 2;
}

int CoreLegend::itemWidth() const
{
    int highest = 0;
    for (const Core& core : m_cores)
        highest = std::max(highest, core.number);
    // Wide enough for the bold number, so that nothing moves.
    QFont bold = font();
    bold.setBold(true);
    return swatch + gap + QFontMetrics(bold).horizontalAdvance(QLocale().toString(highest)) + 2 * gap;
}

int CoreLegend::perRow(int width) const
{
    return std::max(1, width / itemWidth());
}

int CoreLegend::heightForWidth(int width) const
{
    const int rows = (static_cast<int>(m_cores.size()) + perRow(width) - 1) / perRow(width);
    return std::clamp(rows, 1, maxRows) * rowHeight();
}

QSize CoreLegend::sizeHint() const
{
    return {0, heightForWidth(std::max(1, width()))};
}

QRect CoreLegend::placeOf(std::size_t core) const
{
    const int row = static_cast<int>(core) / perRow(width());
    const int column = static_cast<int>(core) % perRow(width());
    return row >= maxRows ? QRect() : QRect(column * itemWidth(), row * rowHeight(), itemWidth(), rowHeight());
}

void CoreLegend::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QFont bold = font();
    bold.setBold(true);
    for (std::size_t i = 0; i < m_cores.size(); ++i) {
        const QRect place = placeOf(i);
        if (place.isEmpty())
            break;
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_cores[i].color);
        painter.drawRoundedRect(QRect(place.left(), place.center().y() - swatch / 2, swatch, swatch), 2, 2);
        const bool isHighlighted = m_highlighted == i;
        painter.setFont(isHighlighted ? bold : font());
        painter.setPen(isHighlighted ? theme.text : theme.mutedText);
        painter.drawText(place.adjusted(swatch + gap, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                         QLocale().toString(m_cores[i].number));
    }
}

void CoreLegend::mouseMoveEvent(QMouseEvent* event)
{
    std::optional<std::size_t> core;
    for (std::size_t i = 0; i < m_cores.size() && !core; ++i) {
        if (placeOf(i).contains(event->position().toPoint()))
            core = i;
    }
    if (core == m_highlighted)
        return;
    setHighlighted(core);
    Q_EMIT pointed(core);
}

void CoreLegend::leaveEvent(QEvent* event)
{
    QWidget::leaveEvent(event);
    setHighlighted(std::nullopt);
    Q_EMIT pointed(std::nullopt);
}

} // namespace vigie
