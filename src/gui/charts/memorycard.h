// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/charts/chartcard.h"

namespace vigie {

/// Memory in use, of the machine's or of what Vigie is allowed, and, where there is any, swap, as shares of their totals.
class MemoryCard : public ChartCard
{
    Q_OBJECT

public:
    explicit MemoryCard(QWidget* parent = nullptr);

protected:
    QString titleText() const override;
    QString missingText() const override;
    QStringList captions() const override;
    QString widestFigure() const override;
    void setFigures() override;
    void drawLines(const TraceSource& traces, qint64 nowMs) override;
    void setColors(const Theme& theme) override;
};

} // namespace vigie
