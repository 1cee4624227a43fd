// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/charts/chartcard.h"

namespace vigie {

/// Two streams of bytes, in and out, on an axis that grows and shrinks with them.
class RateCard : public ChartCard
{
    Q_OBJECT

protected:
    /// `series`: first what comes in and what goes out, bytes per second.
    RateCard(Metric in, Metric out, std::vector<std::string_view> series, QWidget* parent);

    QString widestFigure() const override;
    void setFigures() override;
    void drawLines(const TraceSource& traces, qint64 nowMs) override;
    void setColors(const Theme& theme) override;
    /// Of what comes in, and of what goes out.
    virtual QStringList lineNames() const = 0;

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
    QStringList lineNames() const override;
    void setFigures() override;
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
    QStringList lineNames() const override;
    void setFigures() override;
};

} // namespace vigie
