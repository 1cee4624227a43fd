// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/charts/memorycard.h"

#include "core/units.h"
#include "gui/widgets/valuelabel.h"
#include "gui/widgets/theme.h"

#include <algorithm>

namespace vigie {

namespace {

enum Figure { Total, Used, SwapTotal, SwapUsed, Allowed };
const std::vector<std::string_view> figureNames = {"memory.total", "memory.used", "swap.total", "swap.used",
                                                   "limits.memory"};

} // namespace

MemoryCard::MemoryCard(QWidget* parent)
    : ChartCard(AxisUnit::Percent, 2, figureNames, parent)
{
    chart().setScale(fixedScale(100, 4));
    finish();
}

QString MemoryCard::titleText() const
{
    return tr("Memory");
}

QString MemoryCard::missingText() const
{
    return tr("This machine gives no memory figures.");
}

QStringList MemoryCard::captions() const
{
    return {tr("used"), tr("swap")};
}

QString MemoryCard::widestFigure() const
{
    return percentText(100, numbers());
}

void MemoryCard::setFigures()
{
    const auto percent = [this](Figure part, Figure whole) {
        return percentText(series().value(whole) > 0 ? 100 * series().value(part) / series().value(whole) : 0, numbers());
    };
    const bool hasSwap = series().valueOr(SwapTotal, 0) > 0;
    figure(0).setValue(percent(Used, Total));
    figure(1).setVisible(hasSwap && !isCompact());
    if (hasSwap)
        figure(1).setValue(percent(SwapUsed, SwapTotal));
    const double used = series().value(Used);
    const double total = series().value(Total);
    const QString room = roomText(used, total, std::max(0.0, total - used), numbers());
    setSecondary(series().isKnown(Allowed) ? tr("%1, as allowed to Vigie", "used of total, free").arg(room) : room);
}

void MemoryCard::drawLines(const TraceSource& traces, qint64 nowMs)
{
    drawMetric(0, Metric::MemoryPercent, traces, nowMs);
    drawMetric(1, Metric::SwapPercent, traces, nowMs);
}

void MemoryCard::setColors(const Theme& theme)
{
    figure(0).setColor(theme.memory);
    figure(1).setColor(theme.swap);
    chart().setLines({{theme.memory, true, tr("Memory used")}, {theme.swap, false, tr("Swap used")}});
}

} // namespace vigie
