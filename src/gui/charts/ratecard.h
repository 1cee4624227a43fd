// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/charts/chartcard.h"

namespace vigie {

/// Two streams of bytes, in and out, on an axis that grows and shrinks with them.
class RateCard : public ChartCard
{
    Q_OBJECT

protected:
    RateCard(Metric in, Metric out, QWidget* parent);

    QString widestFigure() const override;
    void setRates(double inBytesPerSecond, double outBytesPerSecond);
    void drawLines(const TraceSource& traces, qint64 nowMs) override;
    void setColors(const Theme& theme) override;

private:
    Metric m_in;
    Metric m_out;
};

/// Reading and writing of all disks, how full they are, and what an ordinary user may still write.
class DiskCard : public RateCard
{
    Q_OBJECT

public:
    explicit DiskCard(QWidget* parent = nullptr);

protected:
    QString titleText() const override;
    QString missingText() const override;
    QStringList captions() const override;
    bool isIn(const Sample& sample) const override { return sample.disk.has_value(); }
    void setFigures(const Sample& sample) override;
};

/// Receiving and sending on all interfaces, and the established connections.
class NetworkCard : public RateCard
{
    Q_OBJECT

public:
    explicit NetworkCard(QWidget* parent = nullptr);

protected:
    QString titleText() const override;
    QString missingText() const override;
    QStringList captions() const override;
    bool isIn(const Sample& sample) const override { return sample.network.has_value(); }
    void setFigures(const Sample& sample) override;
};

} // namespace vigie
