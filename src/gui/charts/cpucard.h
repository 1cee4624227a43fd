// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/charts/chartcard.h"

#include <vector>

class QToolButton;

namespace vigie {

class CoreLegend;

/// CPU usage of the machine, or of what Vigie is allowed of it; on request, one line a core.
class CpuCard : public ChartCard
{
    Q_OBJECT

public:
    explicit CpuCard(QWidget* parent = nullptr);

    void setPerCore(bool perCore);
    QToolButton& perCoreButton() { return *m_perCoreButton; }

protected:
    QString titleText() const override;
    QString missingText() const override;
    QStringList captions() const override;
    QString widestFigure() const override;
    void follow(const Catalogue& catalogue) override;
    void setFigures() override;
    void drawLines(const TraceSource& traces, qint64 nowMs) override;
    void setColors(const Theme& theme) override;
    void arrange() override;

private:
    QToolButton* m_perCoreButton;
    CoreLegend* m_legend;
    bool m_perCore = false;
    int m_coreCount = 0; ///< that the machine has
    std::vector<int> m_cores; ///< by the N of `cpuN`, one a line
};

} // namespace vigie
