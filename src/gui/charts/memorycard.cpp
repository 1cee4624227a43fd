// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/charts/memorycard.h"

#include "core/units.h"
#include "gui/widgets/figurelabel.h"
#include "gui/widgets/theme.h"

namespace vigie {

MemoryCard::MemoryCard(QWidget* parent) : ChartCard(AxisUnit::Percent, 2, parent)
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
    return {tr("swap"), tr("used")};
}

QString MemoryCard::widestFigure() const
{
    return percentText(100, numbers());
}

void MemoryCard::setFigures(const Sample& sample)
{
    const MemorySample& memory = *sample.memory;
    const auto percent = [](quint64 part, quint64 whole) {
        return whole > 0 ? 100.0 * static_cast<double>(part) / static_cast<double>(whole) : 0;
    };
    const auto bytes = [this](quint64 value) { return bytesText(static_cast<double>(value), numbers()); };
    figure(1).setValue(percentText(percent(memory.usedBytes, memory.totalBytes), numbers()));
    figure(0).setVisible(memory.swapTotalBytes > 0);
    if (memory.swapTotalBytes > 0)
        figure(0).setValue(percentText(percent(memory.swapUsedBytes, memory.swapTotalBytes), numbers()));
    const bool isLimited = sample.limits.memoryBytes.has_value();
    const QString text = isLimited ? tr("%1 of %2 allowed to Vigie", "used, limit") : tr("%1 of %2", "used, total");
    setSecondary(text.arg(bytes(memory.usedBytes), bytes(memory.totalBytes)));
}

void MemoryCard::drawLines(const TraceSource& traces, qint64 nowMs)
{
    drawMetric(0, Metric::MemoryPercent, traces, nowMs);
    drawMetric(1, Metric::SwapPercent, traces, nowMs);
}

void MemoryCard::setColors(const Theme& theme)
{
    figure(0).setColor(theme.swap);
    figure(1).setColor(theme.memory);
    chart().setLines({{theme.memory, true, {}}, {theme.swap, false, {}}});
}

} // namespace vigie
