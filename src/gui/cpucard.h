// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/chartcard.h"

class QToolButton;

namespace vigie {

/// CPU usage of the machine or, on request, one line a core.
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
    bool isIn(const Sample& sample) const override { return sample.cpu.has_value(); }
    void setFigures(const Sample& sample) override;
    void drawLines(const TraceSource& traces, qint64 nowMs) override;
    void setColors(const Theme& theme) override;

private:
    QToolButton* m_perCoreButton;
    bool m_perCore = false;
    std::size_t m_coreCount = 0;
};

} // namespace vigie
