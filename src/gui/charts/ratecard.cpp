// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/charts/ratecard.h"

#include "core/units.h"
#include "gui/widgets/valuelabel.h"
#include "gui/widgets/theme.h"

namespace vigie {

namespace {

// An idle machine's few bytes must not look like a storm.
constexpr double smallestStep = 1024;

enum Figure { In, Out, DiskTotal, DiskUsed, DiskFree, Connections = 2 };
const std::vector<std::string_view> diskNames = {"disk.read", "disk.write", "disk.total", "disk.used", "disk.free"};
const std::vector<std::string_view> networkNames = {"network.receive", "network.send", "network.connections"};

} // namespace

RateCard::RateCard(Metric in, Metric out, std::vector<std::string_view> series, QWidget* parent)
    : ChartCard(AxisUnit::BytesPerSecond, 2, std::move(series), parent), m_in(in), m_out(out)
{
    chart().setScale(binaryScale(0, smallestStep));
}

QString RateCard::widestFigure() const
{
    return rateText(8.88 * 1024 * 1024, numbers());
}

void RateCard::setFigures()
{
    figure(0).setValue(rateText(series().value(In), numbers()));
    figure(1).setValue(rateText(series().value(Out), numbers()));
}

void RateCard::drawLines(const TraceSource& traces, qint64 nowMs)
{
    const double in = drawMetric(0, m_in, traces, nowMs);
    const double out = drawMetric(1, m_out, traces, nowMs);
    chart().setScale(binaryScale(std::max(in, out), smallestStep));
}

void RateCard::setColors(const Theme& theme)
{
    figure(0).setColor(theme.incoming);
    figure(1).setColor(theme.outgoing);
    chart().setLines({{theme.incoming, true, lineNames().value(0)}, {theme.outgoing, true, lineNames().value(1)}});
}

DiskCard::DiskCard(QWidget* parent) : RateCard(Metric::DiskRead, Metric::DiskWrite, diskNames, parent)
{
    finish();
}

QString DiskCard::titleText() const
{
    return tr("Disk");
}

QString DiskCard::missingText() const
{
    return tr("This machine gives no disk figures.");
}

QStringList DiskCard::lineNames() const
{
    return {tr("Read"), tr("Written")};
}

QStringList DiskCard::captions() const
{
    return {tr("read"), tr("written")};
}

void DiskCard::setFigures()
{
    RateCard::setFigures();
    // Used and total do not tell what is free: part of a disk may be kept for the system's own use.
    const double total = series().valueOr(DiskTotal, 0);
    if (total == 0)
        return setSecondary({});
    // So the share is of what there was to use, as df(1) reckons it.
    const double used = series().value(DiskUsed);
    const double free = series().value(DiskFree);
    const double share = used + free > 0 ? 100 * used / (used + free) : 100;
    setSecondary(tr("%1 full · %2", "share, used of total")
                     .arg(percentText(share, numbers()), roomText(used, total, free, numbers())));
}

NetworkCard::NetworkCard(QWidget* parent)
    : RateCard(Metric::NetworkReceive, Metric::NetworkSend, networkNames, parent)
{
    finish();
}

QString NetworkCard::titleText() const
{
    return tr("Network");
}

QString NetworkCard::missingText() const
{
    return tr("This machine gives no network figures.");
}

QStringList NetworkCard::lineNames() const
{
    return {tr("Received"), tr("Sent")};
}

QStringList NetworkCard::captions() const
{
    return {tr("received"), tr("sent")};
}

void NetworkCard::setFigures()
{
    RateCard::setFigures();
    setSecondary(tr("%Ln connection(s)", nullptr, static_cast<int>(series().valueOr(Connections, 0))));
}

} // namespace vigie
