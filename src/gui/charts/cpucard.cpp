// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/charts/cpucard.h"

#include "core/units.h"
#include "gui/charts/corelegend.h"
#include "gui/widgets/valuelabel.h"
#include "gui/widgets/theme.h"

#include <QHBoxLayout>
#include <QToolButton>
#include <utility>

namespace vigie {

namespace {

enum Figure { Usage, Load1, Load5, Load15, Allowed };
const std::vector<std::string_view> figureNames = {"cpu.usage", "load.1", "load.5", "load.15", "limits.cpu"};

} // namespace

CpuCard::CpuCard(QWidget* parent)
    : ChartCard(AxisUnit::Percent, 1, figureNames, parent),
      m_perCoreButton(new QToolButton), m_legend(new CoreLegend)
{
    m_perCoreButton->setObjectName(QStringLiteral("perCoreButton"));
    m_perCoreButton->setProperty("chip", true);
    titleRow().insertWidget(2, m_perCoreButton);
    addBelowTitle(m_legend);
    connect(m_legend, &CoreLegend::pointed, this, [this](std::optional<std::size_t> core) { chart().setHighlighted(core); });
    connect(&chart(), &TimeChart::pointerMoved, this, [this] {
        if (m_perCore)
            m_legend->setHighlighted(chart().nearestLine());
    });
    chart().setScale(fixedScale(100, 4));
    finish();
}

QString CpuCard::titleText() const
{
    return tr("CPU");
}

QString CpuCard::missingText() const
{
    return tr("This machine gives no CPU figures.");
}

QStringList CpuCard::captions() const
{
    return {tr("used")};
}

QString CpuCard::widestFigure() const
{
    return percentText(100, numbers());
}

void CpuCard::setPerCore(bool perCore)
{
    m_perCore = perCore;
    chart().clearTraces();
    chart().setHighlighted(std::nullopt);
    setColors(Theme::of(palette()));
    arrange();
}

void CpuCard::follow(const Catalogue& catalogue)
{
    m_coreCount = static_cast<int>(catalogue.ofKind("cpu.core.*").size());
}

void CpuCard::setFigures()
{
    figure(0).setValue(percentText(series().value(Usage), numbers()));
    QString text = series().isKnown(Allowed) ? tr("%1 of %Ln core(s) allowed to Vigie", "0.5 of 2 cores", m_coreCount)
                                                   .arg(numbers().toString(series().value(Allowed), 'g', 3))
                                             : tr("%Ln core(s)", nullptr, m_coreCount);
    if (series().isKnown(Load1)) {
        const auto load = [this](Figure average) { return numbers().toString(series().value(average), 'f', 2); };
        text = tr("%1 · load %2  %3  %4", "cores, load averages").arg(text, load(Load1), load(Load5), load(Load15));
    }
    setSecondary(text);
}

void CpuCard::drawLines(const TraceSource& traces, qint64 nowMs)
{
    if (!m_perCore) {
        drawMetric(0, Metric::CpuPercent, traces, nowMs);
        return;
    }
    std::vector<int> cores = traces.cores();
    if (cores != m_cores) {
        m_cores = std::move(cores);
        setColors(Theme::of(palette()));
    }
    for (std::size_t i = 0; i < m_cores.size(); ++i)
        chart().setTrace(i, traces.coreTrace(m_cores[i], oldestMs(nowMs)), nowMs);
}

void CpuCard::setColors(const Theme& theme)
{
    figure(0).setColor(m_perCore ? QColor() : theme.cpu);
    std::vector<TimeChart::Line> lines;
    if (!m_perCore)
        lines.push_back({theme.cpu, true, tr("CPU")});
    for (std::size_t i = 0; m_perCore && i < m_cores.size(); ++i)
        lines.push_back({theme.core(static_cast<int>(i)), false, tr("Core %1").arg(m_cores[i])});
    std::vector<CoreLegend::Core> cores;
    for (std::size_t i = 0; m_perCore && i < m_cores.size(); ++i)
        cores.push_back({m_cores[i], lines[i].color});
    m_legend->setCores(std::move(cores));
    chart().setLines(std::move(lines));
}

void CpuCard::arrange()
{
    ChartCard::arrange();
    m_perCoreButton->setVisible(!isCompact());
    m_legend->setVisible(m_perCore && !isCompact());
}

} // namespace vigie
